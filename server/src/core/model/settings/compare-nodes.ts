/** Which settings differ between nodes that should agree: effective values, those that no file writes included. */
import { findProperty, nameInLine, newestName, topClass } from '../../catalog/settings-catalogue.ts'
import { type Fact, known, unknown } from '../../text/fact.ts'
import { memo } from '../../text/memo.ts'
import { type Span, textAt } from '../../text/span.ts'
import { type Opinion, opinions } from '../agreement.ts'
import { classSetting } from '../identity-settings.ts'
import type { Node } from '../node.ts'
import { settingInEachRelease } from './in-each-release.ts'
import { loadSettings } from './load-settings.ts'

/** Classes that stand in when nothing is written; the release fills them in at the start. */
const classDefaults: Readonly<Record<string, string>> = {
  authenticator: 'AllowAllAuthenticator',
  authorizer: 'AllowAllAuthorizer',
  role_manager: 'CassandraRoleManager',
  network_authorizer: 'AllowAllNetworkAuthorizer',
}

/** Settings that the node's file writes, by newest name, each with its lines as written. */
const writtenSettings: (node: Node) => ReadonlyMap<string, string> = memo(node => {
  const written = new Map<string, string>()
  for (const { key, value } of node.yaml?.root?.entries ?? []) {
    if (key.placeholder) continue
    const name = newestName(key.text.split('.')[0]!)
    written.set(name, `${written.get(name) ?? ''}${key.text}: ${value ? textAt(value.span) : ''}\n`)
  }
  return written
})

const comparable: (node: Node) => Map<string, Fact<string>> = memo(() => new Map())

/** A value as text that is equal for equal values: `10s` and `10000ms` are. */
function comparedValue(node: Node, name: string): Fact<string> {
  const known = comparable(node)
  let fact = known.get(name)
  if (!fact) {
    fact = compute(node, name)
    known.set(name, fact)
  }
  return fact
}

function compute(node: Node, name: string): Fact<string> {
  const usual = classDefaults[name]
  if (usual !== undefined) {
    const written = classSetting(node.yaml, name)
    return written.kind === 'absent' ? known(usual) : written
  }
  const fact = settingInEachRelease(node, name)
  // A file with a line that Cassandra refuses does not mean its defaults: it may be the line of this very setting, misspelt.
  if (fact.kind === 'known' && !fact.span && hasRefusedLines(node)) return unknown(`a line of ${node.name} is refused`)
  if (fact.kind === 'known') return known(JSON.stringify(fact.value), fact.span)
  // Worked out from the machine at the start, which no file tells.
  return fact.kind === 'absent' ? unknown(`${name} is not set`) : fact
}

const hasRefusedLines: (node: Node) => boolean = memo(node => {
  const { yaml } = node
  return yaml !== undefined && node.release.candidates.some(line => loadSettings(yaml, line).refusals.length > 0)
})

export interface Disagreement {
  readonly name: string
  /** The most frequent first. */
  readonly opinions: readonly Opinion<string>[]
}

/** Which settings are compared. One constant object for each question: what a node writes of them is remembered with it. */
export interface ComparedSettings {
  readonly concerns: (name: string) => boolean
  /** Dotted names of single nested settings. */
  readonly nested: readonly string[]
}

/** The lines of a node's file that write compared settings. Nodes with the same lines agree on all of them. */
const linesOf = memo((compared: ComparedSettings) => {
  const tops = new Set(compared.nested.map(topOf))
  return memo((node: Node) =>
    [...writtenSettings(node)]
      .filter(([name]) => tops.has(name) || compared.concerns(name))
      .map(([, lines]) => lines)
      .sort()
      .join(''),
  )
})

function topOf(name: string): string {
  return name.split('.')[0]!
}

/** Compared settings that some file writes and whose values are not the same on all nodes; by name. */
export function disagreements(nodes: readonly Node[], compared: ComparedSettings): readonly Disagreement[] {
  const lines = linesOf(compared)
  const speakers = [...new Map(nodes.map(node => [lines(node), node])).values()]
  if (speakers.length < 2) return []
  const written = new Set(speakers.flatMap(node => [...writtenSettings(node).keys()]))
  const names = [...[...written].filter(compared.concerns), ...compared.nested.filter(name => written.has(topOf(name)))]
  const differing = names.filter(name => new Set(speakers.map(node => writtenSettings(node).get(topOf(name)))).size > 1)
  return differing.sort().flatMap(name => {
    const found = opinions(nodes, node => comparedValue(node, name))
    return found.length > 1 ? [{ name, opinions: found }] : []
  })
}

/** A holder's value in the file's own words, or the default's. */
export function sayValue({ node, span }: Opinion<string>['holders'][number], name: string): string {
  const text = span && textAt(span).trim()
  if (text !== undefined && text !== '' && text.length <= 60 && !text.includes('\n')) return text
  if (span) return 'another value'
  const usual = classDefaults[name] ?? defaultText(node, name)
  return usual === undefined ? 'not set' : `${usual} (the default)`
}

function defaultText(node: Node, name: string): string | undefined {
  const { line } = node.release
  const own = nameInLine(line, name)
  const value = own === undefined ? undefined : findProperty(line, topClass, own)?.property.default
  if (value === undefined || value === null) return undefined
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length <= 60 ? text : undefined
}

/** What to write so that the odd one has the value of the most frequent opinion; undefined where one of the two is no plain text under one key. */
export function majorityEdit(
  odd: { readonly node: Node; readonly span: Span | undefined },
  most: Opinion<string>,
): { readonly at: Span; readonly newText: string } | undefined {
  const pattern = most.holders.find(({ span }) => span)
  const keyOf = (span: Span, node: Node) =>
    node.yaml?.root?.entries.find(({ value }) => value?.kind === 'scalar' && value.span.start === span.start && value.span.end === span.end)
      ?.key.text
  if (!odd.span || !pattern?.span) return undefined
  const key = keyOf(odd.span, odd.node)
  if (key === undefined || key !== keyOf(pattern.span, pattern.node)) return undefined
  return { at: odd.span, newText: textAt(pattern.span) }
}
