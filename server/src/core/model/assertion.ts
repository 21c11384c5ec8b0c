/**
 * Promises of foretell.yaml as written:
 *   shop LOCAL_QUORUM from dc1 survives any 1 rack · shop survives datacenter dc2 · every keyspace survives any 1 node
 *   every datacenter reaches every other without any 1 gateway · node db1 reaches datacenter dc2
 * Keywords in any case, names as they are, in quotes where they hold blanks. Total: what cannot be read is told with the word that does not fit.
 */
import { type ConsistencyLevel, isConsistencyLevel } from '../analysis/consistency-level.ts'
import { type Located, located, type Span, spanOf } from '../text/span.ts'

export type AssertedUnit = 'node' | 'rack' | 'datacenter' | 'tunnel' | 'gateway'

/** Any so many of a kind, or the named ones. */
export type AssertedLoss =
  | { readonly kind: 'any'; readonly number: number; readonly unit: AssertedUnit }
  | { readonly kind: 'named'; readonly things: readonly { readonly unit: AssertedUnit; readonly name: Located<string> }[] }

/** A datacenter or a node; `every`: each of them. `unit` undefined: whichever has that name. */
export type AssertedEnd =
  | { readonly kind: 'every'; readonly unit: 'datacenter' | 'node' }
  | { readonly kind: 'one'; readonly unit: 'datacenter' | 'node' | undefined; readonly name: Located<string> }

export type Assertion =
  | {
      readonly kind: 'survives'
      /** Undefined: every keyspace. */
      readonly keyspace: Located<string> | undefined
      readonly operation: 'read' | 'write' | undefined
      readonly level: ConsistencyLevel | undefined
      /** Datacenters of the clients; none: as declared. */
      readonly from: readonly Located<string>[]
      readonly loss: AssertedLoss
    }
  | { readonly kind: 'reaches'; readonly from: AssertedEnd; readonly to: AssertedEnd; readonly loss: AssertedLoss | undefined }
  /** `expected`: what may stand at the place. */
  | { readonly kind: 'unreadable'; readonly expected: string; readonly at: Span }

interface Word {
  readonly text: string
  readonly lower: string
  readonly quoted: boolean
  readonly span: Span
}

const units: Readonly<Record<string, AssertedUnit>> = {
  node: 'node',
  nodes: 'node',
  rack: 'rack',
  racks: 'rack',
  datacenter: 'datacenter',
  datacenters: 'datacenter',
  dc: 'datacenter',
  dcs: 'datacenter',
  tunnel: 'tunnel',
  tunnels: 'tunnel',
  gateway: 'gateway',
  gateways: 'gateway',
}
const numbers: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, four: 4, five: 5, a: 1, single: 1 }
const fillers = new Set(['the', 'loss', 'of', 'losing'])
const unitList = 'node, rack, datacenter, tunnel or gateway'

