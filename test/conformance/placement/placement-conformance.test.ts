/** Natural replicas, byte for byte as Cassandra's own code lists them. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { clusterShape, type PlacedReplication, type RingNode } from '../../../server/src/core/analysis/cluster-shape.ts'
import { murmur3Token } from '../../../server/src/core/analysis/murmur3.ts'
import { type KeyType, partitionKey } from '../../../server/src/core/analysis/partition-key.ts'
import { type Placement, placedRanges, placeReplicas, replicasOfToken } from '../../../server/src/core/analysis/replica-placement.ts'
import { ringOf } from '../../../server/src/core/analysis/token-ring.ts'
import { type GeneratedRing, generatedNodes } from './generated-rings.ts'

interface Keyspace {
  name: string
  strategy: string
  options: Record<string, string>
  sha256: string
  lookups?: Record<string, number[]>
  bytes?: number
  samples?: { index: number; token: string; replicas: string[] }[]
}

const read = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))

function replicationOf(keyspace: Keyspace): PlacedReplication {
  const factors = Object.entries(keyspace.options).map(([name, value]) => [name, { all: Number(value), transient: 0 }] as const)
  return keyspace.strategy === 'SimpleStrategy'
    ? { kind: 'simple', factor: factors[0]![1] }
    : { kind: 'networkTopology', factors: new Map(factors) }
}

function canonicalSha256(placement: Placement): string {
  const hash = createHash('sha256')
  let text = ''
  for (const range of placedRanges(placement)) text += `${range.upTo}:${range.replicas.join(',')}\n`
  return hash.update(text, 'utf8').digest('hex')
}

describe('small rings', () => {
  for (const topology of read('small.json').topologies) {
    it(topology.name, () => {
      const nodes: RingNode[] = topology.nodes.map((node: { address: string; dc: string; rack: string; tokens: string[] }) => ({
        name: node.address,
        datacenter: node.dc,
        rack: node.rack,
        tokens: node.tokens.map(BigInt),
        tokenCount: node.tokens.length,
      }))
      const ring = ringOf(clusterShape(nodes))
      for (const keyspace of topology.keyspaces as Keyspace[]) {
        const placement = placeReplicas(ring, replicationOf(keyspace))
        expect(canonicalSha256(placement), keyspace.name).toBe(keyspace.sha256)
        for (const [token, replicas] of Object.entries(keyspace.lookups ?? {})) {
          expect([...replicasOfToken(placement, BigInt(token))], `${keyspace.name} ${token}`).toEqual(replicas)
        }
      }
    })
  }
})

describe('large rings', () => {
  for (const topology of read('large.json').topologies as (GeneratedRing & { keyspaces: Keyspace[]; tokensSha256: string })[]) {
    it(topology.name, () => {
      const nodes = generatedNodes(topology)
      const tokens = nodes.flatMap(node => node.tokens!.map(token => `${token}\n`)).join('')
      expect(createHash('sha256').update(tokens).digest('hex')).toBe(topology.tokensSha256)
      const ring = ringOf(clusterShape(nodes))
      for (const keyspace of topology.keyspaces) {
        expect(canonicalSha256(placeReplicas(ring, replicationOf(keyspace))), keyspace.name).toBe(keyspace.sha256)
      }
    })
  }
})

describe('keys', () => {
  it('has the bytes and the token of every key', () => {
    const keys: { type: string | string[]; value: string | string[]; hex: string; token: string }[] = read('murmur3.json').keys
    for (const { type, value, hex, token } of keys) {
      const types = [type].flat() as KeyType[]
      const values = [value].flat()
      const key = partitionKey(types.map((each, i) => ({ type: each, value: values[i]! })))
      if (key.kind === 'refused') throw new Error(`${types} ${values}: ${key.why}`)
      expect(Buffer.from(key.bytes).toString('hex'), `${types} ${values}`).toBe(hex)
      expect(String(murmur3Token(key.bytes)), `${types} ${values}`).toBe(token)
    }
    expect(keys.length).toBeGreaterThanOrEqual(217)
  })
})
