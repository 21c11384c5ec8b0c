/** A node's tokens: of the token file that foretell.yaml names, else of initial_token. What a ring says stands over what a node was to begin with. */
import { normaliseAddress } from '../analysis/ip-network.ts'
import { readTokenFile } from '../syntax/token-file.ts'
import { type Fact, known, unknown } from '../text/fact.ts'
import { folderOf, joinPath, type SourceFile } from '../text/source-file.ts'
import { type Located, spanOf } from '../text/span.ts'
import type { Declared } from './declared.ts'
import { textSetting } from './identity-settings.ts'
import type { NodeDraft } from './node-draft.ts'

/** Path in the workspace of a token file that foretell.yaml names. */
export function tokenFilePath(declared: Declared, name: string): string {
  return joinPath(declared.file ? folderOf(declared.file.path) : '', name)
}

/** Paths of all token files that are named. */
export function tokenFilePaths(declared: Declared): readonly string[] {
  const names = [...declared.nodes.values()].flatMap(({ tokens }) => (tokens === undefined ? [] : [tokens]))
  return [...new Set(names)].map(name => tokenFilePath(declared, name))
}

/** `names`: addresses and names that rows of a ring may call this node by. */
export function tokensOf(draft: NodeDraft, names: ReadonlySet<string>): Fact<readonly bigint[]> {
  const declared = draft.declared.tokens
  if (declared === undefined) return initialTokens(draft)
  return draft.tokenFile ? tokensInFile(draft.tokenFile, names) : unknown(`the token file ${declared} cannot be read`)
}

function tokensInFile(file: SourceFile, names: ReadonlySet<string>): Fact<readonly bigint[]> {
  const read = readTokenFile(file)
  switch (read.kind) {
    case 'unreadable':
      return unknown(`${file.path} ${read.why}`, read.at?.span)
    case 'tokens':
      return knownTokens(read.tokens)
    case 'ring': {
      const mine = read.rows.filter(({ address }) => namesOfRow(address).some(name => names.has(name)))
      return mine.length > 0 ? knownTokens(mine.map(row => row.token)) : unknown(`${file.path} has no row of this node's address`)
    }
  }
}

/** The place is that of all of them where nothing else stands between, else that of the first. */
function knownTokens(tokens: readonly Located<bigint>[]): Fact<readonly bigint[]> {
  const { file, start, end } = tokens[0]!.span
  const last = tokens.at(-1)!.span.end
  const between = file.text.slice(start, last)
  return known(
    tokens.map(({ value }) => value),
    spanOf(file, start, /^[-+\d\s,]*$/.test(between) ? last : end),
  )
}

/** With `-pp` a port stands behind the address. */
function namesOfRow(address: string): readonly string[] {
  const withoutPort = /^\[?([^\]]*?)\]?:\d{1,5}$/.exec(address)?.[1]
  return [address, ...(withoutPort === undefined ? [] : [withoutPort])].map(name => normaliseAddress(name) ?? name)
}

function initialTokens(draft: NodeDraft): Fact<readonly bigint[]> {
  const written = textSetting(draft.yaml, 'initial_token')
  if (written.kind !== 'known') return written.kind === 'absent' ? unknown('tokens are allocated when the node joins') : written
  const parts = written.value.split(',').map(part => part.trim())
  if (parts.length === 1 && parts[0] === '') return unknown('tokens are allocated when the node joins')
  if (!parts.every(part => /^[+-]?\d{1,40}$/.test(part))) return unknown('initial_token cannot be read', written.span)
  return known(
    parts.map(part => BigInt(part.replace(/^\+/, ''))),
    written.span,
  )
}
