/** What may be inside each bundle, and how big it may grow. `npm run build` makes them. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

interface Wall {
  readonly file: string
  /** Inputs that must not be in it. */
  readonly never: RegExp
  /** Modules that it may ask of its host. */
  readonly host: RegExp
  readonly kilobytes: number
}

const nodeModules = /^(?:node:)?[a-z_/]+$/
const bundles: Readonly<Record<string, Wall>> = {
  cli: { file: 'dist/cli.cjs', never: /node_modules\/vscode|(?:^|\/)client\/src\//, host: nodeModules, kilobytes: 3000 },
  server: { file: 'dist/server.cjs', never: /(?:^|\/)client\/src\/|server\/src\/cli\//, host: nodeModules, kilobytes: 3000 },
  client: {
    file: 'dist/client.cjs',
    never: /server\/src\/core\/(?:analysis|catalog|model|rules|syntax|workspace)\//,
    host: nodeModules,
    kilobytes: 1000,
  },
  'web-server': { file: 'dist/web/server.js', never: /server\/src\/cli\/|disk-files|(?:^|\/)client\/src\//, host: /^$/, kilobytes: 3000 },
  'web-client': {
    file: 'dist/web/client.cjs',
    never: /server\/src\/core\/(?:analysis|catalog|model|rules|syntax|workspace)\//,
    host: /^vscode$/,
    kilobytes: 1000,
  },
}

interface Metafile {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly outputs: Readonly<Record<string, { readonly imports: readonly { readonly path: string; readonly external?: boolean }[] }>>
}

describe.each(Object.entries(bundles))('%s', (name, wall) => {
  const metaPath = join(root, `dist/meta/${name}.json`)
  const meta: Metafile = existsSync(metaPath) ? JSON.parse(readFileSync(metaPath, 'utf8')) : { inputs: {}, outputs: {} }

  test('is built: npm run build', () => {
    expect(existsSync(metaPath) && existsSync(join(root, wall.file))).toBe(true)
  })

  test('holds only what belongs there', () => {
    expect(Object.keys(meta.inputs).filter(input => wall.never.test(input))).toEqual([])
  })

  test('asks nothing of its host but what that has', () => {
    const asked = Object.values(meta.outputs).flatMap(output => output.imports.filter(({ external }) => external).map(({ path }) => path))
    expect(asked.filter(path => !wall.host.test(path))).toEqual([])
  })

  test(`stays under ${wall.kilobytes} kB`, () => {
    expect(statSync(join(root, wall.file)).size / 1024).toBeLessThan(wall.kilobytes)
  })
})
