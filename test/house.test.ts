/** The walls of the house: who imports whom, no clock and no chance in the core, every file says why it exists, no file grows too big. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Every source file, by its path from the root. */
function sources(folder: string, pattern: RegExp): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && pattern.test(entry.name))
    .map(entry => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter(path => !/(^|\/)node_modules\//.test(path))
    .sort()
}

interface Room {
  readonly may: readonly string[]
  /** Also these, as types only. */
  readonly types?: readonly string[]
  /** Also these files of other rooms. */
  readonly files?: RegExp
  readonly packages?: readonly string[]
}

const core = ['text', 'analysis', 'catalog', 'syntax', 'model', 'rules', 'workspace', 'features']

/** ARCHITECTURE.md shows this table; a room may always import itself. */
const rooms: Readonly<Record<string, Room>> = {
  text: { may: [] },
  analysis: { may: [] },
  catalog: { may: [], packages: ['zod/mini'] },
  syntax: { may: ['text', 'catalog'], packages: ['yaml', '@noble/curves'] },
  model: { may: ['text', 'analysis', 'catalog', 'syntax'], packages: ['zod/mini'] },
  // Of syntax the types, and the questions that are asked of what is parsed already; no parser.
  rules: {
    may: ['text', 'analysis', 'catalog', 'model'],
    types: ['syntax'],
    files: /\/syntax\/(?:yaml-tree|properties|cql-grammar|cql-consistency|snake-yaml)\.ts$/,
  },
  workspace: { may: ['text', 'catalog', 'syntax', 'model', 'rules'], packages: ['zod/mini'] },
  features: { may: core.filter(room => room !== 'features'), packages: ['zod/mini'] },
  lsp: {
    may: ['features', 'workspace', 'text', 'catalog'],
    types: core,
    packages: ['vscode-languageserver', 'vscode-languageserver-textdocument', 'zod/mini'],
  },
  cli: { may: ['features', 'workspace', 'text', 'catalog'], types: core, packages: ['node:'] },
  mcp: { may: ['features', 'workspace', 'text', 'catalog'], types: core, packages: ['node:', '@modelcontextprotocol/sdk'] },
  entry: { may: ['lsp', 'cli', 'mcp', 'text', 'syntax', 'model', 'features'], types: core, packages: ['node:', 'vscode-languageserver'] },
  client: { may: [], types: [...core, 'lsp'], packages: ['vscode', 'vscode-languageclient', 'node:'] },
}

/** Pure tables, which may be long. */
const dataFiles = /\/catalog\/(?:.*\/)?(?:releases|prose|data|tables)\/|-(?:table|data|prose)\.ts$|\.data\.ts$/

const roomOf = (path: string) =>
  /^server\/src\/core\/([^/]+)\//.exec(path)?.[1] ?? /^server\/src\/([^/]+)\//.exec(path)?.[1] ?? path.split('/')[0]!

interface Import {
  readonly from: string
  readonly typeOnly: boolean
}

function importsOf(text: string): Import[] {
  const found: Import[] = []
  for (const match of text.matchAll(/^\s*(?:import|export)\s+(type\s+)?([^'"`;]*?)\s*from\s*['"]([^'"]+)['"]/gm)) {
    const names = /^\{([^}]*)\}$/.exec(match[2]!.trim())?.[1]
    const everyNameIsType = names?.split(',').every(name => name.trim() === '' || name.trim().startsWith('type '))
    found.push({ from: match[3]!, typeOnly: match[1] !== undefined || everyNameIsType === true })
  }
  for (const match of text.matchAll(/\bimport\s*\(\s*['"]([^'"]+)['"]\s*\)|^\s*import\s*['"]([^'"]+)['"]/gm))
    found.push({ from: (match[1] ?? match[2])!, typeOnly: false })
  return found
}

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const product = [...sources('server/src', /\.ts$/), ...sources('client', /\.(?:ts|tsx)$/)].filter(path => !path.endsWith('.d.ts'))

function crossings(path: string): string[] {
  const room = roomOf(path)
  const wall = rooms[room]
  if (!wall) return [`${path}: the room ${room} is in no table`]
  const wrong: string[] = []
  for (const { from, typeOnly } of importsOf(read(path))) {
    if (from.startsWith('.')) {
      const target = join(dirname(path), from).replaceAll('\\', '/')
      const other = roomOf(target)
      if (!/\.(?:ts|json)$/.test(from)) wrong.push(`${path}: ${from} lacks its extension`)
      if (other === room) {
        const group = /\/rules\/([^/]+)\//
        const theirs = group.exec(target)?.[1]
        if (
          room === 'rules' &&
          theirs &&
          !/-(?:words|table)\.ts$/.test(target) &&
          theirs !== group.exec(path)?.[1] &&
          !path.endsWith('/rules/all-rules.ts')
        )
          wrong.push(`${path} imports ${from}: groups of rules do not know each other but for words and tables`)
      } else if (!wall.may.includes(other) && !(typeOnly && wall.types?.includes(other)) && !wall.files?.test(target))
        wrong.push(`${path} (${room}) imports ${from} (${other})`)
    } else if (!wall.packages?.some(name => from === name || from.startsWith(name.endsWith(':') ? name : `${name}/`)))
      wrong.push(`${path} (${room}) imports ${from}`)
  }
  return wrong
}

describe('the house', () => {
  test('nobody imports through a wall', () => {
    expect(product.flatMap(crossings)).toEqual([])
  })

  test('the core knows no clock, no chance and no host', () => {
    const forbidden =
      /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.|\bprocess\.|\bconsole\.|\bsetTimeout\b|\bsetInterval\b|\bglobalThis\b|\bfetch\(\s*['"`\w]|crypto\.getRandomValues/
    const wrong = product.filter(path => path.startsWith('server/src/core/') && forbidden.test(withoutComments(read(path))))
    expect(wrong).toEqual([])
  })

  test('every file says in its first lines why it exists', () => {
    const all = [...product, ...sources('test', /\.ts$/), ...sources('tasks', /\.mjs$/)]
    expect(all.filter(path => !/^(?:#!.*\n)?(?:\/\/ @ts-check\n)?\/\*\*[\s\S]{20,}?\*\//.test(read(path)))).toEqual([])
  })

  test('no file is over 400 lines unless it is data', () => {
    const all = [...product, ...sources('test', /\.ts$/), ...sources('tasks', /\.mjs$/)]
    const big = all.filter(path => !dataFiles.test(path)).map(path => ({ path, lines: read(path).split('\n').length - 1 }))
    expect(big.filter(({ lines }) => lines > 400)).toEqual([])
  })

  test('names say what is inside', () => {
    expect(
      product.filter(path => /(?:^|\/)(?:utils?|common|helpers?|misc|index|types)\.tsx?$|\/(?:utils?|common|helpers?)\//.test(path)),
    ).toEqual([])
  })

  test('no machine path is in a file of the product', () => {
    const wrong = [...product, ...sources('tasks', /\.mjs$/)].filter(path =>
      /["'`(= ]\/(?:work|tmp|root|home)\//.test(withoutComments(read(path))),
    )
    expect(wrong).toEqual([])
  })
})
