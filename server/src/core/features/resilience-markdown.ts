/** What breaks a keyspace first, and which nodes may be restarted together, as Markdown pages of the editor. */
import { knownValue } from '../text/fact.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { whereabouts } from './losable-things.ts'
import { type ClusterResilience, resilienceReport } from './resilience-report.ts'

const units = ['nodes', 'racks', 'datacenters', 'tunnels', 'gateways'] as const

/** A table of how many of each may be lost at will, and the smallest loss that breaks a level; empty when nothing is known. */
export function resilienceMarkdown(snapshot: Snapshot, keyspace: string, cluster: string): string {
  const { report } = resilienceReport(snapshot, { keyspace, cluster, operation: 'read' })
  const rows = report?.clusters[0]?.rows ?? []
  if (rows.length === 0) return ''
  const shown = units.filter(
    unit => unit === 'nodes' || unit === 'racks' || unit === 'datacenters' || rows.some(row => row.smallestFatal[unit].size !== null),
  )
  const lines = new Map<string, { readonly levels: string[]; readonly clients: Set<string>; readonly cells: readonly string[] }>()
  for (const row of rows) {
    const { size, sets, count } = row.smallestFatal.nodes
    const example =
      size === null
        ? 'nothing breaks it'
        : size === 0
          ? '**never served**'
          : `${(sets[0] ?? []).map(cell).join(' + ')}${count !== null && count > 1 ? ` (one of ${count})` : ''}`
    const cells = [...shown.map(unit => String(row.tolerates[unit])), example]
    const key = `${row.clientDatacenter} ${cells.join('|')}`
    const line = lines.get(key)
    if (line) line.levels.push(row.level)
    else lines.set(key, { levels: [row.level], clients: new Set([row.clientDatacenter]), cells })
  }
  const head = ['read at', 'from', ...shown, 'the smallest loss of nodes that breaks it']
  const body = [...lines.values()].map(({ levels, clients, cells }) => [levels.join(' '), [...clients].map(cell).join(', '), ...cells])
  return `## What breaks it first\n\nAny so many may be lost, whichever they are:\n\n${table(head, body)}`
}

/** The batches of a rolling restart, each with where its nodes are and what to wait for in between. */
export function restartPlanMarkdown(snapshot: Snapshot): string {
  const { report, notes, problem } = resilienceReport(snapshot, { operation: 'read', level: 'ALL' })
  if (!report) return problem
  if (report.clusters.length === 0) return 'No cluster is described here.'
  return ['# Rolling restart', ...report.clusters.map((cluster, i) => clusterPlan(snapshot, cluster, notes[i]?.unserved ?? []))].join(
    '\n\n',
  )
}

function clusterPlan(
  snapshot: Snapshot,
  { cluster: name, restartBatches }: ClusterResilience,
  unserved: readonly { readonly keyspace: string; readonly level: string }[],
): string {
  const cluster = snapshot.clusters.find(each => each.name === name)
  const rows = restartBatches.map((batch, i) => [
    String(i + 1),
    batch.map(cell).join(', '),
    [
      ...new Set(
        batch.map(node => knownValue(cluster?.nodes.find(each => each.name === node)?.location.datacenter ?? { kind: 'absent' }) ?? '?'),
      ),
    ]
      .map(cell)
      .join(', '),
  ])
  const spared = [...new Set(unserved.map(({ keyspace, level }) => `${keyspace} at ${level}`))]
  return [
    `## ${cell(name)}`,
    rows.length
      ? `Nodes of one batch may be down together: every declared workload (else LOCAL_QUORUM and QUORUM) stays served.\n\n${table(['batch', 'nodes', 'in'], rows)}`
      : 'No batch can be told.',
    spared.length ? `Interrupted by a restart of even a single node: ${spared.map(cell).join(', ')}.` : '',
    rows.length
      ? 'Between two batches wait until every node of the batch is up for all others (`nodetool status` on several nodes), and hints have been played.'
      : '',
    ...(cluster?.nodesWithoutDatacenter.length
      ? [
          `Left out, for their datacenter is not known: ${cluster.nodesWithoutDatacenter.map(node => `${cell(node.name)} (${cell(whereabouts(node))})`).join(', ')}.`,
        ]
      : []),
  ]
    .filter(Boolean)
    .join('\n\n')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

const cell = (text: string) => text.replace(/[\\`*[\]<>|]/g, found => `\\${found}`).replaceAll('\n', ' ')
