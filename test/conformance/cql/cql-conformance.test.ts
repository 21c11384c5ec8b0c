/** CQL judged as the parsers in the releases' jars and as running servers judged it (README.md beside this file). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ReleaseLine, releaseLines } from '../../../server/src/core/catalog/release.ts'
import type { Replication } from '../../../server/src/core/model/keyspace.ts'
import { judgeKeyspaceStatement, stockSituation } from '../../../server/src/core/model/keyspace-verdict.ts'
import { effectiveFactors, readReplication } from '../../../server/src/core/model/replication-map.ts'
import { deprecatedOptions, judgeTableStatement } from '../../../server/src/core/model/table-verdict.ts'
import { type CqlKeyspaceStatement, parseCql } from '../../../server/src/core/syntax/cql-file.ts'
import { judgeCqlText } from '../../../server/src/core/syntax/cql-grammar.ts'

const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as unknown[]

type Verdict = readonly [verdicts: string, statement: string]
type Answer = readonly [
  line: ReleaseLine,
  nodes: '1' | '3+3',
  number: number,
  statement: string,
  answer: 'accepted' | 'refused',
  warnings: number,
  ...rest: (string | Record<string, string>)[],
]

test.each(releaseLines.map((line, i) => [line, i] as const))(
  '%s: the parser in the jars takes and refuses the same statements',
  (line, i) => {
    const different = (read('syntax.json') as Verdict[]).filter(([verdicts, statement]) => {
      const { accepted } = judgeCqlText(statement, line)
      return accepted === undefined || accepted !== (verdicts[i] === 'a')
    })
    expect(different.map(([verdicts, statement]) => `${verdicts[i]} ${JSON.stringify(statement)}`)).toEqual([])
  },
)

const datacentersOf = { '1': new Map([['dc1', 1]]), '3+3': new Map([['dc1', 3], ['dc2', 3]]) } as const // biome-ignore format: two shapes

/** What stood on the servers before a statement ran, by its number; the recording made these keyspaces first. */
function before(number: number, name: string): Replication | 'none' | undefined {
  const simple = (factor: number) => mapOf(`{'class': 'SimpleStrategy', 'replication_factor': ${factor}}`)
  const system: Record<string, number> = { system_auth: 1, system_distributed: 3, system_traces: 2 }
  if (name in system) return simple(system[name]!)
  if (name.startsWith('system_')) return undefined
  if (number === 231) return simple(1)
  if (number === 230 || number === 232 || number === 233) return simple(2)
  if (number >= 212 && number <= 229) return mapOf("{'class': 'NetworkTopologyStrategy', 'dc1': 1}")
  if (number === 185 || number === 186 || number === 188) return simple(1)
  return 'none'
}

function mapOf(map: string): Replication {
  const statement = parseCql({ path: 'a.cql', text: `CREATE KEYSPACE a WITH replication = ${map};` }).statements[0] as CqlKeyspaceStatement
  return readReplication(statement.properties[0], '4.0')!
}

/** Refused for what only the running server knows: other keyspaces, the session, cassandra.yaml. */
const knownToTheServerOnly = /doesn't exist|does not exist|No keyspace has been specified|Memtable configuration "nope"|accord\.enabled/

function judged([line, nodes, number, text]: Answer): { answer: string; warnings: number; factors?: Record<string, number> } | undefined {
  const syntax = judgeCqlText(text, line)
  if (syntax.accepted === false) return { answer: 'refused', warnings: 0 }
  const statement = parseCql({ path: 'a.cql', text }).statements[0]
  if (!syntax.accepted || !statement) return undefined
  if (statement.kind === 'create-keyspace' || statement.kind === 'alter-keyspace') {
    const datacenters = datacentersOf[nodes]
    const { refusals, warnings, replication } = judgeKeyspaceStatement(
      statement,
      stockSituation(line, datacenters, before(number, statement.name!.text) as Replication),
    )
    if (refusals.length > 0) return { answer: 'refused', warnings: 0 }
    const factors = replication && effectiveFactors(replication, datacenters.keys(), line)
    return { answer: 'accepted', warnings: warnings.length, ...(factors ? { factors: totals(factors) } : {}) }
  }
  if (statement.kind === 'create-table' || statement.kind === 'alter-table') {
    if (judgeTableStatement(statement, line).length > 0) return { answer: 'refused', warnings: 0 }
    return { answer: 'accepted', warnings: deprecatedOptions(statement, line).length * 2 }
  }
  return undefined
}

const totals = (factors: ReadonlyMap<string, { total: number }>) =>
  Object.fromEntries([...factors].map(([name, { total }]) => [name, total]).sort())

test('running servers accept, refuse and warn the same', () => {
  const answers = read('answers.json') as Answer[]
  const different: unknown[] = []
  let compared = 0
  for (const row of answers) {
    const message = row.find((part, i) => i > 5 && typeof part === 'string') as string | undefined
    const ours = judged(row)
    if (!ours || (message && knownToTheServerOnly.test(message))) continue
    compared++
    const [line, nodes, number, statement, answer, warnings] = row
    if (ours.answer !== answer || ours.warnings !== warnings)
      different.push([line, nodes, number, statement, answer, warnings, message, ours])
  }
  expect(different).toEqual([])
  expect(compared).toBeGreaterThan(1300)
})

test('replication maps end as the servers stored them', () => {
  const different: unknown[] = []
  for (const row of read('answers.json') as Answer[]) {
    const stored = row.find((part, i) => i > 5 && typeof part === 'object') as Record<string, string> | undefined
    if (stored?.class !== 'NetworkTopologyStrategy') continue
    const { class: _, ...written } = stored
    const theirs = Object.fromEntries(
      Object.entries(written)
        .map(([name, factor]) => [name, Number(factor)])
        .sort(),
    )
    const ours = judged(row)?.factors
    if (ours && JSON.stringify(ours) !== JSON.stringify(theirs)) different.push([row[0], row[1], row[2], row[3], theirs, ours])
  }
  expect(different).toEqual([])
})
