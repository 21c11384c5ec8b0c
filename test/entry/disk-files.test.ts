/** Reading from the disk: what is met on the way, what is left alone, what git ignores. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findForetellFileAbove, listFiles, readPaths } from '../../server/src/entry/disk-files.ts'
import { isIgnored, parseIgnoreFile } from '../../server/src/entry/ignore-file.ts'

let root = ''
const write = (path: string, text: string | Buffer) => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'foretell-'))
  mkdirSync(join(root, '.git'))
  write('.gitignore', 'build/\n*.tmp.cql\n')
  write('foretell.yaml', '')
  write('db1/cassandra.yaml', 'a')
  write('db1/notes.txt', 'a')
  write('build/cassandra.yaml', 'a')
  write('node_modules/x/cassandra.yaml', 'a')
  write('sub/x.tmp.cql', 'a')
  write('sub/x.cql', Buffer.from([0xff, 0x00, 0x41]))
  write('sub/wg0.conf', '\ufeff[Interface]')
  symlinkSync(join(root, 'db1'), join(root, 'linked'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const paths = (wanted: readonly string[], exclude: (path: string) => boolean = () => false) =>
  readPaths(root, root, wanted, exclude).files.map(file => file.path)

describe('a folder', () => {
  test('gives what may matter, without what is ignored, linked or excluded', () => {
    expect(paths(['.'])).toEqual(['db1/cassandra.yaml', 'foretell.yaml', 'sub/wg0.conf', 'sub/x.cql'])
    expect(paths(['.'], path => path === 'db1')).toEqual(['foretell.yaml', 'sub/wg0.conf', 'sub/x.cql'])
    expect(paths(['sub'])).toEqual(['sub/wg0.conf', 'sub/x.cql'])
    expect(listFiles(root).map(path => path.slice(root.length + 1))).toEqual([
      'db1/cassandra.yaml',
      'foretell.yaml',
      'sub/wg0.conf',
      'sub/x.cql',
    ])
  })
  test('a path that is named is read whatever it is', () => {
    expect(paths(['db1/notes.txt', 'build/cassandra.yaml', 'sub/x.tmp.cql', 'build'])).toEqual([
      'db1/notes.txt',
      'build/cassandra.yaml',
      'sub/x.tmp.cql',
    ])
    expect(paths(['linked'])).toEqual(['linked/cassandra.yaml'])
  })
  test('what is not there is told', () => {
    expect(readPaths(root, root, ['nowhere'], () => false).unopened).toEqual([{ path: 'nowhere', why: 'no such file or folder' }])
  })
  test('bytes that are no text and a byte order mark are kept for the parsers', () => {
    const text = (path: string) => readPaths(root, root, [path], () => false).files[0]!.text
    expect(text('sub/x.cql')).toBe('\ufffd\u0000A')
    expect(text('sub/wg0.conf')).toBe('\ufeff[Interface]')
  })
  test('paths are relative to the root that is asked for', () => {
    expect(readPaths(join(root, 'sub'), root, ['.'], () => false).files.map(file => file.path)).toEqual(['sub/wg0.conf', 'sub/x.cql'])
    expect(readPaths(join(root, 'sub'), join(root, 'sub'), ['../db1'], () => false).files.map(file => file.path)).toEqual([
      '../db1/cassandra.yaml',
    ])
  })
  test('the foretell.yaml above is found as far as the repository reaches', () => {
    expect(findForetellFileAbove(join(root, 'sub'), '.')).toBe(join(root, 'foretell.yaml'))
    expect(findForetellFileAbove(join(root, 'sub'), '../db1/cassandra.yaml')).toBe(join(root, 'foretell.yaml'))
  })
})

describe('.gitignore', () => {
  const ignored = (patterns: string, path: string, isFolder = false) => isIgnored(path, isFolder, [parseIgnoreFile('', patterns)])
  test.each([
    ['*.log', 'a/b.log', true],
    ['/b.log', 'a/b.log', false],
    ['/b.log', 'b.log', true],
    ['a/*.log', 'a/b.log', true],
    ['a/*.log', 'a/c/b.log', false],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['**/b', 'x/b', true],
    ['a/**', 'a/x/y', true],
    ['a/**', 'a', false],
    ['b?[a-c].l', 'bxa.l', true],
    ['b[!a-c].l', 'ba.l', false],
    ['\\#x', '#x', true],
    ['# x', '# x', false],
    ['*.log\n!keep.log', 'keep.log', false],
    ['x ', 'x', true],
  ])('%j and %s', (patterns, path, expected) => {
    expect(ignored(patterns, path)).toBe(expected)
  })
  test('a pattern with a final slash is for folders', () => {
    expect(ignored('build/', 'build')).toBe(false)
    expect(ignored('build/', 'build', true)).toBe(true)
  })
  test('the nearer file decides', () => {
    const files = [parseIgnoreFile('', '*.cql'), parseIgnoreFile('sub', '!a.cql')]
    expect(isIgnored('sub/a.cql', false, files)).toBe(false)
    expect(isIgnored('sub/b.cql', false, files)).toBe(true)
  })
})
