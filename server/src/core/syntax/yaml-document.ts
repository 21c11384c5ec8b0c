/**
 * YAML text to a tree with places: aliases resolved, merge keys merged, the last document left out. Reads what SnakeYAML reads and says
 * where it would refuse; after a refusal the rest of the file keeps its meaning. What a plain scalar means is not decided here.
 */
import type { SourceFile } from '../text/source-file.ts'
import { type Span, spanOf } from '../text/span.ts'
import type { SyntaxProblem } from './syntax-problem.ts'
import { findControlCharacter } from './yaml-characters.ts'
import { scanYaml, type YamlToken, type YamlTokenKind } from './yaml-scan.ts'
import { fitsCollection, knownTag } from './yaml-tags.ts'
import type { YamlEntry, YamlMapping, YamlNode, YamlScalar, YamlSequence } from './yaml-tree.ts'

export interface YamlDocument {
  /** Missing when the document is empty. */
  readonly root: YamlNode | undefined
  readonly problems: readonly SyntaxProblem[]
}

export interface YamlDocumentOptions {
  /** The text to read in the file's stead, of the same length: placeholders masked. */
  readonly text?: string
  /** Whether something unknown lies in these offsets: scalars there are placeholders. */
  readonly holdsPlaceholder?: (start: number, end: number) => boolean
}

/** Aliases of lists and mappings beyond this are refused (SnakeYAML's own limit). */
const mostAliases = 50
const deepest = 100

