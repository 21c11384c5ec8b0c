/** The editor's features in WireGuard files: hovers, blocks to complete, definitions, names, lenses; and no secret in any of them. */
import { describe, expect, test } from 'vitest'
import { codeLensesOf } from '../../server/src/core/features/code-lens.ts'
import { completionsAt } from '../../server/src/core/features/completion.ts'
import { definitionAt, referencesAt } from '../../server/src/core/features/definition.ts'
import { documentSymbolsOf } from '../../server/src/core/features/document-symbols.ts'
import { hoverAt } from '../../server/src/core/features/hover.ts'
import { inlayHintsOf } from '../../server/src/core/features/inlay-hints.ts'
import { semanticTokensOf } from '../../server/src/core/features/semantic-tokens.ts'
import { exampleKeys, exampleMesh } from '../../server/src/core/rules/example-mesh.ts'
import { positionAt } from '../../server/src/core/text/line-index.ts'
import { type Span, textAt } from '../../server/src/core/text/span.ts'
import { snapshotOf } from '../check.ts'
import { parseFixture } from '../fixture.ts'

const mesh = exampleMesh(
  3,
  { 1: { peers: { 3: undefined } }, 2: { interface: { MTU: '1380' }, peers: { 1: { PresharedKey: exampleKeys[3].private } } } },
  true,
)
const snapshot = snapshotOf(parseFixture(mesh))
const path = 'dc1/db1/wg0.conf'
const parsed = snapshot.parsed.get(path)!
const { text } = parsed.file
const at = (words: string) => text.indexOf(words) + 1
const place = (span: Span) => `${span.file.path}:${positionAt(span.file, span.start).line + 1} ${textAt(span)}`

describe('hover', () => {
  test('on a peer says which node it is, its MTU and what is wrong with the tunnel', () => {
    const markdown = hoverAt(snapshot, path, at('[Peer]'))!.markdown
    expect(markdown).toContain('**db2** · dc1/r2 · 10.20.1.12')
    expect(markdown).toContain('the preshared keys differ')
    expect(markdown).toContain('MTU 1420 here, 1380 there')
    expect(markdown).toContain('1500 less 60 leaves 1440')
  })
  test('on a key says what it is for', () => {
    expect(hoverAt(snapshot, path, at('ListenPort'))!.markdown).toContain('UDP port')
    expect(hoverAt(snapshot, path, at('PrivateKey'))!.markdown).toContain('aAie12XC…')
  })
  test('nowhere in any file shows a secret', () => {
    for (const [each, { file }] of snapshot.parsed)
      for (let offset = 0; offset <= file.text.length; offset += 3)
        expect(hoverAt(snapshot, each, offset)?.markdown ?? '').not.toMatch(/foretellExampleKey/)
  })
})

describe('completion', () => {
  test('offers the block of a host that is not listed', () => {
    const items = completionsAt(snapshot, path, text.length)
    const block = items.find(({ label }) => label === '[Peer] db3')!
    expect(block.insertText).toBe(
      `# db3\n[Peer]\nPublicKey = ${exampleKeys[2].public}\nAllowedIPs = 10.20.1.13/32\nEndpoint = 192.0.2.3:51820\nPersistentKeepalive = 25\n`,
    )
    expect(items.map(({ label }) => label)).not.toContain('[Peer] db2')
    expect(items.map(({ label }) => label)).toContain('PresharedKey')
    expect(items.map(({ label }) => label)).not.toContain('ListenPort')
    expect(JSON.stringify(items, (key, value: unknown) => (key === 'replace' ? undefined : value))).not.toContain('foretellExampleKey')
  })
  test('knows values', () => {
    const items = completionsAt(snapshot, path, text.indexOf('25', text.indexOf('PersistentKeepalive')))
    expect(items.map(({ label }) => label)).toEqual(['25', 'off'])
  })
})

describe('definition and references', () => {
  test('of a public key are the other file and every block for it', () => {
    expect(definitionAt(snapshot, path, at(exampleKeys[1].public))!.targets.map(place)).toEqual(['dc1/db2/wg0.conf:1 [Interface]'])
    expect(referencesAt(snapshot, path, at(exampleKeys[1].public)).map(span => span.file.path)).toEqual([
      'dc1/db2/wg0.conf',
      'dc1/db1/wg0.conf',
      'dc1/db3/wg0.conf',
    ])
  })
  test('of an address are the interface and the prefixes that carry it', () => {
    expect(definitionAt(snapshot, path, at('10.20.1.12/32'))!.targets.map(place)).toEqual(['dc1/db2/wg0.conf:3 10.20.1.12/24'])
    expect(referencesAt(snapshot, path, at('10.20.1.11/24')).map(place)).toEqual([
      'dc1/db1/wg0.conf:3 10.20.1.11/24',
      'dc1/db2/wg0.conf:9 10.20.1.11/32',
      'dc1/db3/wg0.conf:9 10.20.1.11/32',
    ])
  })
})

describe('in the text', () => {
  test('a name stands behind each block', () => {
    expect(
      inlayHintsOf(snapshot, path, { file: parsed.file, start: 0, end: text.length }).map(
        ({ text: words, at: span }) => `${positionAt(span.file, span.start).line + 1} ${words}`,
      ),
    ).toEqual(['7 db2'])
  })
  test('lenses lose the tunnel', () => {
    expect(codeLensesOf(snapshot, path).map(({ title, command }) => `${title} ${JSON.stringify(command?.arguments[0])}`)).toEqual([
      'Simulate losing db1… {"lose":["node:db1"],"cluster":"prod"}',
      'Simulate losing this tunnel… {"lose":["tunnel:db1/db2"],"cluster":"prod"}',
    ])
  })
  test('the outline names hosts, and no secret', () => {
    const symbols = documentSymbolsOf(snapshot, 'dc1/db2/wg0.conf')
    expect(symbols.map(({ name, detail }) => `${name} ${detail ?? ''}`.trim())).toEqual([
      'Interface of db2',
      'db1 10.20.1.11/32',
      'db3 10.20.1.13/32',
    ])
    expect(JSON.stringify(symbols, (key, value: unknown) => (/span/i.test(key) ? undefined : value))).not.toContain('foretellExampleKey')
  })
  test('semantic tokens are in order and do not overlap', () => {
    const tokens = semanticTokensOf(snapshot, path)
    expect(tokens.length).toBeGreaterThan(10)
    expect(tokens.every(({ span }, i) => i === 0 || tokens[i - 1]!.span.end <= span.start)).toBe(true)
  })
})