export function parseAssertion(assertion: Located<string>): Assertion {
  const words = wordsOf(assertion)
  let at = 0
  const peek = (offset = 0): Word | undefined => words[at + offset]
  const is = (...options: readonly string[]): boolean => {
    const word = peek()
    return word !== undefined && !word.quoted && options.includes(word.lower)
  }
  const take = (...options: readonly string[]): boolean => {
    if (!is(...options)) return false
    at++
    return true
  }
  const stop = (expected: string): Assertion => ({ kind: 'unreadable', expected, at: peek()?.span ?? assertion.span })
  const unit = (): AssertedUnit | undefined => {
    const word = peek()
    const found = word && !word.quoted && Object.hasOwn(units, word.lower) ? units[word.lower] : undefined
    if (found) at++
    return found
  }
  const name = (): Located<string> | undefined => {
    const word = peek()
    if (!word) return undefined
    at++
    return located(word.text, word.span)
  }

  const loss = (): AssertedLoss | Assertion => {
    while (take(...fillers));
    const number = peek()
    if (is('any') || (number && !number.quoted && (/^\d{1,4}$/.test(number.text) || Object.hasOwn(numbers, number.lower)))) {
      take('any')
      const word = peek()
      const count =
        word && (/^\d{1,4}$/.test(word.text) ? Number(word.text) : Object.hasOwn(numbers, word.lower) ? numbers[word.lower]! : undefined)
      if (count !== undefined) at++
      const kind = unit()
      if (!kind || count === 0) return stop(`a number and ${unitList}, as in "any 1 rack"`)
      return { kind: 'any', number: count ?? 1, unit: kind }
    }
    const things: { unit: AssertedUnit; name: Located<string> }[] = []
    let kind: AssertedUnit | undefined
    do {
      while (take(...fillers));
      kind = unit() ?? kind
      const found = kind && name()
      if (!kind || !found) return stop(`"any 1" and ${unitList}, or one of them with its name`)
      things.push({ unit: kind, name: found })
    } while (take('and'))
    return { kind: 'named', things }
  }

  const end = (): AssertedEnd | undefined => {
    if (take('every', 'each', 'any')) {
      const other = take('other')
      const kind = unit()
      if (kind === undefined && other) return { kind: 'every', unit: 'datacenter' }
      return kind === 'datacenter' || kind === 'node' ? { kind: 'every', unit: kind } : undefined
    }
    const kind = unit()
    if (kind !== undefined && kind !== 'datacenter' && kind !== 'node') return undefined
    const found = name()
    return found && { kind: 'one', unit: kind, name: found }
  }

  const finish = (made: Assertion): Assertion => (peek() ? stop('nothing more') : made)
  const reaches = words.some(word => !word.quoted && (word.lower === 'reaches' || word.lower === 'reach'))
  if (reaches) {
    const from = end()
    if (!from) return stop('"every datacenter", "every node", or the name of one')
    if (!take('reaches', 'reach')) return stop('"reaches"')
    const every = is('every', 'each')
    const bare = every && peek(1)?.lower === 'other' && !Object.hasOwn(units, peek(2)?.lower ?? '')
    const to = end()
    if (!to) return stop('"every other", or the name of a datacenter or node')
    const target: AssertedEnd = bare ? { kind: 'every', unit: from.unit ?? 'datacenter' } : to
    if (!peek()) return { kind: 'reaches', from, to: target, loss: undefined }
    if (!take('without', 'despite', 'after')) return stop('"without" and what is lost')
    const lost = loss()
    return 'kind' in lost && (lost.kind === 'any' || lost.kind === 'named')
      ? finish({ kind: 'reaches', from, to: target, loss: lost })
      : (lost as Assertion)
  }

  let keyspace: Located<string> | undefined
  if (is('every', 'each') && peek(1)?.lower === 'keyspace') at += 2
  else {
    take('keyspace')
    keyspace = name()
    if (!keyspace) return stop('a keyspace and "survives", or "every datacenter reaches every other"')
  }
  let operation: 'read' | 'write' | undefined
  let level: ConsistencyLevel | undefined
  const from: Located<string>[] = []
  while (!is('survives', 'survive')) {
    const word = peek()
    if (!word) return stop('"survives" and what is lost')
    const upper = word.text.toUpperCase()
    if (take('at', 'with')) continue
    if (take('reads', 'read')) operation = 'read'
    else if (take('writes', 'write')) operation = 'write'
    else if (isConsistencyLevel(upper) && !level) {
      level = upper
      at++
    } else if (take('from')) {
      do {
        take('datacenter', 'dc')
        const found = is('survives', 'survive') ? undefined : name()
        if (!found) return stop('the name of a datacenter')
        from.push(found)
      } while (take('and', ','))
    } else return stop('a consistency level, "from" and a datacenter, or "survives"')
  }
  at++
  const lost = loss()
  return 'kind' in lost && (lost.kind === 'any' || lost.kind === 'named')
    ? finish({ kind: 'survives', keyspace, operation, level, from, loss: lost })
    : (lost as Assertion)
}

/** Words with their places; a comma is a word of its own. */
function wordsOf({ value, span }: Located<string>): readonly Word[] {
  const raw = span.file.text.slice(span.start, span.end)
  const offset = raw === value ? 0 : raw.slice(1, -1) === value ? 1 : undefined
  return [...value.matchAll(/"([^"]*)"|,|[^\s",]+/g)].map(match => ({
    text: match[1] ?? match[0],
    lower: match[0].toLowerCase(),
    quoted: match[1] !== undefined,
    span:
      offset === undefined
        ? span
        : spanOf(span.file, span.start + offset + match.index, span.start + offset + match.index + match[0].length),
  }))
}
