/** `foretell replicas`: which nodes hold a key, or every range of the ring. */
import { type KeyspaceReplicas, type ReplicaReport, replicaReport } from '../core/features/replica-report.ts'
import { oneOf, readArguments, workspaceOptions } from './arguments.ts'
import type { Host } from './host.ts'
import { jsonWithShownPaths, loadWorkspace } from './load-workspace.ts'
import { labelled, paintFor } from './paint.ts'
import { UsageError } from './usage.ts'

export async function replicas(words: readonly string[], host: Host): Promise<number> {
  const { values, positionals } = readArguments(words, {
    ...workspaceOptions,
    keyspace: { type: 'string' },
    key: { type: 'string', multiple: true },
    type: { type: 'string', multiple: true },
    format: { type: 'string' },
  })
  const format = oneOf('--format', values.format, ['pretty', 'json'], 'pretty')
  if (positionals.length > 1) throw new UsageError('replicas takes one folder')
  const keys = values.key ?? []
  const types = values.type ?? []
  if (keys.length !== types.length)
    throw new UsageError(
      `each --key needs its --type: there ${keys.length === 1 ? 'is 1 key' : `are ${keys.length} keys`} and ${types.length} types`,
    )
  const { snapshot, incomplete, root } = loadWorkspace({ paths: positionals, cassandra: values.cassandra, config: values.config }, host)
  const { report, problem } = replicaReport(snapshot, {
    ...(values.keyspace === undefined ? {} : { keyspace: values.keyspace }),
    ...(values.cluster === undefined ? {} : { cluster: values.cluster }),
    ...(keys.length === 0 ? {} : { key: keys.map((value, i) => ({ value, type: types[i]! })) }),
  })
  if (problem !== undefined) throw new UsageError(problem)
  host.write(format === 'json' ? `${jsonWithShownPaths(report, path => host.shownPath(root, path))}\n` : pretty(report, host))
  return incomplete ? 2 : 0
}

const mostRanges = 200

function pretty(report: ReplicaReport, host: Host): string {
  const paint = paintFor(host.terminal.colours)
  if (report.clusters.length === 0) return 'No keyspace is described here.\n'
  const page = (each: KeyspaceReplicas): string[] => {
    const lines = [`${paint.bold(each.keyspace)} ${paint.faint(`in ${each.cluster}`)}`]
    for (const { fact, why } of each.unknown ?? [])
      lines.push(...labelled('unknown', `${fact}: ${why}`, host.terminal.columns, 2, 10, paint.faint))
    if (each.basis === 'unknown') return lines
    if (each.token !== undefined) return [...lines, `  token ${each.token}`, `  ${(each.replicas ?? []).join('  ')}`]
    const ranges = each.ranges ?? []
    const width = Math.max(...ranges.flatMap(({ after, upTo }) => [after.length, upTo.length]), 0)
    for (const { after, upTo, replicas } of ranges.slice(0, mostRanges))
      lines.push(
        `  ${paint.faint('(')}${after.padStart(width)}${paint.faint(',')} ${upTo.padStart(width)}${paint.faint(']')}  ${replicas.join('  ')}`,
      )
    if (ranges.length > mostRanges) lines.push(`  … and ${ranges.length - mostRanges} more ranges: --format json has all`)
    return lines
  }
  return `${report.clusters.map(each => page(each).join('\n')).join('\n\n')}\n`
}
