/**
 * What is being written at the cursor of a cassandra.yaml, by its lines alone, so that it also answers in half-typed and broken files: the keys above by
 * indentation, the keys beside, and the word or value that is begun.
 */

import { memo } from '../text/memo.ts'
import type { SourceFile } from '../text/source-file.ts'
import { type Span, spanOf } from '../text/span.ts'
import type { KeyInBlock } from './settings-place.ts'

export interface SettingsCursor {
  /** A key is being written; or the value of `keys`' last; or an item of its list. */
  readonly writes: 'key' | 'value' | 'item'
  /** Keys above, and for a value or item the key that it belongs to. */
  readonly keys: readonly KeyInBlock[]
  /** Of keys, those that stand in the same block already, without the one at the cursor. */
  readonly present: ReadonlySet<string>
  /** Begun text before the cursor; of a value in quotes or in a list the last part. */
  readonly typed: string
  /** What a whole key, or the begun part of a value, would replace. */
  readonly replace: Span
  /** A colon follows already. */
  readonly hasColon: boolean
  /** A dash stands before the key on its line. */
  readonly inItem: boolean
}

interface YamlLine {
  readonly dash: number
  readonly column: number
  readonly key: string | undefined
  readonly value: string
}

const lineShape = /^([ \t]*)((?:-[ \t]+)*)(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'#:{}[\],&*!|>%@-][^\s:#"']*))?[ \t]*(:(?=\s|$))?(.*)$/

/** Undefined for comments and blank lines. `dash` is −1 where none stands. */
function readLine(text: string): YamlLine | undefined {
  if (text.length > 2000) return undefined
  const match = lineShape.exec(text.replace(/\r$/, ''))
  if (!match || /^[ \t]*(?:#|$)/.test(text)) return undefined
  const column = match[1]!.length + match[2]!.length
  const bare = text.slice(match[1]!.length).trim() === '-'
  const key = match[6] === undefined ? undefined : (match[3] ?? match[4] ?? match[5])
  return {
    dash: match[2] || bare ? match[1]!.length : -1,
    column,
    key,
    value: key === undefined ? '' : match[7]!.replace(/(?:^|[ \t])#.*$/, '').trim(),
  }
}

type YamlLines = readonly (YamlLine | undefined)[]
const linesOf = memo((file: SourceFile): YamlLines => file.text.split('\n').map(readLine))

/** No block of Cassandra's lies deeper. */
const deepest = 20

/** Undefined in comments and where the lines above make no sense. */
export function settingsCursorAt(file: SourceFile, offset: number): SettingsCursor | undefined {
  const { text } = file
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const before = text.slice(lineStart, offset)
  if (before.length > 2000 || /(?:^|\s)#/.test(before)) return undefined
  const after = /^[^\r\n]*/.exec(text.slice(offset, offset + 2000))![0]
  const lines = linesOf(file)
  let index = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) index++
  const [, indent = '', dashes = '', rest = ''] = /^([ \t]*)((?:-[ \t]+)*)(.*)$/s.exec(before)!
  const column = indent.length + dashes.length
  const limit = dashes ? indent.length + 1 : column
  const above = keysAbove(lines, index, limit)
  if (!above) return undefined
  const beside = besideOf(lines, index, column)
  const common = { inItem: dashes !== '' }
  const value = /^["']?([^\s"':#]+)["']?[ \t]*:(?:[ \t]+(.*))?$/.exec(rest)
  if (value && (value[2] !== undefined || /^[ \t]*$/.test(after))) {
    if (value[2] === undefined) return undefined
    const keys = [...above, { key: value[1]!, sibling: beside.get('class_name') }]
    return { ...common, writes: 'value', keys, present: new Set(), hasColon: false, ...lastPart(file, offset, value[2]) }
  }
  if (/^["']?[\w.-]*$/.test(rest)) {
    const quote = /^["']/.test(rest) ? 1 : 0
    const word = /^[\w.-]*/.exec(after)![0]
    const replace = spanOf(file, lineStart + column + quote, offset + word.length)
    const whole = rest.slice(quote) + word
    const present = new Set([...beside.keys()].filter(key => key !== whole))
    const hasColon = /^["']?[ \t]*:/.test(after.slice(word.length))
    return { ...common, writes: 'key', keys: above, present, typed: rest.slice(quote), replace, hasColon }
  }
  return dashes
    ? { ...common, writes: 'item', keys: above, present: new Set(), hasColon: false, ...lastPart(file, offset, rest) }
    : undefined
}

/** Behind the last comma, bracket or quote. */
function lastPart(file: SourceFile, offset: number, written: string): { readonly typed: string; readonly replace: Span } {
  const typed = /[^,[\]{}"'\s]*$/.exec(written)![0]
  return { typed, replace: spanOf(file, offset - typed.length, offset) }
}

/** Keys of the lines above that hold what stands left of `limit`, outermost first. */
function keysAbove(lines: YamlLines, index: number, limit: number): readonly KeyInBlock[] | undefined {
  const keys: KeyInBlock[] = []
  let left = limit
  for (let i = index - 1; i >= 0 && left > 0; i--) {
    const line = lines[i]
    if (!line) continue
    if (line.column < left && line.key !== undefined) {
      if (line.value !== '' && !/^[&!|>]/.test(line.value)) {
        if (keys.length > 0 || line.column > 0) continue
        return undefined
      }
      keys.unshift({ key: line.key, sibling: line.key === 'parameters' ? besideOf(lines, i, line.column).get('class_name') : undefined })
      if (keys.length > deepest) return undefined
      left = line.dash >= 0 ? line.dash + 1 : line.column
    } else if (line.dash >= 0 && line.dash < left) left = line.dash + 1
  }
  return keys
}

/** Keys and values in the block of a line, by their column. */
function besideOf(lines: YamlLines, index: number, column: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const add = (line: YamlLine) => {
    if (line.column === column && line.key !== undefined) found.set(line.key, line.value.replace(/^["']|["']$/g, ''))
  }
  const own = lines[index]
  if (own) add(own)
  const begins = (own?.dash ?? -1) >= 0
  for (let i = index - 1; i >= 0 && !begins; i--) {
    const line = lines[i]
    if (!line) continue
    if (line.column < column) break
    add(line)
    if (line.dash >= 0 && line.dash < column) break
  }
  for (let i = index + 1; i < lines.length; i++) {
    const line = lines[i]
    if (!line) continue
    if (line.column < column || (line.dash >= 0 && line.dash < column)) break
    add(line)
  }
  return found
}
