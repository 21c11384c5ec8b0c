/** The clock of a loss: when others mark a node down, when hints stop and expire, when deleted rows may come back. Seconds from the loss. */

import type { Cluster } from '../model/cluster.ts'
import { quantityAmount } from '../model/duration-setting.ts'
import { textSetting } from '../model/identity-settings.ts'
import type { Node } from '../model/node.ts'
import { knownValue } from '../text/fact.ts'
import type { NamedLoss } from './loss-names.ts'

export interface TimelineEvent {
  /** Seconds. */
  readonly after: number
  readonly event: 'convicted' | 'hints-stop' | 'hints-expire' | 'tombstones-expire'
  readonly text: string
}

/** One second between rounds of gossip; phi is the elapsed time over the mean interval, in decades. */
const gossipSeconds = 1
const shippedThreshold = 8
const shippedHintWindow = 3 * 3600
const usualGcGrace = 864_000

/** What happens while the loss lasts, in order; empty when nothing is lost. */
export function timelineOf(cluster: Cluster, lost: NamedLoss, keyspaces: readonly string[] | undefined): readonly TimelineEvent[] {
  if (lost.loss.hosts.size === 0 && lost.loss.tunnels.size === 0) return []
  const gone = new Set(lost.nodes)
  const left = cluster.nodes.filter(node => !gone.has(node.name))
  const judges = left.length > 0 ? left : cluster.nodes
  const events: TimelineEvent[] = []

  const threshold = Math.max(...judges.map(node => numberOf(node, 'phi_convict_threshold') ?? shippedThreshold))
  const convicted = round(threshold * Math.LN10 * gossipSeconds)
  events.push({
    after: convicted,
    event: 'convicted',
    text: `the others mark what is lost as down (phi_convict_threshold ${threshold}; up to ${round(2 * convicted)} s after a restart); until then requests to it wait for their timeouts`,
  })

  const grace = smallestGrace(cluster, keyspaces)
  const keeps = judges.some(node => !/^["']?false/i.test(knownValue(textSetting(node.yaml, 'hinted_handoff_enabled')) ?? 'true'))
  if (keeps) {
    const window = Math.min(...judges.map(hintWindow))
    events.push({
      after: window,
      event: 'hints-stop',
      text: `no more hints are kept (max_hint_window ${sayDuration(window)}): from here a repair is owed after the return, and reads at ONE may be stale`,
    })
    events.push({ after: grace.seconds, event: 'hints-expire', text: `hints that were kept expire with gc_grace_seconds${grace.where}` })
  } else
    events.push({
      after: 0,
      event: 'hints-stop',
      text: 'no hints are kept at all (hinted_handoff_enabled: false): a repair is owed after the return',
    })
  events.push({
    after: grace.seconds,
    event: 'tombstones-expire',
    text: `tombstones may be gone (gc_grace_seconds${grace.where}): who returns later without a repair brings deleted rows back; replace the node instead`,
  })
  return events.sort((a, b) => a.after - b.after)
}

function smallestGrace(cluster: Cluster, keyspaces: readonly string[] | undefined): { seconds: number; where: string } {
  let seconds = usualGcGrace
  let where = `, ${sayDuration(usualGcGrace)} where nothing else is set`
  for (const keyspace of cluster.keyspaces) {
    if (keyspaces && !keyspaces.includes(keyspace.name)) continue
    for (const table of keyspace.tables) {
      const own = knownValue(table.gcGraceSeconds)
      if (own === undefined || own >= seconds) continue
      seconds = own
      where = `, ${sayDuration(own)} in ${keyspace.name}.${table.name.value}`
    }
  }
  return { seconds, where }
}

function hintWindow(node: Node): number {
  const now = knownValue(textSetting(node.yaml, 'max_hint_window'))
  if (now !== undefined) return (quantityAmount(now) ?? shippedHintWindow * 1000) / 1000
  const old = numberOf(node, 'max_hint_window_in_ms')
  return old === undefined ? shippedHintWindow : old / 1000
}

function numberOf(node: Node, key: string): number | undefined {
  const text = knownValue(textSetting(node.yaml, key))
  return text !== undefined && /^[+]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined
}

const round = (seconds: number) => Math.round(seconds * 10) / 10

/** `18.4 s`, `3 h`, `10 d`. */
export function sayDuration(seconds: number): string {
  if (seconds >= 86400 && seconds % 3600 === 0)
    return seconds % 86400 === 0 ? `${seconds / 86400} d` : `${Math.floor(seconds / 86400)} d ${(seconds % 86400) / 3600} h`
  if (seconds >= 3600 && seconds % 60 === 0)
    return seconds % 3600 === 0 ? `${seconds / 3600} h` : `${Math.floor(seconds / 3600)} h ${(seconds % 3600) / 60} min`
  if (seconds >= 60) return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${round(seconds % 60)} s`
  return `${round(seconds)} s`
}
