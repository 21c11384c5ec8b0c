/** Incremental equals from scratch: whatever the order of edits, a long-lived workspace says what a new one says of the same files. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SourceFile } from '../../server/src/core/text/source-file.ts'
import type { Finding } from '../../server/src/core/workspace/finding.ts'
import { createWorkspace } from '../../server/src/core/workspace/workspace.ts'

const yaml = (address: string, seeds: string, extra = '') => `cluster_name: prod
num_tokens: 16
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period_in_ms: 10000
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "${seeds}"
listen_address: ${address}
endpoint_snitch: GossipingPropertyFileSnitch
${extra}
`
const variants: Readonly<Record<string, readonly string[]>> = {
  'db1/cassandra.yaml': [
    yaml('10.0.0.1', '10.0.0.1,10.0.0.2'),
    yaml('10.0.0.1', '10.0.0.9'),
    yaml('10.0.0.1', '10.0.0.1', 'phi_convict_threshold: 99'),
    'x: [',
  ],
  'db1/cassandra-rackdc.properties': ['dc=dc1\nrack=r1\n', 'dc=dc2\nrack=r1\n', 'dc=dc1 # main\nrack=r1\n'],
  'db2/cassandra.yaml': [yaml('10.0.0.2', '10.0.0.1,10.0.0.2'), yaml('10.0.0.1', '10.0.0.1'), yaml('10.0.0.2', '10.0.0.1', 'num_token: 3')],
  'db2/cassandra-rackdc.properties': ['dc=dc1\nrack=r2\n', 'dc=DC1\nrack=r1\n'],
  'db3/cassandra.yaml': [yaml('10.0.0.3', '10.0.0.1,10.0.0.2'), yaml('10.0.0.3', '10.0.0.3')],
  'db3/cassandra-rackdc.properties': ['dc=dc2\nrack=r1\n', 'rack=r1\n'],
  'db1/wg0.conf': [
    '[Interface]\nAddress = 10.9.0.1/24\nListenPort = 70000\n',
    '[Interface]\nAddress = 10.9.0.1/24\nMTU = 9000\n\n[Peer]\nAllowedIPs = 10.9.0.2/32\n',
  ],
  'schema.cql': [
    "CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n",
    "CREATE KEYSPACE shop WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 2};\nCREATE TABLE shop.t (a int PRIMARY KEY) WITH gc_grace_seconds = 0;\n",
    "ALTER KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc9': 3};\n",
  ],
  'foretell.yaml': [
    'cassandra: "4.1"\n',
    'cassandra: "5.0"\nrules: { seeds/too-few: "off" }\n',
    'datacenters: { dc2: { state: joining } }\n',
  ],
}
const paths = Object.keys(variants)

const plain = (finding: Finding) => [
  finding.rule,
  finding.severity,
  finding.message,
  finding.span.file.path,
  finding.span.start,
  finding.span.end,
  finding.related.map(place => [place.at.file.path, place.at.start, place.message]),
]

describe('workspace', () => {
  test('incremental equals from scratch', () => {
    const edit = fc.record({ path: fc.constantFrom(...paths), variant: fc.nat(4) })
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 25 }), edits => {
        const lived = createWorkspace()
        const files = new Map<string, SourceFile>()
        for (const { path, variant } of edits) {
          const text = variants[path]![variant]
          if (text === undefined) {
            files.delete(path)
            lived.apply({ remove: [path] })
          } else {
            const file = { path, text }
            files.set(path, file)
            lived.apply({ set: [file] })
          }
          lived.snapshot()
        }
        const scratch = createWorkspace()
        scratch.apply({ set: [...files.values()].map(({ path, text }) => ({ path, text })) })
        expect(lived.snapshot().findings.map(plain)).toEqual(scratch.snapshot().findings.map(plain))
      }),
      { numRuns: 60 },
    )
  })

  test('what an edit does not touch stays the same object', () => {
    const workspace = createWorkspace()
    const set = Object.entries(variants).map(([path, texts]) => ({ path, text: texts[0]! }))
    workspace.apply({ set })
    const before = workspace.snapshot()
    workspace.apply({ set: [{ path: 'db3/cassandra.yaml', text: variants['db3/cassandra.yaml']![0]!.replace('16', '17') }] })
    const after = workspace.snapshot()
    const byName = (nodes: typeof before.nodes) => new Map(nodes.map(node => [node.name as string, node]))
    expect(byName(after.nodes).get('db1')).toBe(byName(before.nodes).get('db1'))
    expect(byName(after.nodes).get('db3')).not.toBe(byName(before.nodes).get('db3'))
  })
})
