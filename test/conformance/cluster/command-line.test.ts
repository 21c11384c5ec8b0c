/** What real clusters answered while nodes were down, against what `foretell simulate` says of their configuration as a user keeps it (repository/). */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCommand } from '../../cli/run-command.ts'

const root = join(import.meta.dirname, 'repository')
const files = new Map(
  readdirSync(root, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => [relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')] as const),
)

/** Operation of the command line → operation as it was measured. */
const measuredAs = {
  read: 'read',
  write: 'write',
  lwt: 'lwt_update',
  counter: 'counter',
  batch: 'logged_batch',
  scan: 'full_scan',
} as const

interface Golden {
  readonly results: readonly string[]
  /** scenario → coordinator's datacenter → keyspace → operation → level → index of the result. */
  readonly outcomes: Readonly<Record<string, Record<string, Record<string, Record<string, Record<string, number>>>>>>
}
interface Outcome {
  readonly keyspace: string
  readonly level: string
  readonly commitLevel?: string
  readonly clientDatacenter: string
  readonly verdict: string
  readonly ring: { readonly basis: string }
  readonly because: string
}

const withPaxos2 = new Map(
  [...files].map(([path, text]) => [path, path.endsWith('cassandra.yaml') ? `${text}\npaxos_variant: v2\n` : text] as const),
)

describe.each(['3.11.19', '4.1.10', '5.0.9'])('%s', version => {
  const golden: Golden = JSON.parse(readFileSync(join(import.meta.dirname, `outcomes-${version}.json`), 'utf8'))
  const line = /^\d+\.\d+/.exec(version)![0]

  const scenarios = Object.entries(golden.outcomes)
  const variants = version.startsWith('3') ? ['v1'] : ['v1', 'v2']
  test.each(variants.flatMap(paxos => scenarios.map(([scenario, measured]) => [scenario, paxos, measured] as const)))(
    '%s, paxos %s',
    async (scenario, paxos, measured) => {
      const lost =
        scenario === 'none'
          ? []
          : scenario
              .replace('lost:', '')
              .split('+')
              .flatMap(name => ['--lose', `node:${name}`])
      const wrong: string[] = []
      let compared = 0
      for (const [operation, plain] of Object.entries(measuredAs)) {
        const name = paxos === 'v2' ? `${plain}@paxos_v2` : plain
        const answer = await runCommand(
          ['simulate', '--format', 'json', '--cassandra', line, '--operation', operation, ...lost],
          paxos === 'v2' ? withPaxos2 : files,
        )
        const outcomes: readonly Outcome[] = JSON.parse(answer.output).clusters[0].outcomes
        for (const outcome of outcomes) {
          const level = outcome.commitLevel ? `${outcome.level}/${outcome.commitLevel}` : outcome.level
          const result = measured[outcome.clientDatacenter]?.[outcome.keyspace]?.[name]?.[level]
          if (result === undefined) continue
          const served = golden.results[result]!.split(' ; ').map(each => each.startsWith('ok='))
          const expected = served.every(Boolean) ? 'survives' : served.some(Boolean) ? 'partial' : 'fails'
          compared++
          if (outcome.verdict !== expected || outcome.ring.basis !== 'exact')
            wrong.push(
              `${outcome.clientDatacenter} ${outcome.keyspace} ${name} ${level}: ${golden.results[result]}, but ${outcome.verdict}: ${outcome.because}`,
            )
        }
      }
      expect(wrong).toEqual([])
      expect(compared).toBeGreaterThan(paxos === 'v2' ? 40 : 100)
    },
  )
})

test('replicas of keys and ranges of the ring, in the order of the server', async () => {
  const placed: {
    readonly nodes: readonly { readonly name: string }[]
    readonly keys: readonly { readonly table: string; readonly key: unknown; readonly token: string }[]
    readonly keyspaces: Readonly<
      Record<
        string,
        { readonly replicas: readonly (readonly number[])[]; readonly ring: readonly (readonly [string, string, readonly number[]])[] }
      >
    >
  } = JSON.parse(readFileSync(join(import.meta.dirname, 'placements.json'), 'utf8'))
  const names = (indexes: readonly number[]) => indexes.map(index => placed.nodes[index]!.name)
  const ask = async (...words: string[]) =>
    JSON.parse((await runCommand(['replicas', '--format', 'json', ...words], files)).output).clusters
  for (const { keyspace, ranges } of await ask()) {
    const expected = placed.keyspaces[keyspace]!.ring.map(([after, upTo, replicas]) => ({ after, upTo, replicas: names(replicas) }))
    expect(new Set(ranges.map((range: unknown) => JSON.stringify(range))), keyspace).toEqual(
      new Set(expected.map(range => JSON.stringify(range))),
    )
  }
  const whole = placed.keys.flatMap(({ key, token }, i) => (Number.isInteger(key) ? [{ key: key as number, token, i }] : []))
  for (const { key, token, i } of whole.slice(0, 40)) {
    for (const answer of await ask('--key', String(key), '--type', 'int')) {
      expect(answer.token).toBe(token)
      expect(answer.replicas, `${answer.keyspace} ${key}`).toEqual(names(placed.keyspaces[answer.keyspace]!.replicas[i]!))
    }
  }
  expect(whole.length).toBeGreaterThan(40)
})
