/** The measured cluster of six nodes, as every conformance test of this folder sees it. */
import { readFileSync } from 'node:fs'
import { clusterShape, type PlacedReplication } from '../../../server/src/core/analysis/cluster-shape.ts'
import { ringOf } from '../../../server/src/core/analysis/token-ring.ts'

/** A file of verdicts beside this one. */
export const read = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))

/** Nodes, tokens and placements of the cluster as its servers told them. */
export const measured: {
  nodes: { name: string; dc: string; rack: string; tokens: string[] }[]
  keys: { table: string; key: unknown; token: string }[]
  keyspaces: Record<string, { replication: Record<string, string>; replicas: number[][]; ring: [string, string, number[]][] }>
} = read('placements.json')

export const shape = clusterShape(
  measured.nodes.map(n => ({ name: n.name, datacenter: n.dc, rack: n.rack, tokens: n.tokens.map(BigInt), tokenCount: n.tokens.length })),
)
export const ring = ringOf(shape)

/** The replication map of a keyspace as the simulator takes it. */
export function replicationOf(options: Record<string, string>): PlacedReplication {
  const factors = Object.entries(options)
    .filter(([name]) => name !== 'class')
    .map(([name, value]) => [name, { all: Number(value), transient: 0 }] as const)
  return options.class!.endsWith('SimpleStrategy')
    ? { kind: 'simple', factor: factors[0]![1] }
    : { kind: 'networkTopology', factors: new Map(factors) }
}
