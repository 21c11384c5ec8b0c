/** `npm run new-rule group/pattern [scope]`: a rule to be filled in, entered in the list of rules. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [id = '', scope = 'node'] = process.argv.slice(2)
const scopes = ['file', 'node', 'datacenter', 'cluster', 'keyspace', 'mesh']
if (!/^[a-z]+(?:-[a-z]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id) || !scopes.includes(scope)) {
  console.error(`npm run new-rule group/pattern [${scopes.join('|')}]`)
  process.exit(2)
}
const rules = join(root, 'server/src/core/rules')
const file = join(rules, `${id}.ts`)
if (existsSync(file)) {
  console.error(`${id} exists`)
  process.exit(2)
}
mkdirSync(dirname(file), { recursive: true })
writeFileSync(
  file,
  `/** What is wrong, in one sentence, and when. */
import { rule } from '../rule.ts'

export default rule({
  id: '${id}',
  scope: '${scope}',
  effects: ['breaks-later'],
  certainty: 'advice',
  releases: 'all',
  title: 'reads as: allow …',
  why: 'Why it matters, with a number and its source.',
  remedy: 'What to do.',
  sources: [''],
  bad: \`
#- db1/cassandra.yaml
cluster_name: prod
#             ^^^^ warning[${id}]
\`,
  good: \`
#- db1/cassandra.yaml
cluster_name: prod
\`,
  *check(subject) {
    void subject
  },
})
`,
)
const listFile = join(rules, 'all-rules.ts')
const list = readFileSync(listFile, 'utf8')
const name = id.replace(/[/-](\w)/g, (_, letter) => letter.toUpperCase())
const imports = [...list.matchAll(/^import (\w+) from '(\.\/[^']+\/[^']+)'$/gm)].map(match => ({ name: match[1], path: match[2] }))
imports.push({ name, path: `./${id}.ts` })
imports.sort((a, b) => (a.path < b.path ? -1 : 1))
const lines = imports.map(each => ({ path: each.path, text: `import ${each.name} from '${each.path}'\n` }))
lines.push({ path: './rule.ts', text: "import type { AnyRule } from './rule.ts'\n" })
lines.sort((a, b) => (a.path < b.path ? -1 : 1))
const header = list.slice(0, list.indexOf('import '))
const names = imports.map(each => `  ${each.name},\n`).join('')
writeFileSync(listFile, `${header}${lines.map(({ text }) => text).join('')}\nexport const allRules: readonly AnyRule[] = [\n${names}]\n`)
console.log(`${file.slice(root.length + 1)} is made; then: npx vitest run test/rules.test.ts -t ${id}`)
