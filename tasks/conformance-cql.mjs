/**
 * `npm run conformance:cql`: asks the parser in the jars of each release about every statement of test/conformance/cql/syntax.json and says where the
 * committed verdicts differ; with UPDATE=1 it writes them anew. Needs a JDK 17 and Maven; the jars come from Maven Central into .cache/.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const cache = join(root, '.cache/cassandra')
const data = join(root, 'test/conformance/cql/syntax.json')
const releases = ['3.11.19', '4.0.19', '4.1.10', '5.0.9', '6.0-alpha2']
const opened = [
  'jdk.internal.misc',
  'jdk.internal.ref',
  'sun.nio.ch',
  'java.lang',
  'java.lang.reflect',
  'java.io',
  'java.nio',
  'java.util',
  'jdk.internal.loader',
  'jdk.internal.reflect',
  'jdk.internal.math',
  'jdk.internal.module',
]
const javaFlags = opened.flatMap(name => ['--add-opens', `java.base/${name}=ALL-UNNAMED`, '--add-exports', `java.base/${name}=ALL-UNNAMED`])

function run(command, words, options = {}) {
  const result = spawnSync(command, words, { encoding: 'utf8', maxBuffer: 1 << 28, ...options })
  if (result.error || result.status !== 0) {
    console.error(`${command} failed: ${result.error?.message ?? result.stderr.slice(-2000)}`)
    process.exit(2)
  }
  return result.stdout
}

function jarsOf(release) {
  const folder = join(cache, release)
  if (!existsSync(join(folder, 'lib'))) {
    mkdirSync(folder, { recursive: true })
    const pom = `<project><modelVersion>4.0.0</modelVersion><groupId>foretell</groupId><artifactId>jars</artifactId><version>1</version><dependencies><dependency><groupId>org.apache.cassandra</groupId><artifactId>cassandra-all</artifactId><version>${release}</version></dependency></dependencies></project>`
    writeFileSync(join(folder, 'pom.xml'), pom)
    run('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], { cwd: folder })
  }
  return join(folder, 'lib')
}

const classes = join(cache, 'classes')
mkdirSync(classes, { recursive: true })
run('javac', ['-d', classes, join(root, 'test/conformance/cql/AskParser.java')])
writeFileSync(join(classes, 'logback.xml'), '<configuration><root level="OFF"/></configuration>')

const rows = JSON.parse(readFileSync(data, 'utf8'))
const questions = `${rows.map(([, statement]) => Buffer.from(statement, 'utf8').toString('base64')).join('\n')}\n`
const verdicts = rows.map(() => '')
for (const release of releases) {
  const answers = run('java', [...javaFlags, '-cp', `${classes}:${jarsOf(release)}/*`, 'AskParser'], { input: questions })
    .trim()
    .split('\n')
  if (answers.length !== rows.length) throw new Error(`${release} answered ${answers.length} of ${rows.length} questions`)
  for (const [i, answer] of answers.entries()) verdicts[i] += answer[0]
  console.log(`${release}: ${answers.filter(answer => answer.startsWith('accepted')).length} of ${rows.length} accepted`)
}

const changed = rows.flatMap(([old, statement], i) => (old === verdicts[i] ? [] : [{ old, now: verdicts[i], statement }]))
for (const { old, now, statement } of changed) console.log(`${old} -> ${now} ${JSON.stringify(statement)}`)
console.log(`${changed.length} of ${rows.length} committed verdicts differ from the jars`)
if (process.env.UPDATE)
  writeFileSync(data, `[\n${rows.map(([, statement], i) => JSON.stringify([verdicts[i], statement])).join(',\n')}\n]\n`)
else if (changed.length > 0) process.exitCode = 1
