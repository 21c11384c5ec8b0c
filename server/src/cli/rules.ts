/** `foretell rules`: all rules, for people and for programs. */

import { docsOf } from '../core/features/documentation-address.ts'
import { counted } from '../core/features/losable-things.ts'
import { type RuleEntry, ruleEntries } from '../core/features/rule-list.ts'
import { oneOf, readArguments } from './arguments.ts'
import type { Host } from './host.ts'
import { paintFor } from './paint.ts'
import { UsageError } from './usage.ts'

export async function rules(words: readonly string[], host: Host): Promise<number> {
  const { values, positionals } = readArguments(words, { format: { type: 'string' } })
  if (positionals.length > 0) throw new UsageError('rules takes no path; foretell explain RULE prints one')
  const entries = ruleEntries()
  switch (oneOf('--format', values.format, ['pretty', 'json', 'markdown'], 'pretty')) {
    case 'json':
      host.write(`${JSON.stringify({ version: 1, rules: entries.map(entry => ({ ...entry, docs: docsOf(entry.id) })) }, undefined, 2)}\n`)
      break
    case 'markdown':
      host.write(`| rule | severity | certainty | what |\n|---|---|---|---|\n${entries.map(markdownRow).join('')}`)
      break
    case 'pretty':
      host.write(pretty(entries, host))
      break
  }
  return 0
}

function markdownRow({ id, severities, certainty, title }: RuleEntry): string {
  return `| [${id}](${docsOf(id)}) | ${severities.join(', ')} | ${certainty} | ${title.replaceAll('|', '\\|')} |\n`
}

function pretty(entries: readonly RuleEntry[], host: Host): string {
  const paint = paintFor(host.terminal.colours)
  const width = Math.max(...entries.map(({ id }) => id.length))
  const lines: string[] = []
  let group = ''
  for (const { id, severities, title } of entries) {
    const own = id.slice(0, id.indexOf('/'))
    if (own !== group && group !== '') lines.push('')
    group = own
    lines.push(`${id.padEnd(width)}  ${paint.faint(severities.join('/').padEnd(7))}  ${title}`)
  }
  return `${lines.join('\n')}\n\n${counted(entries.length, 'rule')}; foretell explain RULE says more.\n`
}
