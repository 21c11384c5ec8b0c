/** The verdict of `wg-quick strip FILE | wg setconf` for given tools, from what the parser noted. */
import type { ParsedWireGuard, WireGuardRefusal, WireGuardWarning } from './wireguard-file.ts'

/** What is assumed when nobody says: Debian 12 and OpenWrt 24.10 ship it. */
export const assumedWireGuardTools = '1.0.20210914'

export interface WireGuardVerdict {
  readonly accepted: boolean
  /** In the order in which the tools would meet them, had they not stopped at the first. */
  readonly refusals: readonly WireGuardRefusal[]
  readonly warnings: readonly WireGuardWarning[]
}

/** `tools` is a version as wireguard-tools names its releases; undefined means the old ones. */
export function judgeWireGuard(parsed: ParsedWireGuard, tools: string | undefined): WireGuardVerdict {
  const refusals = parsed.refusals.filter(({ acceptedFrom }) => acceptedFrom === undefined || !toolsAtLeast(tools, acceptedFrom))
  return { accepted: refusals.length === 0, refusals, warnings: parsed.warnings }
}

/** Versions are `1.0.` and a date, so their numbers are compared in turn; unknown tools are the old ones. */
export function toolsAtLeast(tools: string | undefined, wanted: string): boolean {
  const mine = (tools ?? assumedWireGuardTools).replace(/^v/, '').split('.')
  for (const [index, part] of wanted.split('.').entries()) {
    const difference = Number.parseInt(mine[index] ?? '0', 10) - Number(part)
    if (difference !== 0) return difference > 0
  }
  return true
}
