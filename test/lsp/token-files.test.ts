/** Token files in the editor: read though their names promise nothing, watched, and let go when foretell.yaml no longer names them. */
import { afterEach, expect, test } from 'vitest'
import { type SimulateAnswer, simulateRequest } from '../../server/src/lsp/custom-requests.ts'
import { type Conversation, converse } from './conversation.ts'
import { twoDatacenters } from './two-datacenters.ts'

let it: Conversation
afterEach(async () => {
  expect(it.errors).toEqual([])
  await it.end()
})

const names = [1, 2].flatMap(datacenter => [1, 2, 3].map(rack => `db${datacenter}${rack}`))
const declared = `version: 1\nnodes:\n${names.map(name => `  ${name}: { tokens: "ring of prod.log" }\n`).join('')}`
const ring = names.map((name, i) => `10.20.${name[2]}.${name[3]}  r${name[3]}  Up  Normal  1 GiB  ?  ${i * 77}\n`).join('')

async function namesOfReplicas(): Promise<string> {
  const { report } = await it.request<SimulateAnswer>(simulateRequest, { lose: ['node:db11', 'node:db12'], keyspace: 'half' })
  const { clusters } = report as { clusters: { outcomes: { ring: { basis: string } }[] }[] }
  return [...new Set(clusters[0]!.outcomes.map(outcome => outcome.ring.basis))].join()
}

test('are read with the folders, and follow the disk', async () => {
  const schema = "CREATE KEYSPACE half WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 2, 'dc2': 2};\n"
  it = await converse({ ...twoDatacenters(), 'schema.cql': schema, 'foretell.yaml': declared, 'ring of prod.log': ring })
  expect(await namesOfReplicas()).toBe('exact')
  const change = (path: string, type: number) =>
    it.after(() => it.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: it.uri(path), type }] }))
  it.disk.set('ring of prod.log', 'to be asked for\n')
  await change('ring of prod.log', 2)
  expect(await namesOfReplicas()).not.toBe('exact')
  it.disk.set('ring of prod.log', ring)
  await change('ring of prod.log', 2)
  expect(await namesOfReplicas()).toBe('exact')
  it.disk.delete('ring of prod.log')
  await change('ring of prod.log', 3)
  expect(await namesOfReplicas()).not.toBe('exact')
})

test('are read when foretell.yaml comes to name them', async () => {
  const schema = "CREATE KEYSPACE half WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 2, 'dc2': 2};\n"
  it = await converse({ ...twoDatacenters(), 'schema.cql': schema, 'foretell.yaml': 'version: 1\n', 'ring of prod.log': ring })
  expect(await namesOfReplicas()).not.toBe('exact')
  await it.open('foretell.yaml')
  await it.edit('foretell.yaml', declared)
  expect(await namesOfReplicas()).toBe('exact')
})
