/** No private key, preshared key or password of the corpus in anything that any face says: messages, related places, fixes, hovers, lists, reports, the model. */
import { describe, expect, test } from 'vitest'
import { codeLensesOf } from '../../server/src/core/features/code-lens.ts'
import { completionsAt } from '../../server/src/core/features/completion.ts'
import { documentSymbolsOf } from '../../server/src/core/features/document-symbols.ts'
import { hoverAt } from '../../server/src/core/features/hover.ts'
import { inlayHintsOf } from '../../server/src/core/features/inlay-hints.ts'
import type { SourceFile } from '../../server/src/core/text/source-file.ts'
import type { Snapshot } from '../../server/src/core/workspace/snapshot.ts'
import { createWorkspace } from '../../server/src/core/workspace/workspace.ts'
import { runCommand } from '../cli/run-command.ts'
import { corpusFolders, readCorpus } from '../read-corpus.ts'

const secretLine = /\b(?:private_?key|pre_?shared_?key|\w*password)\s*[=:]\s*["']?([^\s"'#]{8,})/gi

/** Literals that somebody would not want to read elsewhere; placeholders are none. */
function secretsIn(files: readonly SourceFile[]): string[] {
  const found = files.flatMap(({ text }) => [...text.matchAll(secretLine)].map(match => match[1]!))
  return [...new Set(found)].filter(secret => /^[A-Za-z0-9+/]{43}=$/.test(secret) || /^(?=.*\d)[\w!@%^&*-]{8,}$/.test(secret))
}

function snapshotOfFiles(files: readonly SourceFile[]): Snapshot {
  const workspace = createWorkspace({ today: '2026-06-01' })
  workspace.apply({ set: files })
  return workspace.snapshot()
}

/** Everything that the features say about every place of every WireGuard file. */
function* sayings(snapshot: Snapshot): Generator<string> {
  for (const finding of snapshot.findings) {
    yield finding.message
    for (const { message } of finding.related) yield message
    yield finding.about.join()
    for (const { title, edits } of finding.fixes()) yield [title, ...edits.map(({ newText }) => newText)].join('\n')
  }
  const withoutPlaces = (key: string, value: unknown) => (/span|^at$|^file$|^replace$|^from$/i.test(key) ? undefined : value)
  for (const [path, parsed] of snapshot.parsed) {
    if (parsed.kind !== 'wireguard') continue
    const { text } = parsed.file
    yield JSON.stringify(documentSymbolsOf(snapshot, path), withoutPlaces)
    yield JSON.stringify(codeLensesOf(snapshot, path), withoutPlaces)
    yield JSON.stringify(inlayHintsOf(snapshot, path, { file: parsed.file, start: 0, end: text.length }), withoutPlaces)
    for (let offset = 0; offset <= text.length; offset += 5) {
      yield hoverAt(snapshot, path, offset)?.markdown ?? ''
      if (offset % 45 === 0) yield JSON.stringify(completionsAt(snapshot, path, offset), withoutPlaces)
    }
    yield modelText(parsed)
  }
  yield modelText(snapshot.meshes)
}

/** The model as it would be written down: files themselves are left out, bits and maps are spelled. */
function modelText(model: unknown): string {
  const seen = new Set<unknown>()
  return JSON.stringify(model, (key, value: unknown) => {
    if (key === 'file' || key === 'files') return undefined
    if (typeof value === 'bigint') return value.toString(16)
    if (value instanceof Map) return [...value]
    if (typeof value === 'object' && value !== null) {
      if (seen.has(value)) return undefined
      seen.add(value)
    }
    return value
  })
}

const trees: readonly (readonly [string, readonly SourceFile[]])[] = [
  ['wireguard', readCorpus('wireguard')],
  ...corpusFolders('multi-node').map(tree => [tree, readCorpus(`multi-node/${tree}`)] as const),
]

describe.each(trees.filter(([, files]) => secretsIn(files).length > 0))('%s', (_, files) => {
  const secrets = secretsIn(files)

  test('no feature says a secret', () => {
    const leaks: string[] = []
    for (const said of sayings(snapshotOfFiles(files)))
      for (const secret of secrets) if (said.includes(secret.slice(0, 16))) leaks.push(said.slice(0, 200))
    expect(leaks).toEqual([])
  })

  test.each(['pretty', 'json', 'sarif', 'github', 'markdown'])('check --format %s prints none', async format => {
    const { output, complaint } = await runCommand(
      ['check', '--format', format, '--fail-on', 'never', '.'],
      files.map(({ path, text }) => [path, text] as const),
    )
    const printed = `${output}${complaint}`
    expect(printed.length).toBeGreaterThan(20)
    expect(secrets.filter(secret => printed.includes(secret.slice(0, 16)))).toEqual([])
  })
})

test('there are secrets to look for', () => {
  expect(secretsIn(trees.flatMap(([, files]) => files)).length).toBeGreaterThan(25)
})
