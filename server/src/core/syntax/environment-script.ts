/** cassandra-env.sh, read without running it: variables set to literals, flags added to JVM_OPTS, and under which conditions. */
import { hasTemplateSuffix, holdsControlStructure, holdsPlaceholder } from '../text/placeholder.ts'
import type { SourceFile } from '../text/source-file.ts'
import type { JvmOptionLine, ParsedEnvironmentScript, ScriptAssignment } from './jvm-options.ts'
import { findMergeConflict } from './merge-conflict.ts'
import { type ShellToken, shellTokens } from './shell-tokens.ts'
import { depthAfter } from './template-depth.ts'

/** What is known of whether a part of the script runs. */
type Runs = 'always' | 'maybe' | 'never'

interface Block {
  readonly kind: 'if' | 'other' | 'parenthesis'
  /** Whether this part runs, seen from the whole script. */
  runs: Runs
  readonly outer: Runs
  /** Whether an earlier branch of the same `if` is taken. */
  taken: Runs
}

/** Follows `if` with comparisons of variables that the script itself has set; loops, functions and `case` are "maybe". */
export function parseEnvironmentScript(file: SourceFile): ParsedEnvironmentScript {
  const conflict = findMergeConflict(file)
  const result = conflict ? { assignments: [], flags: [], calls: [], steered: false } : follow(file)
  return {
    kind: 'cassandra-env',
    file,
    assignments: result.assignments,
    flags: result.flags,
    calls: result.calls,
    template: hasTemplateSuffix(file.path) || result.steered,
    problems: conflict ? [conflict] : [],
  }
}

