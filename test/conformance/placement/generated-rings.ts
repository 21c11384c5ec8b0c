/** Large rings from a seed, as large.json describes its generator (splitmix64); the benches use them too. */
import type { RingNode } from '../../../server/src/core/analysis/cluster-shape.ts'

export interface GeneratedRing {
  name: string
  nodes: number
  vnodes: number
  seed: string
  dcs: string[]
  racks: Record<string, string[]>
}

export function generatedNodes(ring: GeneratedRing): RingNode[] {
  let state = BigInt(ring.seed)
  const next = () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n)
    let z = state
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n)
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn)
    return BigInt.asIntN(64, z ^ (z >> 31n))
  }
  return Array.from({ length: ring.nodes }, (_, i) => {
    const number = i + 1
    const datacenter = ring.dcs[i % ring.dcs.length]!
    const racks = ring.racks[datacenter]!
    return {
      name: `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
      datacenter,
      rack: racks[Math.floor(i / ring.dcs.length) % racks.length]!,
      tokens: Array.from({ length: ring.vnodes }, next),
      tokenCount: ring.vnodes,
    }
  })
}
