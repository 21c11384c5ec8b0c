/** `foretell tokens`: plans a ring. */
import { percent } from '../core/features/failure-table.ts'
import { type TokenPlan, tokenPlan } from '../core/features/token-plan.ts'
import { oneOf, readArguments, wholeOption } from './arguments.ts'
import type { Host } from './host.ts'
import { labelled, paintFor } from './paint.ts'
import { UsageError } from './usage.ts'

export async function tokens(words: readonly string[], host: Host): Promise<number> {
  const { values, positionals } = readArguments(words, {
    nodes: { type: 'string' },
    racks: { type: 'string' },
    'num-tokens': { type: 'string' },
    factor: { type: 'string' },
    dc: { type: 'string' },
    seed: { type: 'string' },
    format: { type: 'string' },
  })
  if (positionals.length > 0) throw new UsageError('tokens takes no path: it plans a new ring')
  const format = oneOf('--format', values.format, ['pretty', 'json'], 'pretty')
  if (values.nodes === undefined) throw new UsageError('tokens needs --nodes N')
  const nodes = wholeOption('--nodes', values.nodes, 3, 1, 1000)
  const factor = wholeOption('--factor', values.factor, 3, 1, 100)
  const plan = tokenPlan({
    nodes,
    factor,
    racks: wholeOption('--racks', values.racks, Math.min(factor, nodes), 1, 1000),
    numTokens: wholeOption('--num-tokens', values['num-tokens'], 16, 1, 1536),
    seed: wholeOption('--seed', values.seed, 1, 0, Number.MAX_SAFE_INTEGER),
    datacenter: values.dc ?? 'dc1',
  })
  host.write(format === 'json' ? `${JSON.stringify(plan, undefined, 2)}\n` : pretty(plan, host))
  return 0
}

function pretty(plan: TokenPlan, host: Host): string {
  const paint = paintFor(host.terminal.colours)
  const lines: string[] = []
  for (const { node, rack, tokens, share, refused } of plan.nodes) {
    lines.push(
      `${paint.bold(node)} ${paint.faint(`${plan.datacenter}/${rack}`)}${share === null ? '' : `  holds ${percent(share)} of the ring`}`,
    )
    if (refused === undefined) lines.push(...labelled('', tokens.join(', '), host.terminal.columns, 2, 0, paint.faint))
    else lines.push(...labelled('refused', refused, host.terminal.columns, 2, 9, paint.red))
  }
  const { busiest, idlest } = plan
  if (busiest !== null && idlest !== null)
    lines.push('', `The busiest node holds ${busiest.toFixed(2)} of the mean, the idlest ${idlest.toFixed(2)}.`)
  return `${lines.join('\n')}\n`
}
