/** `foretell explain RULE`: a rule's page. */
import { ruleNamed, rulePage, ruleTitles } from '../core/features/rule-page.ts'
import { readArguments } from './arguments.ts'
import type { Host } from './host.ts'
import { UsageError, unknownName } from './usage.ts'

export async function explain(words: readonly string[], host: Host): Promise<number> {
  const { positionals } = readArguments(words, {})
  const [id, second] = positionals
  if (id === undefined || second !== undefined) throw new UsageError('explain takes one rule: foretell explain seeds/too-few')
  const rule = ruleNamed(id)
  if (!rule)
    throw unknownName(
      'rule',
      id,
      ruleTitles().map(({ id }) => id),
    )
  host.write(`${rulePage(rule)}\n`)
  return 0
}
