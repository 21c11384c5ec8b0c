/** jvm*.options: the lines that become flags of Java, with places. What each flag means is jvm-facts' matter. */
import { hasTemplateSuffix, holdsControlStructure, holdsPlaceholder, withoutTemplateSuffix } from '../text/placeholder.ts'
import { baseName, type SourceFile } from '../text/source-file.ts'
import type { Span } from '../text/span.ts'
import { findMergeConflict } from './merge-conflict.ts'
import type { SyntaxProblem } from './syntax-problem.ts'
import { depthAfter } from './template-depth.ts'

export interface JvmOptionLine {
  /** Trimmed text of the line, without comment lines. */
  readonly text: string
  readonly span: Span
  readonly placeholder: boolean
  /** Begins with `-` in its first column: `grep "^-"` in the start scripts takes no other. */
  readonly taken: boolean
  /** Not inside a condition that cannot be read. */
  readonly certain: boolean
}

export interface ParsedJvmOptions {
  readonly kind: 'jvm-options'
  readonly file: SourceFile
  /** From the name: `jvm.options` → undefined; `jvm11-server.options` → 11; `jvm-server.options` → undefined. */
  readonly java: number | undefined
  /** `clients` files are for the tools, not the server. */
  readonly audience: 'server' | 'clients'
  readonly lines: readonly JvmOptionLine[]
  readonly template: boolean
  readonly problems: readonly SyntaxProblem[]
}

/** A variable that the script sets, uncommented: `MAX_HEAP_SIZE="4G"`. */
export interface ScriptAssignment {
  readonly name: string
  readonly value: string
  readonly span: Span
  /** Of the value, without quotes. */
  readonly valueSpan: Span
  /** Holds a variable, a command or a template's placeholder: the value is unknown. */
  readonly placeholder: boolean
  /** Not inside a condition or function that cannot be decided. */
  readonly certain: boolean
}

export interface ParsedEnvironmentScript {
  readonly kind: 'cassandra-env'
  readonly file: SourceFile
  readonly assignments: readonly ScriptAssignment[]
  /** Flags added by `JVM_OPTS="$JVM_OPTS -X…"`, uncommented, one each; those under a condition that is surely false are left out. */
  readonly flags: readonly JvmOptionLine[]
  /** Names of the commands and functions that the script calls (`configure_jmx`), where they stand. */
  readonly calls: readonly { readonly name: string; readonly span: Span }[]
  readonly template: boolean
  readonly problems: readonly SyntaxProblem[]
}

/** Every line that is neither blank nor a comment, taken by the start script or not. */
export function parseJvmOptions(file: SourceFile): ParsedJvmOptions {
  const name = baseName(withoutTemplateSuffix(file.path))
  const version = /^jvm(\d+)/.exec(name)?.[1]
  const conflict = findMergeConflict(file)
  const lines: JvmOptionLine[] = []
  let depth = 0
  let steered = false
  for (const [start, end] of conflict ? [] : linesOf(file.text)) {
    const raw = file.text.slice(start, end)
    const text = raw.trim()
    if (text === '' || text.startsWith('#')) continue
    const after = depthAfter(text, depth)
    const inside = depth > 0 || after > 0
    depth = after
    if (text.startsWith('{%') || text.startsWith('<%') || /^%\s*(?:if|for|end)/.test(text) || holdsControlStructure(text)) {
      steered = true
      continue
    }
    const lead = raw.length - raw.trimStart().length
    lines.push({
      text,
      span: { file, start: start + lead, end: start + lead + text.length },
      placeholder: holdsPlaceholder(text),
      taken: raw.startsWith('-'),
      certain: !inside,
    })
  }
  return {
    kind: 'jvm-options',
    file,
    java: version === undefined ? undefined : Number(version),
    audience: /clients/.test(name) ? 'clients' : 'server',
    lines,
    template: hasTemplateSuffix(file.path) || steered,
    problems: conflict ? [conflict] : [],
  }
}

function* linesOf(text: string): Generator<[number, number]> {
  let start = 0
  while (start < text.length) {
    const next = text.indexOf('\n', start)
    const end = next < 0 ? text.length : next
    yield [start, end > start && text[end - 1] === '\r' ? end - 1 : end]
    start = end + 1
  }
}
