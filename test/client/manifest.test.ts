/** The extension's manifest and what stands behind it: files exist, commands are registered, and the package holds what the manifest names. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const { contributes } = manifest
const clientSource = readdirSync(join(root, 'client/src'))
  .map(name => readFileSync(join(root, 'client/src', name), 'utf8'))
  .join('\n')

describe('the manifest', () => {
  test('names files that are there', () => {
    const files = [
      manifest.icon,
      ...contributes.walkthroughs.flatMap((walkthrough: { steps: { media: { image?: string; markdown?: string } }[] }) =>
        walkthrough.steps.map(({ media }) => media.image ?? media.markdown),
      ),
      ...contributes.grammars.map((grammar: { path: string }) => grammar.path),
      ...contributes.languages.flatMap((language: { configuration?: string }) => language.configuration ?? []),
    ]
    expect(files.filter(file => !existsSync(join(root, file)))).toEqual([])
  })

  test('has every command that the client registers, and the client every command that it has', () => {
    const registered = [...clientSource.matchAll(/command\('(foretell\.\w+)'/g)].map(match => match[1]).sort()
    expect(contributes.commands.map(({ command }: { command: string }) => command).sort()).toEqual(registered)
  })

  test('speaks of commands in menus only that exist', () => {
    const commands = new Set(contributes.commands.map(({ command }: { command: string }) => command))
    const used = Object.values<{ command: string }[]>(contributes.menus).flat()
    expect(used.filter(({ command }) => !commands.has(command))).toEqual([])
  })

  test('describes every setting', () => {
    for (const [name, setting] of Object.entries<{ description?: string; markdownDescription?: string }>(
      contributes.configuration.properties,
    )) {
      expect(name).toMatch(/^foretell\.[a-z][A-Za-z.]+$/)
      expect((setting.description ?? setting.markdownDescription ?? '').length, name).toBeGreaterThan(30)
    }
  })

  test('works without trust and without a disk', () => {
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe(true)
    expect(manifest.capabilities.virtualWorkspaces).toBe(true)
  })

  test('the package holds what it runs with, and nothing else', () => {
    const kept = readFileSync(join(root, '.vscodeignore'), 'utf8')
      .split('\n')
      .filter(line => line.startsWith('!'))
      .map(line => line.slice(1))
    for (const file of [
      manifest.main,
      manifest.browser,
      './dist/server.cjs',
      './dist/web/server.js',
      './dist/panel/what-if.js',
      manifest.icon,
    ])
      expect(kept).toContain(file.replace(/^\.\//, ''))
    expect(kept.filter(file => /node_modules|\.ts$|server\/|client\/|test\//.test(file))).toEqual([])
  })
})
