/** YAML as SnakeYAML reads it: trees, places, refusals, and what is saved of a broken file. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCassandraYaml } from '../../server/src/core/syntax/cassandra-yaml.ts'
import { implicitType, readBoolean, readFloat, readInteger } from '../../server/src/core/syntax/snake-yaml.ts'
import { parseYamlDocument } from '../../server/src/core/syntax/yaml-document.ts'
import type { YamlNode } from '../../server/src/core/syntax/yaml-tree.ts'

type Plain = string | null | Plain[] | { [key: string]: Plain }

function plain(node: YamlNode | undefined): Plain {
  if (!node) return null
  if (node.kind === 'scalar') return node.text
  if (node.kind === 'sequence') return node.items.map(plain)
  return Object.fromEntries(node.entries.map(entry => [entry.key.text, plain(entry.value)]))
}
const read = (text: string) => parseYamlDocument({ path: 'cassandra.yaml', text })

describe('trees', () => {
  test.each<[string, Plain]>([
    ['a: 1\nb:\n- x\n-\n- - y\nc: {d: e, f}\n', { a: '1', b: ['x', null, ['y']], c: { d: 'e', f: null } }],
    ['a: |\n  one\n   two\n\nb: >-\n  one\n  two\n\n  three\nc: end\n', { a: 'one\n two\n', b: 'one two\nthree', c: 'end' }],
    ["a: plain\n  text # comment\nb: \"q\\t\\u0041 \\\n  r\"\nc: 'it''s'\n", { a: 'plain text', b: 'q\tA r', c: "it's" }],
    ['x: &n\n  p: 1\n  q: 2\ny:\n  <<: *n\n  q: 3\n', { x: { p: '1', q: '2' }, y: { p: '1', q: '3' } }],
    ['? a\n: b\n"c": d\n', { a: 'b', c: 'd' }],
    ['%YAML 1.1\n---\na: b\n...\n', { a: 'b' }],
    ['', null],
    ['# only\n', null],
  ])('%j', (text, wanted) => {
    const { root, problems } = read(text)
    expect(problems.map(problem => problem.detail)).toEqual([])
    expect(plain(root)).toEqual(wanted)
  })

  test('every scalar knows its place', () => {
    const text = "a: 'x y'\nb:\n  - c: 12\n"
    const places: string[] = []
    const visit = (node: YamlNode | undefined): void => {
      if (node?.kind === 'scalar') places.push(text.slice(node.span.start, node.span.end))
      else if (node?.kind === 'sequence') node.items.forEach(visit)
      else
        for (const entry of node?.entries ?? []) {
          visit(entry.key)
          visit(entry.value)
        }
    }
    visit(read(text).root)
    expect(places).toEqual(['a', "'x y'", 'b', 'c', '12'])
  })
})

describe('refusals', () => {
  test.each([
    ['a: b: c\n', 'yaml'],
    ['a:\tb\n', 'yaml'],
    ['a: "x\n', 'yaml'],
    ['a: *x\n', 'undefined-alias'],
    ['a: @b\n', 'yaml'],
    ['a: !foo b\n', 'unknown-tag'],
    ['a: 1\n---\nb: 2\n', 'several-documents'],
    ['a: \u0007\n', 'control-character'],
    ['a: [b\n', 'yaml'],
    ['a: 1\n b: 2\n', 'yaml'],
    ['foo\nbar: 1\n', 'yaml'],
    ['[a]: b\n', 'key-not-scalar'],
    ['a: &x [*x]\n', 'recursive-alias'],
  ])('%j', (text, kind) => {
    expect(read(text).problems.map(problem => problem.kind)).toContain(kind)
  })

  test('what follows a broken line keeps its meaning', () => {
    const { root, problems } = read('a: 1\nb: {c: d\ne: 2\nf: "g\nh: 3\n')
    expect(problems).toHaveLength(2)
    expect(plain(root)).toMatchObject({ a: '1', e: '2', h: '3' })
  })
})

describe('scalars of SnakeYAML', () => {
  test.each([
    ['yes', 'bool'],
    ['y', 'str'],
    ['017', 'int'],
    ['1_000', 'int'],
    ['1:30', 'int'],
    ['0x1F', 'int'],
    ['1.5', 'float'],
    ['.inf', 'float'],
    ['~', 'null'],
    ['', 'null'],
    ['2001-01-01', 'timestamp'],
    ['10s', 'str'],
  ])('%s is %s', (text, type) => {
    expect(implicitType(text, 'snake-1')).toBe(type)
    expect(implicitType(text, 'snake-2')).toBe(type)
  })
  test('1e3 is a number to both, a bare underscore number only to neither', () => {
    expect([implicitType('1e3', 'snake-1'), implicitType('1e3', 'snake-2'), implicitType('0_', 'snake-2')]).toEqual([
      'float',
      'float',
      'str',
    ])
  })
  test.each([
    ['017', 15n],
    ['1_000', 1000n],
    ['1:30', 90n],
    ['0x1F', 31n],
    ['-0b11', -3n],
    ['08', undefined],
    ['1.5', undefined],
    ['', undefined],
  ])('the whole number %s', (text, value) => {
    expect(readInteger(text)).toBe(value)
  })
  test.each([
    ['10d', 10],
    ['1e3', 1000],
    ['-.inf', Number.NEGATIVE_INFINITY],
    ['0x1p3', 8],
    ['1:30.5', 90.5],
    ['abc', undefined],
  ])('the number %s', (text, value) => {
    expect(readFloat(text)).toBe(value)
  })
  test('booleans in any case, anything else is nothing', () => {
    expect([readBoolean('YeS'), readBoolean('off'), readBoolean('1')]).toEqual([true, false, null])
  })
})

describe('templates', () => {
  test('placeholders make values unknown and break nothing', () => {
    const text =
      'cluster_name: {{ name }}\nseeds: "{{ a }},{{ b }}"\n{% if x %}\nnum_tokens: 16\n{% endif %}\nlisten_address: $IP\nport: 7000\n'
    const yaml = parseCassandraYaml({ path: 'cassandra.yaml.j2', text })
    expect(yaml.problems).toEqual([])
    expect(yaml.template).toBe(true)
    const unknown = yaml.root?.entries
      .filter(entry => entry.value?.kind === 'scalar' && entry.value.placeholder)
      .map(entry => entry.key.text)
    expect(unknown).toEqual(['cluster_name', 'seeds', 'listen_address'])
  })
  test('an expression on a line of its own may bring any key', () => {
    expect(parseCassandraYaml({ path: 'cassandra.yaml', text: 'num_tokens: 16\n{{ more | to_nice_yaml }}\n' }).keysMayBeElsewhere).toBe(
      true,
    )
    expect(parseCassandraYaml({ path: 'cassandra.yaml', text: 'num_tokens: {{ n }}\n' }).keysMayBeElsewhere).toBe(false)
  })
  test('a placeholder in a comment does not count', () => {
    expect(parseCassandraYaml({ path: 'cassandra.yaml', text: 'num_tokens: 16 # ${N}\n# {{ x }}\n' })).toMatchObject({
      template: false,
      problems: [],
    })
  })
  test('a value that is generated on the lines below is unknown', () => {
    const yaml = parseCassandraYaml({
      path: 'cassandra.yaml',
      text: 'data_file_directories:\n{% for d in dirs %}\n{% endfor %}\nnum_tokens: 16\n',
    })
    expect(yaml.root?.entries[0]?.value).toMatchObject({ placeholder: true })
  })
})

test('any text is answered, with places inside of it', () => {
  const piece = fc.constantFrom(
    'a',
    ': ',
    '\n',
    '  ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '"',
    "'",
    '&x',
    '*x',
    '!t',
    '|',
    '>',
    '#',
    '%',
    '\t',
    '? ',
    '\u0000',
    '\u2028',
    '{{',
    '}}',
    '---\n',
    '<<: ',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
      const text = pieces.join('')
      for (const { problems } of [read(text), parseCassandraYaml({ path: 'cassandra.yaml', text })])
        for (const { span } of problems) expect(span.start >= 0 && span.end >= span.start && span.end <= text.length).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('hostile texts take no more than linear time', () => {
  for (const text of [
    '['.repeat(200_000),
    'a: '.repeat(50_000),
    '- '.repeat(50_000),
    `a: ${'"'.repeat(99_999)}`,
    '{{'.repeat(100_000),
    '&a '.repeat(50_000),
    'x\n'.repeat(50_000),
    `a: |\n${' \n'.repeat(50_000)}`,
  ])
    expect(parseCassandraYaml({ path: 'cassandra.yaml', text }).kind).toBe('cassandra-yaml')
})
