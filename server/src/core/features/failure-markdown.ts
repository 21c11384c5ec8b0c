/** What a loss breaks, as a Markdown document: in a pull request, and in the editor. */
import { durationText } from '../analysis/timeline.ts'
import type { ClusterFailure, FailureReport } from './failure-report.ts'
import { failureTables } from './failure-table.ts'

export { durationText }

const signs = { survives: '✓', partial: '◐', fails: '✗', unknown: '?' } as const

/** `asked`: what was to be lost, in the words of the request. */
export function failureMarkdown(report: FailureReport, asked: readonly string[] = []): string {
  if (report.clusters.length === 0) return 'No cluster is described here.\n'
  return `${report.clusters.map(failure => clusterMarkdown(failure, asked)).join('\n')}`
}

function clusterMarkdown(failure: ClusterFailure, asked: readonly string[]): string {
  const lines = [`## ${cell(failure.cluster)}: ${cell(lostWords(failure, asked))}`, '']
  for (const table of failureTables(failure.outcomes)) {
    lines.push(`### ${table.keyspaces.map(cell).join(', ')}`, '')
    lines.push(
      `| | level | ${table.clientDatacenters.map(name => `from ${cell(name)}`).join(' | ')} |`,
      `|---|---|${table.clientDatacenters.map(() => '---|').join('')}`,
    )
    for (const row of table.rows)
      lines.push(
        `| ${row.operations} | ${row.levels.join(' ')} | ${row.cells.map(({ verdict, text }) => `${signs[verdict]} ${text}`).join(' | ')} |`,
      )
    lines.push('')
    for (const reason of table.reasons.slice(0, 10)) lines.push(`- ${cell(reason)}`)
    if (table.reasons.length > 10) lines.push(`- … and ${table.reasons.length - 10} more`)
    if (table.reasons.length > 0) lines.push('')
  }
  if (failure.outcomes.length === 0) lines.push('No keyspace of this cluster is described here.', '')
  if (failure.timeline.length > 0) {
    lines.push('| after | |', '|---|---|')
    for (const { after, text } of failure.timeline) lines.push(`| ${durationText(after)} | ${cell(text)} |`)
    lines.push('')
  }
  const assuming = [...new Set(failure.outcomes.flatMap(outcome => outcome.assuming))]
  if (assuming.length > 0) lines.push(`Taken for granted: ${cell(assuming.join('; '))}.`, '')
  for (const { fact, why } of failure.unknown) lines.push(`Not known: ${cell(fact)} (${cell(why)}).`, '')
  return lines.join('\n')
}

const thingWords = { node: '', rack: 'rack ', dc: 'datacenter ', tunnel: 'the tunnel ', gateway: 'the gateway ' } as const

/** `without rack dc1/r1 (db1, db4)`: what was asked for, as far as that is given, and which nodes it is. */
export function lostWords({ lost }: Pick<ClusterFailure, 'lost'>, asked: readonly string[] = []): string {
  const things = asked.map(word => {
    const colon = word.indexOf(':')
    return `${thingWords[word.slice(0, colon) as keyof typeof thingWords] ?? ''}${word.slice(colon + 1)}`
  })
  if (things.length > 0) {
    const onlyNodes = asked.every(word => word.startsWith('node:'))
    return `without ${shortList(things)}${onlyNodes || lost.nodes.length === 0 ? '' : ` (${shortList(lost.nodes)})`}`
  }
  const parts = [
    lost.nodes.length > 0 ? `without ${shortList(lost.nodes)}` : '',
    lost.gateways.length > 0 ? `without the gateway${lost.gateways.length === 1 ? '' : 's'} ${shortList(lost.gateways)}` : '',
    lost.tunnels.length > 0 ? `without the tunnel${lost.tunnels.length === 1 ? '' : 's'} ${shortList(lost.tunnels)}` : '',
  ].filter(part => part !== '')
  return parts.length === 0 ? 'with nothing lost' : parts.join(', ')
}

function shortList(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 7).join(', ')} and ${names.length - 7} more` : names.join(', ')
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ')
