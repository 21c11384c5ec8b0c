/**
 * A baseline: findings that are known and not shown, so that only new ones fail a build. An entry is a rule, a file and the message; lines may move
 * without it. JSON: `{"version": 1, "findings": [{"rule", "file", "message", "count"}]}`, sorted.
 */
import type { SourceFile } from '../text/source-file.ts'
import { type Span, spanOf } from '../text/span.ts'
import type { Finding } from './finding.ts'

interface Entry {
  readonly rule: string
  readonly file: string
  readonly message: string
  readonly count: number
}

const keyOf = (rule: string, file: string, message: string) => JSON.stringify([rule, file, message])

/** Text of a baseline that knows these findings. */
export function writeBaseline(findings: readonly Finding[]): string {
  const counts = new Map<string, number>()
  for (const finding of findings) {
    const key = keyOf(finding.rule, finding.span.file.path, finding.message)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const entries = [...counts].map(([key, count]): Entry => {
    const [rule, file, message] = JSON.parse(key) as [string, string, string]
    return { rule, file, message, count }
  })
  entries.sort((a, b) => order(a.file, b.file) || order(a.rule, b.rule) || order(a.message, b.message))
  const lines = entries.map(entry => `    ${JSON.stringify(entry)}`)
  return `{\n  "version": 1,\n  "findings": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Whether a text is a baseline; else why not. */
export function baselineProblem(text: string): string | undefined {
  return typeof entriesOf(text) === 'string' ? (entriesOf(text) as string) : undefined
}

/** The findings that a baseline does not know, and its entries that know nothing any more. An unreadable baseline knows nothing. */
export function applyBaseline(
  findings: readonly Finding[],
  baseline: SourceFile,
): { readonly shown: readonly Finding[]; readonly needless: readonly { readonly rule: string; readonly at: Span }[] } {
  const entries = entriesOf(baseline.text)
  if (typeof entries === 'string') return { shown: findings, needless: [] }
  const left = new Map<string, number>()
  for (const entry of entries) {
    const key = keyOf(entry.rule, entry.file, entry.message)
    left.set(key, (left.get(key) ?? 0) + entry.count)
  }
  const used = new Set<string>()
  const shown = findings.filter(finding => {
    const key = keyOf(finding.rule, finding.span.file.path, finding.message)
    const count = left.get(key) ?? 0
    if (count === 0) return true
    used.add(key)
    left.set(key, count - 1)
    return false
  })
  const needless = entries
    .filter(entry => !used.has(keyOf(entry.rule, entry.file, entry.message)))
    .map(entry => ({ rule: entry.rule, at: placeOf(baseline, entry) }))
  return { shown, needless }
}

function entriesOf(text: string): readonly Entry[] | string {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return 'is no JSON'
  }
  const { version, findings } = (json ?? {}) as { version?: unknown; findings?: unknown }
  if (version !== 1 || !Array.isArray(findings)) return 'is no baseline of version 1'
  return findings.flatMap((entry: Partial<Entry> | null) =>
    entry && typeof entry.rule === 'string' && typeof entry.file === 'string' && typeof entry.message === 'string'
      ? [{ rule: entry.rule, file: entry.file, message: entry.message, count: typeof entry.count === 'number' ? entry.count : 1 }]
      : [],
  )
}

/** The line of an entry, as `writeBaseline` writes it; else the start of the file. */
function placeOf(baseline: SourceFile, entry: Entry): Span {
  const words = JSON.stringify(entry)
  const start = baseline.text.indexOf(words)
  return start < 0 ? spanOf(baseline, 0, Math.min(1, baseline.text.length)) : spanOf(baseline, start, start + words.length)
}
