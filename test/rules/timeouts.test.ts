/** Timeouts against declared round trips: the level decides for whom a request waits. */
import { expect, test } from 'vitest'
import { exampleCluster } from '../../server/src/core/rules/example-cluster.ts'
import { findingsOf } from '../check.ts'

const said = (
  workload: string,
  settings: Readonly<Record<string, string>> = {},
  links = '{ between: [dc1, dc2], roundTrip: 300ms }',
  shape = '2x3',
  map = "'dc1': 3, 'dc2': 3",
) =>
  findingsOf(
    'timeouts',
    `#- cassandra: 4.1\n${exampleCluster(shape, { 'dc1/db1': settings }, `#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', ${map}};\n#- foretell.yaml\nnetwork: { links: [${links}] }\nworkloads:\n  - { keyspace: shop, ${workload} }\n`)}`,
  ).map(({ severity, message }) => `${severity} ${message}`)

test('local levels wait for nobody', () => {
  expect(said('read: LOCAL_QUORUM, write: LOCAL_ONE, clients: [dc1]', { read_request_timeout: '100ms' })).toEqual([])
})

test('half of the timeout warns, all of it is an error', () => {
  expect(said('read: QUORUM, clients: [dc1]', { read_request_timeout: '500ms' })).toEqual([
    'warning QUORUM on shop waits for dc2, 300 ms away from dc1, and on db1 requests time out after 500 ms (read_request_timeout): that leaves less than another round trip. Raise it to several round trips.',
  ])
  expect(said('read: QUORUM, clients: [dc1]', { read_request_timeout: '300ms' })).toEqual([
    expect.stringMatching(/^error .* always too late/),
  ])
  expect(said('read: QUORUM, clients: [dc1]', { read_request_timeout: '601ms' })).toEqual([])
})

test('defaults count: the finding is then at the link', () => {
  const found = said('write: EACH_QUORUM, clients: [dc1]', {}, '{ between: [dc1, dc2], roundTrip: 1200ms }')
  expect(found).toHaveLength(2)
  expect(found.join()).toContain('on every node of dc1 requests time out after 2 s (write_request_timeout)')
  expect(found.join()).toContain('connections there give up after 2 s (internode_tcp_connect_timeout)')
})

test('of three datacenters QUORUM waits for the nearest other one', () => {
  const links = '{ between: [dc1, dc2], roundTrip: 10ms }, { between: [dc1, dc3], roundTrip: 900ms }'
  const map = "'dc1': 3, 'dc2': 3, 'dc3': 3"
  expect(said('read: QUORUM, clients: [dc1]', { read_request_timeout: '1s' }, links, '3x3', map)).toEqual([])
  expect(said('read: ALL, clients: [dc1]', { read_request_timeout: '1s' }, links, '3x3', map)).toHaveLength(1)
})
