/** Tokens as Cassandra's own allocators gave them, one node joining after another, and how the ring is shared after each. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allocateTokens, evenness, plannedNodes } from '../../../server/src/core/analysis/token-allocation.ts'

interface Case {
  name: string
  mode: 'bootstrap' | 'offline'
  rf: number
  numTokens: number
  starts: string[]
  startsUsed: number
  nodes: { dc: string; rack: string; tokens?: string[]; refused?: string }[]
  ownership: Record<string, number[]>
}

const { cases }: { cases: Case[] } = JSON.parse(readFileSync(new URL('tokens.json', import.meta.url), 'utf8'))

describe('token allocation', () => {
  for (const each of cases) {
    it(each.name, () => {
      const joining = each.nodes.map((node, i) => ({ name: `n${i + 1}`, datacenter: node.dc, rack: node.rack }))
      const options = { localReplicationFactor: each.rf, numTokens: each.numTokens, starts: each.starts.map(BigInt), mode: each.mode === 'offline' ? 'generatetokens' : 'bootstrap' } as const // biome-ignore format: one table
      const plan = allocateTokens(joining, options)
      plan.nodes.forEach((node, i) => {
        const golden = each.nodes[i]!
        if (golden.tokens) expect(node.kind === 'allocated' ? node.tokens.map(String) : node.why, node.name).toEqual(golden.tokens)
        else
          expect(node.kind === 'refused' && JSON.stringify(golden).includes(node.why), `${node.name} ${JSON.stringify(golden)}`).toBe(true)
      })
      expect(plan.startsUsed).toBe(each.startsUsed)
      for (const [joined, owned] of Object.entries(each.ownership)) {
        const names = new Set(joining.slice(0, Number(joined)).map(node => node.name))
        const nodes = plannedNodes(plan).filter(node => names.has(node.name))
        const { shares } = evenness(nodes, each.nodes[Number(joined) - 1]!.dc, each.rf)
        expect(shares.length).toBe(owned.length)
        shares.forEach(({ share }, i) => {
          expect(Math.abs(share - owned[i]!), `${joined} joins, ${i}`).toBeLessThan(1e-12)
        })
      }
    })
  }
})
