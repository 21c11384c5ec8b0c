/** `foretell resilience`: the smallest losses that break each keyspace, and what may be restarted together. */
import { type ClusterResilience, type ResilienceNotes, resilienceReport } from '../core/features/resilience-report.ts'
import { oneOf, readArguments, workspaceOptions } from './arguments.ts'
import type { Host } from './host.ts'
import { jsonWithShownPaths, loadWorkspace } from './load-workspace.ts'
import { harmless, labelled, type Paint, paintFor, textWidth, wrap } from './paint.ts'
import { UsageError } from './usage.ts'

export async function resilience(words: readonly string[], host: Host): Promise<number> {
  const { values, positionals } = readArguments(words, {
    ...workspaceOptions,
    keyspace: { type: 'string' },
    level: { type: 'string' },
    operation: { type: 'string' },
    'client-dc': { type: 'string' },
    format: { type: 'string' },
  })
  const format = oneOf('--format', values.format, ['pretty', 'json'], 'pretty')
  if (positionals.length > 1) throw new UsageError('resilience takes one folder')
  const { snapshot, incomplete, root } = loadWorkspace({ paths: positionals, cassandra: values.cassandra, config: values.config }, host)
  const { report, notes, problem } = resilienceReport(snapshot, {
    ...(values.cluster === undefined ? {} : { cluster: values.cluster }),
    ...(values.keyspace === undefined ? {} : { keyspace: values.keyspace }),
    ...(values.level === undefined ? {} : { level: values.level }),
    ...(values.operation === undefined ? {} : { operation: values.operation }),
    ...(values['client-dc'] === undefined ? {} : { clientDatacenter: values['client-dc'] }),
  })
  if (problem !== undefined) throw new UsageError(problem)
  if (format === 'json') host.write(`${jsonWithShownPaths(report, path => host.shownPath(root, path))}\n`)
  else if (report.clusters.length === 0) host.write('No cluster is described here.\n')
  else {
    const paint = paintFor(host.terminal.colours)
    host.write(
      `${report.clusters.map((each, i) => clusterPage(each, notes[i]!, paint, Math.min(host.terminal.columns, 100)).join('\n')).join('\n\n')}\n`,
    )
  }
  return incomplete ? 2 : 0
}

const unitHeads = { nodes: 'nodes', racks: 'racks', datacenters: 'dcs', tunnels: 'tunnels', gateways: 'gateways' } as const
type Unit = keyof typeof unitHeads

interface Line {
  readonly operations: string[]
  readonly levels: string[]
  readonly numbers: readonly string[]
  readonly fatal: string
}

function clusterPage(cluster: ClusterResilience, notes: ResilienceNotes, paint: Paint, width: number): string[] {
  const lines = [paint.bold(`${harmless(cluster.cluster)}: any so many may be lost`)]
  const units = (Object.keys(unitHeads) as Unit[]).filter(
    unit =>
      unit === 'nodes' || unit === 'racks' || unit === 'datacenters' || cluster.rows.some(row => row.smallestFatal[unit].size !== null),
  )
  const blocks = new Map<string, Line[]>()
  for (const row of cluster.rows) {
    const head = `${row.keyspace} from ${row.clientDatacenter}`
    const numbers = units.map(unit => String(row.tolerates[unit]))
    const { size, sets } = row.smallestFatal.nodes
    const fatal = size === null ? 'nothing breaks it' : size === 0 ? 'never served' : (sets[0] ?? []).join(' + ')
    const level = row.commitLevel === undefined ? row.level : `${row.level}+${row.commitLevel}`
    const block = blocks.get(head) ?? []
    blocks.set(head, block)
    const there = block.find(
      line =>
        line.fatal === fatal &&
        line.numbers.join() === numbers.join() &&
        (line.operations.includes(row.operation) || line.levels.length > 0),
    )
    if (there) {
      if (!there.operations.includes(row.operation)) there.operations.push(row.operation)
      if (!there.levels.includes(level)) there.levels.push(level)
    } else block.push({ operations: [row.operation], levels: [level], numbers, fatal })
  }
  for (const [head, block] of blocks) lines.push('', ...blockLines(head, block, units, paint, width))
  if (cluster.rows.some(row => row.commitLevel !== undefined))
    lines.push('', paint.faint('  A+B: a lightweight transaction at A that commits at B'))
  if (blocks.size === 0) lines.push('', '  No keyspace of this cluster is described here, or the options leave none.')
  if (cluster.restartBatches.length > 0) {
    lines.push('', paint.bold('May be restarted together'))
    for (const [i, batch] of cluster.restartBatches.entries()) {
      const shown = batch.length > 20 ? `${batch.length} nodes: ${batch.slice(0, 8).join('  ')} …` : batch.join('  ')
      lines.push(...labelled(`${i + 1}`, harmless(shown), width, 2, 4, paint.faint))
    }
    const spared = [...new Set(notes.unserved.map(({ keyspace, level }) => `${keyspace} at ${level}`))]
    const listed = `${spared.slice(0, 4).join(', ')}${spared.length > 4 ? ` and ${spared.length - 4} more` : ''}`
    if (spared.length > 0)
      lines.push(
        ...labelled('but', `${listed}: interrupted by any of these, for some single node is too much already`, width, 2, 4, paint.faint),
      )
  }
  for (const { fact, why } of notes.unknown) lines.push('', ...labelled('unknown', `${fact}: ${why}`, width, 2, 10, paint.faint))
  return lines
}

function blockLines(head: string, block: readonly Line[], units: readonly Unit[], paint: Paint, width: number): string[] {
  const columns = units.map((unit, i) => Math.max(unitHeads[unit].length, ...block.map(line => line.numbers[i]!.length)))
  const numbersWidth = columns.reduce((sum, column) => sum + column + 2, 0)
  const fatalWidth = Math.min(Math.max(...block.map(line => textWidth(line.fatal)), 14), 28)
  const levels = Math.max(20, width - 2 - numbersWidth - fatalWidth - 2)
  const longest = Math.min(levels, Math.max(...block.flatMap(line => wrap(line.levels.join(' '), levels)).map(textWidth)))
  const heads = units.map((unit, i) => `  ${unitHeads[unit].padStart(columns[i]!)}`).join('')
  const lines = [paint.bold(harmless(head)), paint.faint(`  ${' '.repeat(longest)}${heads}  smallest fatal`)]
  for (const line of block) {
    const wrapped = wrap(line.levels.join(' '), longest)
    const fatal = wrap(line.fatal, fatalWidth)
    const numbers = line.numbers.map((number, i) => `  ${number.padStart(columns[i]!)}`).join('')
    for (let i = 0; i < Math.max(wrapped.length, fatal.length); i++) {
      const left = (wrapped[i] ?? '').padEnd(longest)
      lines.push(`  ${left}${i === 0 ? numbers : ' '.repeat(numbersWidth)}  ${harmless(fatal[i] ?? '')}`.trimEnd())
    }
  }
  return lines
}
