/** Commands that print what Foretell knows of itself, and the foretell.yaml that it proposes. */
import { expect, test } from 'vitest'
import { commands } from '../../server/src/cli/usage.ts'
import { healthyCluster } from '../fixture.ts'
import { runCommand } from './run-command.ts'

const nothing = new Map<string, string>()

test.each(commands)('%s --help fits 80 columns and names its options', async command => {
  const { output, status } = await runCommand([command, '--help'], nothing)
  expect(status).toBe(0)
  expect(output.startsWith(`foretell ${command}`)).toBe(true)
  expect(Math.max(...output.split('\n').map(line => line.length))).toBeLessThanOrEqual(80)
})

test('help without a command lists all of them', async () => {
  const { output, status } = await runCommand(['--help'], nothing)
  expect(status).toBe(0)
  for (const command of commands) expect(output).toContain(`foretell ${command}`)
  expect((await runCommand([], nothing)).status).toBe(2)
})

test('explain prints the page of a rule', async () => {
  const { output, status } = await runCommand(['explain', 'seeds/too-few'], nothing)
  expect(status).toBe(0)
  expect(output).toContain('# seeds/too-few')
  expect(output).not.toMatch(/\^\^\^.*\[seeds/)
})

test('rules as JSON name everything that another program needs', async () => {
  const { version, rules } = JSON.parse((await runCommand(['rules', '--format', 'json'], nothing)).output)
  expect(version).toBe(1)
  expect(rules.find(({ id }: { id: string }) => id === 'syntax/foretell-unreadable')).toMatchObject({
    severities: ['error'],
    certainty: 'proven',
    releases: 'all',
  })
})

test('the schema of foretell.yaml', async () => {
  expect(JSON.parse((await runCommand(['schema'], nothing)).output)).toMatchObject({ title: 'foretell.yaml', type: 'object' })
})

test('the schema of a release', async () => {
  expect(JSON.parse((await runCommand(['schema', '5.0'], nothing)).output)).toMatchObject({ type: 'object', additionalProperties: false })
})

test('init proposes a foretell.yaml that check accepts', async () => {
  const files = new Map([
    ...healthyCluster(2, 3),
    ['schema.cql', "CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n"] as const,
  ])
  const { output } = await runCommand(['init'], files)
  expect(output).toContain('workloads:')
  const checked = await runCommand(['check', '--format', 'json'], new Map([...files, ['foretell.yaml', output]]))
  expect(JSON.parse(checked.output).findings.filter(({ rule }: { rule: string }) => rule === 'syntax/foretell-unreadable')).toEqual([])
  expect((await runCommand(['init', '--write'], new Map([...files, ['foretell.yaml', output]]))).status).toBe(2)
})

test('tokens plans a ring that is even, the same for the same seed', async () => {
  const plan = async (...words: string[]) =>
    JSON.parse((await runCommand(['tokens', '--format', 'json', '--nodes', '6', ...words], nothing)).output)
  const first = await plan()
  expect(first.nodes.map(({ tokens }: { tokens: string[] }) => tokens.length)).toEqual([16, 16, 16, 16, 16, 16])
  expect(first.busiest).toBeLessThan(1.2)
  expect(await plan('--seed', '1')).toEqual(first)
  expect(await plan('--seed', '2')).not.toEqual(first)
  expect((await runCommand(['tokens'], nothing)).complaint).toContain('--nodes')
})