class Unexpected extends Error {
  readonly token: YamlToken
  readonly index: number
  constructor(detail: string, token: YamlToken, index: number) {
    super(detail)
    this.token = token
    this.index = index
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** The tree of a file's first document, and what SnakeYAML would refuse. Never throws; linear in the text's length. */
export function parseYamlDocument(file: SourceFile, options: YamlDocumentOptions = {}): YamlDocument {
  const text = options.text ?? file.text
  const problems: SyntaxProblem[] = []
  const addProblem = (kind: string, detail: string, start: number, end: number): void => {
    problems.push({ kind, detail, span: spanOf(file, Math.min(start, text.length), Math.min(Math.max(start, end), text.length)) })
  }
  const bad = findControlCharacter(text)
  if (bad) addProblem('control-character', bad.detail, bad.start, bad.end)
  const scanned = scanYaml(text)
  for (const one of scanned.problems) addProblem(one.kind, one.detail, one.start, one.end)
  const { tokens } = scanned
  const last = tokens[tokens.length - 1]!
  let next = 0
  let depth = 0
  let aliases = 0
  let rootColumn = -1
  const anchors = new Map<string, YamlNode | undefined>()
  const unfinished = new Set<YamlNode>()
  const handles = new Set(['!', '!!'])

  const peek = (): YamlToken => tokens[next] ?? last
  const take = (): YamlToken => tokens[next++] ?? last
  const is = (...kinds: YamlTokenKind[]): boolean => kinds.includes(peek().kind)
  const span = (start: number, end: number): Span => spanOf(file, start, Math.max(start, end))
  const endBefore = (): number => tokens[Math.max(0, next - 1)]!.end
  const fail = (detail: string): never => {
    throw new Unexpected(detail, peek(), next)
  }

  const scalarOf = (token: YamlToken, tag: string | undefined): YamlScalar => {
    const holds = options.holdsPlaceholder?.(token.start, token.end) ?? false
    const node: Mutable<YamlScalar> = {
      kind: 'scalar',
      text: holds ? file.text.slice(token.start, token.end) : token.text,
      style: tag === '!' ? 'plain' : token.style,
      placeholder: holds,
      span: span(token.start, token.end),
    }
    if (tag !== undefined && tag !== '!') node.tag = tag
    return node
  }

  const node = (block: boolean, indentless: boolean): YamlNode | undefined => {
    if (++depth > deepest) {
      depth = 0
      fail('blocks nested too deeply')
    }
    const result = nodeAtDepth(block, indentless)
    depth--
    return result
  }
  const nodeAtDepth = (block: boolean, indentless: boolean): YamlNode | undefined => {
    if (is('alias')) return aliased(take())
    let anchor: string | undefined
    let tag: string | undefined
    const start = peek().start
    while ((anchor === undefined && is('anchor')) || (tag === undefined && is('tag'))) {
      const token = take()
      if (token.kind === 'anchor') anchor = token.text
      else {
        tag = token.text
        const handle = /^(!\w+!)/.exec(tag)?.[1]
        if (handle !== undefined && !handles.has(handle))
          addProblem('yaml', 'a tag whose handle is not defined; quote a value that begins with `!`', token.start, token.end)
        else if (!knownTag.test(tag))
          addProblem('unknown-tag', 'a tag that Cassandra does not know; quote a value that begins with `!`', token.start, token.end)
      }
    }
    const isTagged = anchor !== undefined || tag !== undefined
    if (
      tag !== undefined &&
      !is('scalar') &&
      is('-', '[', '{', 'block-sequence', 'block-mapping') &&
      !fitsCollection(tag, is('{', 'block-mapping'))
    )
      addProblem('unknown-tag', 'a tag before a list or a block', start, peek().start)
    const remember = <T extends YamlNode>(made: T): T => {
      if (anchor !== undefined) anchors.set(anchor, made)
      return made
    }
    if (indentless && is('-')) return sequence(remember, true)
    switch (peek().kind) {
      case 'scalar':
        return remember(scalarOf(take(), tag))
      case '[':
        return flowSequence(remember)
      case '{':
        return flowMapping(remember)
      case 'block-sequence':
        if (block) {
          take()
          return sequence(remember, false)
        }
        break
      case 'block-mapping':
        if (block) return mapping(remember)
        break
    }
    if (!isTagged) return fail('something else where a value should be')
    const empty: Mutable<YamlScalar> = { kind: 'scalar', text: '', style: 'plain', placeholder: false, span: span(start, endBefore()) }
    if (tag !== undefined && tag !== '!') empty.tag = tag
    return remember(empty)
  }

  const aliased = (token: YamlToken): YamlNode | undefined => {
    if (!anchors.has(token.text)) {
      addProblem('undefined-alias', 'nothing is named what follows the `*`; quote a value that begins with `*`', token.start, token.end)
      return undefined
    }
    const target = anchors.get(token.text)
    if (target && target.kind !== 'scalar' && ++aliases === mostAliases + 1)
      addProblem('yaml', `more than ${mostAliases} aliases of lists and blocks`, token.start, token.end)
    if (aliases > mostAliases) return undefined
    if (target && unfinished.has(target)) {
      addProblem('recursive-alias', 'an alias inside of what it names', token.start, token.end)
      return undefined
    }
    return target
  }

  const sequence = (remember: <T extends YamlNode>(made: T) => T, indentless: boolean): YamlSequence => {
    const start = peek().start
    const items: (YamlNode | undefined)[] = []
    const made: Mutable<YamlSequence> = remember({ kind: 'sequence', items, flow: false, span: span(start, start) })
    unfinished.add(made)
    while (is('-')) {
      take()
      const empty = indentless ? is('-', 'key', ':', 'block-end') : is('-', 'block-end')
      items.push(empty ? undefined : node(true, false))
    }
    made.span = span(start, endBefore())
    if (!indentless) {
      if (!is('block-end')) fail('something that is no list entry inside a list; check the indentation')
      take()
    }
    unfinished.delete(made)
    return made
  }

  const entryFrom = (key: YamlNode | undefined, keyStart: number, value: YamlNode | undefined, end: number): YamlEntry | undefined => {
    if (key && key.kind !== 'scalar') {
      addProblem('key-not-scalar', 'a key that is a list or a block', key.span.start, key.span.end)
      return undefined
    }
    const scalar: YamlScalar = key ?? { kind: 'scalar', text: '', style: 'plain', placeholder: false, span: span(keyStart, keyStart) }
    return { key: scalar, value, span: span(scalar.span.start, Math.max(end, scalar.span.end)) }
  }
  const blockEntry = (): YamlEntry | undefined => {
    const keyToken = take()
    const key = is('key', ':', 'block-end') ? undefined : node(true, true)
    let value: YamlNode | undefined
    let end = endBefore()
    if (is(':')) {
      end = take().end
      if (is('key', ':', 'block-end')) value = generatedAfter(end)
      else value = node(true, true)
      if (value) end = Math.max(end, endBefore())
    }
    return entryFrom(key, keyToken.start, value, end)
  }
  /** Something unknown in place of a value that a template generates on lines of its own. */
  const generatedAfter = (from: number): YamlScalar | undefined => {
    const to = peek().start
    if (text === file.text || text.slice(from, to) === file.text.slice(from, to)) return undefined
    return { kind: 'scalar', text: '', style: 'plain', placeholder: true, span: span(from, from) }
  }

  const mapping = (remember: <T extends YamlNode>(made: T) => T): YamlMapping => {
    take()
    const isRoot = rootColumn < 0
    const start = peek().start
    if (isRoot) rootColumn = peek().column
    const entries: YamlEntry[] = []
    const made: Mutable<YamlMapping> = remember({ kind: 'mapping', entries, flow: false, span: span(start, start) })
    unfinished.add(made)
    for (;;) {
      if (!isRoot) {
        if (!is('key', ':')) break
        const entry = is(':') ? keylessEntry() : blockEntry()
        if (entry) entries.push(entry)
        continue
      }
      if (is('block-end', 'stream-end', 'document-start', 'document-end')) break
      const first = peek()
      const firstIndex = next
      try {
        if (is('gap')) {
          take()
          continue
        }
        if (!is('key', ':')) fail('something that is no key; check the indentation')
        const entry = is(':') ? keylessEntry() : blockEntry()
        if (entry) entries.push(entry)
      } catch (error) {
        if (!(error instanceof Unexpected)) throw error
        depth = 1
        const key = tokens[firstIndex + 1]
        if (first.kind === 'key' && key?.kind === 'scalar') {
          const unreadable: YamlScalar = { kind: 'scalar', text: '', style: 'plain', placeholder: true, span: span(key.end, key.end) }
          entries.push({ key: scalarOf(key, undefined), value: unreadable, span: span(key.start, key.end) })
        }
        goOn(error)
      }
    }
    made.span = span(start, Math.max(start, entries.at(-1)?.span.end ?? endBefore()))
    if (!isRoot) {
      if (!is('block-end')) fail('something that is no key inside a block; check the indentation')
      take()
    } else if (is('block-end')) take()
    unfinished.delete(made)
    merge(made)
    return made
  }
  /** A colon without a key. */
  const keylessEntry = (): YamlEntry | undefined => {
    const colon = take()
    const value = is('key', ':', 'block-end') ? undefined : node(true, true)
    return entryFrom(undefined, colon.start, value, Math.max(colon.end, endBefore()))
  }
  /** Skips to the next key at the root. The scanner has already said what is wrong where it left a gap. */
  const goOn = (error: Unexpected): void => {
    next = Math.max(next, error.index)
    let level = 0
    while (!is('stream-end')) {
      const token = peek()
      if (token.kind === 'gap') return
      if (token !== error.token && token.kind === 'key' && token.column === rootColumn && level <= 0) break
      if (token.kind === 'block-mapping' || token.kind === 'block-sequence') level++
      if (token.kind === 'block-end') level--
      take()
    }
    if (problems.length === 0 || error.token.kind !== 'stream-end')
      addProblem('yaml', error.message, error.token.start, Math.max(error.token.end, error.token.start + 1))
  }

  const flowSequence = (remember: <T extends YamlNode>(made: T) => T): YamlSequence => {
    const start = take().start
    const items: (YamlNode | undefined)[] = []
    const made: Mutable<YamlSequence> = remember({ kind: 'sequence', items, flow: true, span: span(start, start) })
    unfinished.add(made)
    let first = true
    while (!is(']')) {
      if (!first) {
        if (!is(',')) fail('a list in brackets without its comma or its `]`')
        take()
      }
      first = false
      if (is(']')) break
      if (!is('key')) items.push(node(false, false))
      else {
        const at = peek().start
        const entry = flowEntry(']')
        items.push({ kind: 'mapping', entries: entry ? [entry] : [], flow: true, span: span(at, endBefore()) })
      }
    }
    take()
    unfinished.delete(made)
    made.span = span(start, endBefore())
    return made
  }
  const flowEntry = (close: ']' | '}'): YamlEntry | undefined => {
    const keyToken = take()
    const key = is(':', ',', close) ? undefined : node(false, false)
    let value: YamlNode | undefined
    let end = endBefore()
    if (is(':')) {
      end = take().end
      if (!is(',', close)) value = node(false, false)
      if (value) end = endBefore()
    }
    return entryFrom(key, keyToken.start, value, end)
  }
  const flowMapping = (remember: <T extends YamlNode>(made: T) => T): YamlMapping => {
    const start = take().start
    const entries: YamlEntry[] = []
    const made: Mutable<YamlMapping> = remember({ kind: 'mapping', entries, flow: true, span: span(start, start) })
    unfinished.add(made)
    let first = true
    while (!is('}')) {
      if (!first) {
        if (!is(',')) fail('a block in braces without its comma or its `}`')
        take()
      }
      first = false
      if (is('}')) break
      const entry = is('key') ? flowEntry('}') : entryFrom(node(false, false), peek().start, undefined, endBefore())
      if (entry) entries.push(entry)
    }
    take()
    unfinished.delete(made)
    made.span = span(start, endBefore())
    merge(made)
    return made
  }

  /** `<<: *name` and `<<: [*a, *b]`: the mapping's own keys stand over merged ones, an earlier merged one over a later. */
  const merge = (made: Mutable<YamlMapping>): void => {
    const isMerge = (entry: YamlEntry): boolean => entry.key.text === '<<' && entry.key.style === 'plain'
    if (!made.entries.some(isMerge)) return
    const own = made.entries.filter(entry => !isMerge(entry))
    const merged: YamlEntry[] = []
    const names = new Set(own.map(entry => entry.key.text))
    for (const entry of made.entries.filter(isMerge)) {
      const sources = entry.value?.kind === 'sequence' ? entry.value.items : [entry.value]
      for (const source of sources) {
        if (source?.kind !== 'mapping') {
          addProblem('yaml', '`<<` takes the keys of another block, and this is none', entry.span.start, entry.span.end)
          continue
        }
        for (const one of source.entries) {
          if (names.has(one.key.text)) continue
          names.add(one.key.text)
          merged.push(one)
        }
      }
    }
    made.entries = [...merged, ...own]
  }

  const document = (): YamlNode | undefined => {
    let root: YamlNode | undefined
    try {
      while (is('directive')) {
        const handle = /^%TAG +(!\w*!?)/.exec(take().text)?.[1]
        if (handle !== undefined) handles.add(handle)
      }
      if (is('document-start')) take()
      if (is('gap')) take()
      if (!is('stream-end', 'document-start', 'document-end')) root = node(true, false)
      while (is('document-end', 'gap')) take()
      if (is('document-start', 'directive')) addProblem('several-documents', 'a second document', peek().start, peek().end)
      else if (!is('stream-end')) {
        const token = peek()
        addProblem(
          'yaml',
          'something after the end of the document; check the indentation',
          token.start,
          Math.max(token.end, token.start + 1),
        )
      }
    } catch (error) {
      if (!(error instanceof Unexpected)) throw error
      if (problems.length === 0) addProblem('yaml', error.message, error.token.start, Math.max(error.token.end, error.token.start + 1))
    }
    return root
  }
  const root = document()
  return { root, problems }
}