function follow(file: SourceFile) {
  const assignments: ScriptAssignment[] = []
  const flags: JvmOptionLine[] = []
  const calls: { name: string; span: { file: SourceFile; start: number; end: number } }[] = []
  const variables = new Map<string, string | undefined>()
  const blocks: Block[] = []
  const uncertainLines = linesUnderTemplateControl(file.text)
  let condition: ShellToken[] | undefined
  let command: ShellToken[] = []
  let chained = false

  const here = (): Runs => blocks.at(-1)?.runs ?? 'always'
  const endCommand = (): void => {
    const runs = here()
    if (command.length > 0 && !condition && runs !== 'never') readCommand(command, runs === 'always' && !chained)
    command = []
  }
  const readCommand = (words: readonly ShellToken[], certainHere: boolean): void => {
    for (const [index, word] of words.entries()) {
      if (index === 0 && /^(?:export|local|readonly|declare)$/.test(word.text)) continue
      const cut = /^([A-Za-z_]\w*)(\+?)=/.exec(word.text)
      if (!cut) {
        if (index === 0) calls.push({ name: word.text, span: { file, start: word.start, end: word.end } })
        return
      }
      const certain = certainHere && !uncertainLines(word.start)
      const value = word.text.slice(cut[0].length)
      const placeholder = word.expands || holdsPlaceholder(value)
      const rawStart = Math.min(word.start + cut[0].length, word.end)
      const quoted = /^["']/.test(file.text.slice(rawStart, rawStart + 1)) && rawStart + 1 < word.end ? 1 : 0
      const assignment: ScriptAssignment = {
        name: cut[1]!,
        value,
        span: { file, start: word.start, end: word.end },
        valueSpan: { file, start: rawStart + quoted, end: Math.max(rawStart + quoted, word.end - quoted) },
        placeholder,
        certain,
      }
      assignments.push(assignment)
      variables.set(assignment.name, placeholder || !certain ? undefined : value)
      if (assignment.name === 'JVM_OPTS' || assignment.name === 'JVM_EXTRA_OPTS')
        for (const flag of flagsIn(assignment, file, variables)) flags.push(flag)
    }
  }

  for (const token of shellTokens(file.text)) {
    if (token.kind === 'operator') {
      const joins = token.text === '&&' || token.text === '||'
      if (condition && joins) {
        condition.push(token)
        continue
      }
      // `name (`: a function's definition, or an array; neither is a call.
      if (token.text === '(') command = []
      endCommand()
      chained = joins || token.text === '|'
      if (token.text === '(') blocks.push({ kind: 'parenthesis', runs: weaker(here()), outer: here(), taken: 'never' })
      if (token.text === ')' && blocks.at(-1)?.kind === 'parenthesis') blocks.pop()
      continue
    }
    const word = token.quoted ? '' : token.text
    if (condition && word !== 'then') {
      condition.push(token)
      continue
    }
    if (command.length > 0) {
      command.push(token)
      continue
    }
    switch (word) {
      case 'if':
        blocks.push({ kind: 'if', runs: here(), outer: here(), taken: 'never' })
        condition = []
        break
      case 'elif':
        condition = []
        break
      case 'then': {
        const block = blocks.at(-1)
        if (block?.kind === 'if' && condition) {
          const holds = evaluate(condition, variables)
          const free =
            holds === 'never' || block.taken === 'always' ? 'never' : holds === 'always' && block.taken === 'never' ? 'always' : 'maybe'
          block.runs = both(block.outer, free)
          block.taken = block.taken === 'always' || holds === 'always' ? 'always' : holds === 'never' ? block.taken : 'maybe'
        }
        condition = undefined
        break
      }
      case 'else': {
        const block = blocks.at(-1)
        if (block) block.runs = both(block.outer, block.taken === 'always' ? 'never' : block.taken === 'never' ? 'always' : 'maybe')
        break
      }
      case 'fi':
      case 'esac':
      case 'done':
      case '}':
        blocks.pop()
        condition = undefined
        break
      case 'for':
      case 'while':
      case 'until':
      case 'case':
      case '{':
        blocks.push({ kind: 'other', runs: weaker(here()), outer: here(), taken: 'never' })
        if (word !== '{') command.push(token)
        break
      case 'do':
      case '!':
      case 'function':
        break
      default:
        command.push(token)
    }
  }
  endCommand()
  return { assignments, flags, calls, steered: holdsControlStructure(file.text.replace(/^[ \t]*#(?!\}).*$/gm, '')) }
}

function weaker(runs: Runs): Runs {
  return runs === 'never' ? 'never' : 'maybe'
}

function both(a: Runs, b: Runs): Runs {
  if (a === 'never' || b === 'never') return 'never'
  return a === 'always' && b === 'always' ? 'always' : 'maybe'
}

/** `[ "$A" = "b" ]`, `[ "x$A" != "x" ]` with variables that the script has set; anything else is "maybe". */
function evaluate(words: readonly ShellToken[], variables: ReadonlyMap<string, string | undefined>): Runs {
  if (words.length !== 5 || !/^\[\[?$/.test(words[0]!.text) || !/^\]\]?$/.test(words[4]!.text)) return 'maybe'
  const left = expand(words[1]!, variables)
  const right = expand(words[3]!, variables)
  if (left === undefined || right === undefined) return 'maybe'
  const equal = left === right
  switch (words[2]!.text) {
    case '=':
    case '==':
      return equal ? 'always' : 'never'
    case '!=':
      return equal ? 'never' : 'always'
    default:
      return 'maybe'
  }
}

/** A word with its variables filled in; a variable that the script never sets is taken as unset when it is one that only operators set. */
function expand(word: ShellToken, variables: ReadonlyMap<string, string | undefined>): string | undefined {
  if (!word.expands) return word.text
  if (/[`]|\$[({]/.test(word.text.replace(/\$\{[A-Za-z_]\w*\}/g, ''))) return undefined
  let known = true
  const text = word.text.replace(/\$\{?([A-Za-z_]\w*)\}?/g, (_, name: string) => {
    if (variables.has(name)) {
      const value = variables.get(name)
      if (value === undefined) known = false
      return value ?? ''
    }
    if (name !== 'LOCAL_JMX') known = false
    return ''
  })
  return known ? text : undefined
}

function flagsIn(assignment: ScriptAssignment, file: SourceFile, variables: ReadonlyMap<string, string | undefined>): JvmOptionLine[] {
  const flags: JvmOptionLine[] = []
  const source = file.text.slice(assignment.valueSpan.start, assignment.valueSpan.end)
  for (const match of source.matchAll(/(?:[^\s"'\\]|\\[\s\S]|"[^"]*"|'[^']*')+/g)) {
    const written = match[0]
    if (!written.startsWith('-')) continue
    const start = assignment.valueSpan.start + match.index
    const text = expand({ kind: 'word', text: written, quoted: false, expands: written.includes('$'), start, end: start }, variables)
    flags.push({
      text: text ?? written,
      span: { file, start, end: start + written.length },
      placeholder: text === undefined || holdsPlaceholder(text),
      taken: true,
      certain: assignment.certain,
    })
  }
  return flags
}

function linesUnderTemplateControl(text: string): (offset: number) => boolean {
  if (!/\{%|<%|\{\{/.test(text)) return () => false
  const starts: number[] = []
  const ends: number[] = []
  let depth = 0
  let start = 0
  while (start < text.length) {
    const next = text.indexOf('\n', start)
    const end = next < 0 ? text.length : next + 1
    const after = depthAfter(text.slice(start, end), depth)
    if (depth > 0 || after > 0) {
      if (ends.at(-1) === start) ends[ends.length - 1] = end
      else {
        starts.push(start)
        ends.push(end)
      }
    }
    depth = after
    start = end
  }
  return offset => {
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= offset) low = middle + 1
      else high = middle
    }
    return low > 0 && offset < ends[low - 1]!
  }
}
