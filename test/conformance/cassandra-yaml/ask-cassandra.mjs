/** `npm run conformance:settings`: asks the releases' jars every committed question again and compares. UPDATE=1 writes the answers down. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile, folderBeforeJars, jarsOf, releases, run } from '../../../tasks/catalogue/jars.mjs'

const here = import.meta.dirname
const read = name => readFileSync(join(here, name), 'utf8')
const update = process.env.UPDATE === '1'
const values = JSON.parse(read('values.json'))
const files = ['combinations.jsonl', 'corpus.jsonl'].map(name => ({
  name,
  rows: read(name)
    .trim()
    .split('\n')
    .map(row => JSON.parse(row)),
}))

/** Refused by a fresh process (its converter needs what is not there yet); a process that has started once answers otherwise, and this one has. */
const onlyFresh = new Set(['table_count_warn_threshold'])

function withoutKey(base, key) {
  const kept = []
  let inside = false
  for (const line of base.split('\n')) {
    if (line.startsWith(`${key}:`)) inside = true
    else if (!inside || !/^\s/.test(line)) {
      inside = false
      kept.push(line)
    }
  }
  return kept.join('\n')
}

/** A verdict for each question, in order: `A`, `L` or `S` for a value; `A` or `R` for a whole file. */
async function ask(questions, line, version) {
  const input = questions.map((question, id) => `${id}\t${Buffer.from(question.yaml).toString('base64')}\n`).join('')
  const answers = await run('Verdicts', [jarsOf(version), folderBeforeJars(), join(here, `base-${line}.yaml`)], input)
  const verdicts = []
  for (const answer of answers.trim().split('\n')) {
    const [id, verdict] = answer.split('\t')
    verdicts[Number(id)] = questions[Number(id)].row && verdict !== 'A' ? 'R' : verdict
  }
  return verdicts
}

compile('Verdicts')
let different = 0
for (const { line, version } of releases) {
  const base = read(`base-${line}.yaml`)
  const verdicts = JSON.parse(read(`verdicts-${line}.json`))
  const questions = []
  for (const [key, letters] of Object.entries(verdicts).filter(([key]) => !onlyFresh.has(key)))
    values.forEach((value, i) => {
      if (letters === 'unknown' ? i === 0 : letters[i] !== '-')
        questions.push({ key, i, yaml: `${withoutKey(base, key)}\n${key}: ${value}\n` })
    })
  for (const { rows } of files) for (const row of rows) if (row.verdicts[line] !== undefined) questions.push({ row, yaml: row.yaml })
  const committed = ({ key, i, row }) => (row ? row.verdicts[line] : verdicts[key] === 'unknown' ? 'L' : verdicts[key][i])
  const given = await ask(questions, line, version)
  // One process answers thousands of questions: where it differs, a fresh one has the last word.
  const doubted = questions.filter((question, id) => given[id] !== committed(question))
  const again = doubted.length === 0 ? [] : await ask(doubted, line, version)
  let others = 0
  for (const [id, question] of doubted.entries()) {
    const { key, i, row } = question
    if (again[id] === committed(question)) continue
    others++
    console.log(
      `${line} ${row ? (row.name ?? row.file) : `${key}: ${JSON.stringify(values[i])}`}: committed ${committed(question)}, Cassandra ${again[id]}`,
    )
    if (row) row.verdicts[line] = again[id]
    else if (verdicts[key] !== 'unknown') verdicts[key] = verdicts[key].slice(0, i) + again[id] + verdicts[key].slice(i + 1)
  }
  console.log(`${line} (${version}): ${questions.length} asked, ${others} different`)
  different += others
  if (update)
    writeFileSync(
      join(here, `verdicts-${line}.json`),
      `{\n${Object.entries(verdicts)
        .map(([key, letters]) => `${JSON.stringify(key)}: ${JSON.stringify(letters)}`)
        .join(',\n')}\n}\n`,
    )
}
if (update) for (const { name, rows } of files) writeFileSync(join(here, name), rows.map(row => `${JSON.stringify(row)}\n`).join(''))
else if (different > 0) process.exitCode = 1
