/** The clock of a loss in a cluster: the settings of the nodes that are left and the tables concerned, as the analysis takes them. */
import { type TimelineEntry, type TimelineSettings, timelineOf, usualGcGrace, usualHintWindow } from '../analysis/timeline.ts'
import type { Cluster } from '../model/cluster.ts'
import { jvmFacts } from '../model/jvm-facts.ts'
import type { Node } from '../model/node.ts'
import { effectiveBoolean, effectiveNumber } from '../model/settings/effective.ts'
import { knownValue } from '../text/fact.ts'
import type { NamedLoss } from './loss-names.ts'

/** What happens while the loss lasts, in order; empty when nothing is lost. Seconds, to a tenth; up to `until`. */
export function lossTimeline(
  cluster: Cluster,
  lost: NamedLoss,
  keyspaces: readonly string[] | undefined,
  until: number | undefined,
): readonly TimelineEntry[] {
  if (lost.loss.hosts.size === 0 && lost.loss.tunnels.size === 0) return []
  const gone = new Set(lost.nodes)
  const left = cluster.nodes.filter(node => !gone.has(node.name))
  const entries = timelineOf(settingsOf(cluster, left.length > 0 ? left : cluster.nodes, keyspaces), until)
  return entries.map(entry => ({ ...entry, after: Math.round(entry.after * 10) / 10 }))
}

/** Of nodes that differ: all must have convicted, the first that stops storing hints decides. */
function settingsOf(cluster: Cluster, nodes: readonly Node[], keyspaces: readonly string[] | undefined): TimelineSettings {
  const { line } = cluster.release
  const numbers = (name: string, otherwise: number) => nodes.map(node => knownValue(effectiveNumber(node.yaml, line, name)) ?? otherwise)
  const hintLives = nodes.flatMap(node => {
    const value = Number(jvmFacts(node).properties.get('cassandra.maxHintTTL')?.value ?? Number.NaN)
    return Number.isFinite(value) && value >= 0 ? [value] : []
  })
  return {
    phiConvictThreshold: Math.max(...numbers('phi_convict_threshold', 8)),
    maxHintWindow: Math.min(...numbers('max_hint_window', usualHintWindow * 1000)) / 1000,
    hintsEnabled: nodes.some(node => knownValue(effectiveBoolean(node.yaml, line, 'hinted_handoff_enabled')) !== false),
    ...(hintLives.length > 0 ? { maxHintTimeToLive: Math.min(...hintLives) } : {}),
    tables: cluster.keyspaces
      .filter(({ name }) => !keyspaces || keyspaces.includes(name))
      .flatMap(({ name, tables }) =>
        tables.map(table => ({ name: `${name}.${table.name.value}`, gcGraceSeconds: knownValue(table.gcGraceSeconds) ?? usualGcGrace })),
      ),
  }
}
