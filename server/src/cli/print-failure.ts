/** What a loss breaks, for a person at a terminal: a small map, a table for each keyspace, the reasons, the clock. */
import { durationText, lostWords } from '../core/features/failure-markdown.ts'
import type { ClusterFailure, FailureReport } from '../core/features/failure-report.ts'
import { type FailureCell, type FailureTable, failureTables } from '../core/features/failure-table.ts'
import type { Cluster } from '../core/model/cluster.ts'
import type { Snapshot } from '../core/workspace/snapshot.ts'
import { harmless, labelled, type Paint, paintFor, textWidth, wrap } from './paint.ts'

export function printFailure(
  report: FailureReport,
  snapshot: Snapshot,
  terminal: { readonly colours: boolean; readonly columns: number },
  asked: readonly string[],
): string {
  const paint = paintFor(terminal.colours)
  const width = Math.min(terminal.columns, 100)
  if (report.clusters.length === 0) return 'No cluster is described here.\n'
  const pages = report.clusters.map(failure =>
    clusterPage(
      failure,
      asked,
      snapshot.clusters.find(cluster => cluster.name === failure.cluster),
      paint,
      width,
    ),
  )
  return `${pages.map(lines => lines.join('\n')).join('\n\n')}\n`
}

function clusterPage(
  failure: ClusterFailure,
  asked: readonly string[],
  cluster: Cluster | undefined,
  paint: Paint,
  width: number,
): string[] {
  const lines = wrap(`${harmless(failure.cluster)}: ${harmless(lostWords(failure, asked))}`, width).map(line => paint.bold(line))
  if (cluster) lines.push('', ...mapOf(cluster, new Set(failure.lost.nodes), paint, width))
  for (const table of failureTables(failure.outcomes)) lines.push('', ...tableLines(table, paint, width))
  if (failure.outcomes.length === 0) lines.push('', '  No keyspace of this cluster is described here, or the options leave none.')
  if (failure.outcomes.some(outcome => outcome.dependsOnCoordinator)) lines.push('', paint.faint('  * depends on the coordinator'))
  if (failure.timeline.length > 0) {
    lines.push('')
    for (const { after, text } of failure.timeline) lines.push(...labelled(`after ${durationText(after)}`, text, width, 2, 15, paint.faint))
  }
  const assuming = [...new Set(failure.outcomes.flatMap(outcome => outcome.assuming))]
  if (assuming.length > 0 || failure.unknown.length > 0) lines.push('')
  for (const text of assuming) lines.push(...labelled('assuming', text, width, 2, 10, paint.faint))
  for (const { fact, why } of failure.unknown) lines.push(...labelled('unknown', `${fact}: ${why}`, width, 2, 10, paint.faint))
  return lines
}

/** Datacenters with their racks and nodes; what is lost is crossed out. */
function mapOf(cluster: Cluster, lost: ReadonlySet<string>, paint: Paint, width: number): string[] {
  const most = 40
  if (cluster.nodes.length > most * 4)
    return [`  ${cluster.datacenters.map(datacenter => `${datacenter.name}: ${datacenter.nodes.length} nodes`).join(', ')}`]
  const column = Math.max(...cluster.datacenters.map(({ name }) => textWidth(name)), 4) + 2
  const lines: string[] = []
  for (const datacenter of [...cluster.datacenters].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const words: { text: string; painted: string }[] = []
    for (const rack of [...datacenter.racks].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const nodes = rack.nodes.map(node => node.name as string).sort()
      const text = `${rack.name} [${nodes.map(name => (lost.has(name) ? `✗ ${name}` : name)).join('  ')}]`
      const painted = `${paint.faint(`${rack.name} [`)}${nodes.map(name => (lost.has(name) ? paint.red(`✗ ${name}`) : name)).join('  ')}${paint.faint(']')}`
      words.push({ text, painted })
    }
    let line = ''
    let used = 2 + column
    let first = true
    const flush = () => {
      lines.push(`  ${(first ? datacenter.name : '').padEnd(column)}${line}`.trimEnd())
      first = false
      line = ''
      used = 2 + column
    }
    for (const { text, painted } of words) {
      if (used > 2 + column && used + textWidth(text) + 2 > width) flush()
      line += `${line === '' ? '' : '  '}${painted}`
      used += textWidth(text) + 2
    }
    flush()
  }
  return lines
}

function tableLines(table: FailureTable, paint: Paint, width: number): string[] {
  const lines = wrap(table.keyspaces.join(', '), width - 2).map(line => paint.bold(harmless(line)))
  const columns = table.clientDatacenters.map((name, i) =>
    Math.max(textWidth(name) + 5, ...table.rows.map(row => textWidth(row.cells[i]!.text))),
  )
  const operations = Math.max(...table.rows.map(row => textWidth(row.operations)))
  const levels = Math.max(20, width - 2 - operations - 2 - columns.reduce((sum, column) => sum + column + 2, 0))
  const longest = Math.max(...table.rows.flatMap(row => wrap(row.levels.join(' '), levels)).map(textWidth))
  const levelColumn = Math.min(levels, longest)
  lines.push(
    paint.faint(
      `  ${' '.repeat(operations + 2 + levelColumn)}${table.clientDatacenters.map((name, i) => `  ${`from ${name}`.padEnd(columns[i]!)}`).join('')}`.trimEnd(),
    ),
  )
  for (const row of table.rows) {
    const wrapped = wrap(row.levels.join(' '), levelColumn)
    const cells = row.cells.map((cell, i) => `  ${painted(cell, paint)}${' '.repeat(columns[i]! - textWidth(cell.text))}`).join('')
    lines.push(
      `  ${paint.faint(row.operations)}${' '.repeat(operations - textWidth(row.operations) + 2)}${wrapped[0]!.padEnd(levelColumn)}${cells}`.trimEnd(),
    )
    for (const more of wrapped.slice(1)) lines.push(`  ${' '.repeat(operations + 2)}${more}`)
  }
  for (const [i, reason] of table.reasons.slice(0, 6).entries()) {
    if (i === 0) lines.push('')
    lines.push(...wrap(harmless(reason), width - 4).map((line, at) => (at === 0 ? `  ${paint.faint('·')} ${line}` : `    ${line}`)))
  }
  if (table.reasons.length > 6) lines.push(`  ${paint.faint('·')} … and ${table.reasons.length - 6} more reasons`)
  return lines
}

function painted({ verdict, text }: FailureCell, paint: Paint): string {
  return { survives: paint.green, fails: paint.red, partial: paint.yellow, unknown: paint.blue }[verdict](text)
}
