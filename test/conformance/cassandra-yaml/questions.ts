/** The committed questions and what Cassandra answered: properties × values, combinations, files of real repositories. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReleaseLine } from '../../../server/src/core/catalog/release.ts'

const here = import.meta.dirname
const read = (name: string): string => readFileSync(join(here, name), 'utf8')

export interface Question {
  readonly name: string
  readonly yaml: string
  /** A accepted, L refused while loading, S refused at the start, R refused. */
  readonly verdict: string
}

/** A property alone on top of a file that the line accepts. `-`: decided by the host, not asked. */
export function* propertyQuestions(line: ReleaseLine): Iterable<Question> {
  const values = JSON.parse(read('values.json')) as string[]
  const verdicts = JSON.parse(read(`verdicts-${line}.json`)) as Record<string, string>
  const base = read(`base-${line}.yaml`)
  for (const [key, letters] of Object.entries(verdicts)) {
    const rest = withoutKey(base, key)
    for (const [i, value] of values.entries()) {
      // A key that is refused whatever its value need not be asked with each.
      if (letters === 'unknown' && i % 11 !== 0) continue
      const verdict = letters === 'unknown' ? 'L' : letters[i]!
      if (verdict !== '-') yield { name: `${key}: ${value}`, yaml: `${rest}\n${key}: ${value}\n`, verdict }
    }
  }
}

/** The base with a key and its block taken out. */
export function withoutKey(base: string, key: string): string {
  const kept: string[] = []
  let inside = false
  for (const line of base.split('\n')) {
    if (line.startsWith(`${key}:`)) inside = true
    else if (!inside || !/^\s/.test(line)) {
      inside = false
      kept.push(line)
    }
  }
  return kept.join('\n')
}

/** Whole files: combinations of settings, and files of real repositories without their comments. */
export function* fileQuestions(file: 'combinations.jsonl' | 'corpus.jsonl', line: ReleaseLine): Iterable<Question> {
  for (const row of read(file).trim().split('\n')) {
    const {
      name,
      file: path,
      verdicts,
      yaml,
    } = JSON.parse(row) as { name?: string; file?: string; verdicts: Record<string, string>; yaml: string }
    const verdict = verdicts[line]
    if (verdict !== undefined) yield { name: name ?? path ?? '', yaml, verdict }
  }
}
