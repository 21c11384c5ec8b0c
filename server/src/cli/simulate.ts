/** `foretell simulate`: what a loss breaks, as JSON for programs, Markdown for a review, or a page for a person. */

import { failureMarkdown } from '../core/features/failure-markdown.ts'
import type { FailureReport } from '../core/features/failure-report.ts'
import { failureReport } from '../core/features/failure-report.ts'
import { durationOption, oneOf, readArguments, workspaceOptions } from './arguments.ts'
import type { Host } from './host.ts'
import { jsonWithShownPaths, loadWorkspace } from './load-workspace.ts'
import { printFailure } from './print-failure.ts'
import { UsageError } from './usage.ts'

export async function simulate(words: readonly string[], host: Host): Promise<number> {
  const { values, positionals } = readArguments(words, {
    ...workspaceOptions,
    lose: { type: 'string', multiple: true },
    for: { type: 'string' },
    'client-dc': { type: 'string' },
    keyspace: { type: 'string' },
    level: { type: 'string' },
    operation: { type: 'string' },
    format: { type: 'string' },
  })
  const format = oneOf('--format', values.format, ['pretty', 'json', 'markdown'], 'pretty')
  const forSeconds = durationOption('--for', values.for)
  if (values.operation === 'truncate') throw new UsageError('--operation takes read, write, lwt, counter, batch, scan, not "truncate"')
  // `--lose node:db1 rack:dc1/r1`: words of that form after the option are losses, too.
  const lossWord = /^(?:node|rack|dc|tunnel|gateway):/
  const further = values.lose ? positionals.filter(word => lossWord.test(word)) : []
  const lose = [...(values.lose ?? []), ...further]
  const paths = positionals.filter(word => !further.includes(word))
  if (paths.length > 1) throw new UsageError('simulate takes one folder')
  const { snapshot, incomplete, root } = loadWorkspace({ paths, cassandra: values.cassandra, config: values.config }, host)
  const { report, problem } = failureReport(snapshot, {
    lose,
    ...(forSeconds === undefined ? {} : { forSeconds }),
    ...(values['client-dc'] === undefined ? {} : { clientDatacenter: values['client-dc'] }),
    ...(values.keyspace === undefined ? {} : { keyspace: values.keyspace }),
    ...(values.level === undefined ? {} : { level: values.level }),
    ...(values.operation === undefined ? {} : { operation: values.operation }),
    ...(values.cluster === undefined ? {} : { cluster: values.cluster }),
  })
  if (problem !== undefined) throw new UsageError(problem)
  host.write(printed(report, format))
  return incomplete ? 2 : 0

  function printed(found: FailureReport, as: typeof format): string {
    if (as === 'json') return `${jsonWithShownPaths(found, path => host.shownPath(root, path))}\n`
    if (as === 'markdown') return failureMarkdown(found, lose)
    return printFailure(found, snapshot, host.terminal, lose)
  }
}
