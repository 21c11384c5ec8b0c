/** Addresses and paths, snippets for clients without snippets, and what is sent of what changed. */
import { describe, expect, test } from 'vitest'
import { createPublished } from '../../server/src/lsp/published.ts'
import { withoutTabStops } from '../../server/src/lsp/to-lsp.ts'
import { keyOfUri, pathOutsideRoots, pathUnderRoots, rootsOf } from '../../server/src/lsp/uri-paths.ts'

describe('addresses', () => {
  test.each([
    ['file:///c%3A/a%20b/', 'file:///c:/a b'],
    ['file:///C:/a b', 'file:///c:/a b'],
    ['vscode-vfs://github/x/y', 'vscode-vfs://github/x/y'],
    ['file:///100%/x', 'file:///100%/x'],
  ])('%s is %s', (uri, key) => {
    expect(keyOfUri(uri)).toBe(key)
  })

  test('one folder gives the paths of the command line, several are told apart', () => {
    const one = rootsOf([{ uri: 'file:///w/a', name: 'a' }])
    expect(pathUnderRoots(one, 'file:///w/a/dc%201/x.cql')).toBe('dc 1/x.cql')
    expect(pathUnderRoots(one, 'file:///w/ab/x.cql')).toBeUndefined()
    const two = rootsOf([
      { uri: 'file:///w/a', name: 'conf' },
      { uri: 'file:///w/b', name: 'conf' },
    ])
    expect(pathUnderRoots(two, 'file:///w/a/x.cql')).toBe('conf/x.cql')
    expect(pathUnderRoots(two, 'file:///w/b/x.cql')).toBe('conf-2/x.cql')
  })

  test('of folders within folders the inner one counts', () => {
    const roots = rootsOf([
      { uri: 'file:///w', name: 'w' },
      { uri: 'file:///w/in', name: 'in' },
    ])
    expect(pathUnderRoots(roots, 'file:///w/in/x.cql')).toBe('in/x.cql')
  })

  test('a document that was never saved is named by its language', () => {
    expect(pathOutsideRoots('untitled:Untitled-1', 'cql')).toBe('Untitled-1.cql')
    expect(pathOutsideRoots('file:///etc/cassandra/cassandra.yaml')).toBe('etc/cassandra/cassandra.yaml')
  })
})

test('tab stops vanish for clients without snippets, escapes are undone', () => {
  expect(withoutTabStops("{'class': '$1', '${2:dc1}': ${3|3,5|}}$0")).toBe("{'class': '', 'dc1': 3}")
  expect(withoutTabStops('a \\$ b \\} c \\\\')).toBe('a $ b } c \\')
})

test('only what changed is sent, and nothing stays where nothing is wrong', () => {
  const sent: string[] = []
  const published = createPublished((uri, list) => sent.push(`${uri} ${list.map(({ message }) => message)}`))
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }
  const say = (message: string) => [{ range, message }]
  published.update(
    new Map([
      ['a', say('1')],
      ['b', say('2')],
    ]),
  )
  published.update(
    new Map([
      ['a', say('1')],
      ['b', say('3')],
    ]),
  )
  published.update(new Map([['b', say('3')]]))
  published.update(
    new Map([
      ['b', say('3')],
      ['c', []],
    ]),
  )
  expect(sent).toEqual(['a 1', 'b 2', 'b 3', 'a '])
})
