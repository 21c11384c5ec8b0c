/** Token files that foretell.yaml names make simulations exact; without them only bounds are known. */
import { expect, test } from 'vitest'
import { createWorkspace } from '../../server/src/core/workspace/workspace.ts'
import { healthyCluster } from '../fixture.ts'
import { runCommand } from './run-command.ts'

const cluster = new Map([
  ...healthyCluster(1, 4),
  ['schema.cql', "CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 2};\n"] as const,
])
const names = ['db1', 'db2', 'db3', 'db4']
const declare = (file: (name: string) => string) =>
  `version: 1\nnodes:\n${names.map(name => `  ${name}: { tokens: ${file(name)} }\n`).join('')}`
const addressOf = (name: string) => /^listen_address: (\S+)/m.exec([...cluster].find(([path]) => path.includes(`${name}/`))![1])![1]!
const ring = names.map((name, i) => `${addressOf(name)}  r1  Up  Normal  1.5 GiB  ?  ${i * 1000}\n`).join('')

async function bases(more: Iterable<readonly [string, string]>, ...words: string[]) {
  const answer = await runCommand(
    ['simulate', '--format', 'json', '--lose', 'node:db1', '--lose', 'node:db2', '--level', 'QUORUM', ...words],
    [...cluster, ...more],
  )
  const [judged] = JSON.parse(answer.output).clusters
  return {
    basis: [...new Set(judged.outcomes.map((outcome: { ring: { basis: string } }) => outcome.ring.basis))],
    unknown: judged.unknown as { fact: string; why: string }[],
  }
}

test('a file for each node: exact', async () => {
  expect((await bases([])).basis).not.toEqual(['exact'])
  const files = names.map((name, i) => [`tokens/${name}.txt`, `# ring\n${i * 1000}\n`] as const)
  expect(await bases([['foretell.yaml', declare(name => `tokens/${name}.txt`)], ...files])).toMatchObject({ basis: ['exact'] })
})

test('one output of nodetool ring for all: exact, even below an excluded folder or a --config elsewhere', async () => {
  const text = `${declare(() => './ring/../ring.log')}exclude: ['ring.log']\n`
  expect(
    await bases([
      ['foretell.yaml', text],
      ['ring.log', ring],
    ]),
  ).toMatchObject({ basis: ['exact'] })
  expect(
    await bases(
      [
        ['ops/f.yaml', declare(() => 'ring.txt')],
        ['ops/ring.txt', ring],
      ],
      '--config',
      'ops/f.yaml',
    ),
  ).toMatchObject({ basis: ['exact'] })
})

test('a file that cannot be read leaves tokens unknown, and says why', async () => {
  const { basis, unknown } = await bases([['foretell.yaml', declare(name => `${name}.txt`)]])
  expect(basis).not.toEqual(['exact'])
  expect(unknown).toContainEqual(expect.objectContaining({ fact: 'tokens of db2', why: 'the token file db2.txt cannot be read' }))
  const workspace = createWorkspace()
  const files = new Map([...cluster, ['foretell.yaml', declare(() => 'tokens.txt')]])
  workspace.apply({ set: [...files].map(([path, text]) => ({ path, text })) })
  const why = () => workspace.snapshot().nodes.map(({ tokens }) => (tokens.kind === 'unknown' ? tokens.why : tokens.kind))
  expect(why()[0]).toBe('the token file tokens.txt cannot be read')
  workspace.apply({ set: [{ path: 'tokens.txt', text: 'so many words\n' }] })
  expect(why()[0]).toMatch(/line 1 /)
  workspace.apply({ set: [{ path: 'tokens.txt', text: ring.split('\n')[0]! }] })
  expect(why()).toEqual(['known', ...Array.from({ length: 3 }, () => "tokens.txt has no row of this node's address")])
  // An edit of the token file alone is enough.
  workspace.apply({ set: [{ path: 'tokens.txt', text: ring }] })
  expect(workspace.snapshot().nodes.map(({ tokenCount }) => tokenCount.kind === 'known' && tokenCount.value)).toEqual([1, 1, 1, 1])
  expect(workspace.snapshot().nodes.map(({ tokens }) => tokens.kind === 'known' && tokens.span?.file.path)).toContain('tokens.txt')
})
