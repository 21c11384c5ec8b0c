/** Properties files are read as java.util.Properties reads them, and every part has its place. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { entryFor, parseProperties } from '../../server/src/core/syntax/properties.ts'
import { textAt } from '../../server/src/core/text/span.ts'

const read = (text: string, path = 'db1/cassandra-rackdc.properties') => parseProperties({ path, text }, 'rackdc')
const pairs = (text: string) => read(text).entries.map(entry => [entry.key, entry.value])

test.each<[string, [string, string][]]>([
  [
    'dc=dc1\nrack=rack1\n',
    [
      ['dc', 'dc1'],
      ['rack', 'rack1'],
    ],
  ],
  ['dc : dc1', [['dc', 'dc1']]],
  ['dc dc1', [['dc', 'dc1']]],
  ['dc\tdc1', [['dc', 'dc1']]],
  ['  dc = dc1  ', [['dc', 'dc1  ']]],
  ['dc = = dc1', [['dc', '= dc1']]],
  ['dc', [['dc', '']]],
  ['dc=', [['dc', '']]],
  ['# dc=a\n! dc=b\ndc=c # not a comment', [['dc', 'c # not a comment']]],
  ['dc=one\\\n   two', [['dc', 'onetwo']]],
  [
    'dc=one\\\\\nrack=r',
    [
      ['dc', 'one\\'],
      ['rack', 'r'],
    ],
  ],
  ['d\\\n  c=x', [['dc', 'x']]],
  ['\\\n# comment\ndc=x', [['dc', 'x']]],
  [
    'dc=a\\\n\nrack=r',
    [
      ['dc', 'a'],
      ['rack', 'r'],
    ],
  ],
  ['a\\ b\\:c=v', [['a b:c', 'v']]],
  ['dc=\\u0041\\t\\n\\x', [['dc', 'A\t\nx']]],
  [
    'dc=a\r\nrack=b\rprefer_local=true',
    [
      ['dc', 'a'],
      ['rack', 'b'],
      ['prefer_local', 'true'],
    ],
  ],
  ['dc=München', [['dc', 'MÃ¼nchen']]],
  ['10.0.0.1=DC1:RAC1', [['10.0.0.1', 'DC1:RAC1']]],
  ['fe80\\:\\:1=DC1:RAC1', [['fe80::1', 'DC1:RAC1']]],
  ['fe80::1=DC1:RAC1', [['fe80', ':1=DC1:RAC1']]],
])('%j', (text, expected) => {
  expect(pairs(text)).toEqual(expected)
})

test('the last of two equal keys counts, and keys are case-sensitive', () => {
  expect(entryFor(read('dc=a\nDC=b\ndc=c'), 'dc')?.value).toBe('c')
})

test('a malformed escape ends the reading, as in Java, and says where', () => {
  const parsed = read('dc=a\nrack=\\u12\nprefer_local=true')
  expect(parsed.entries.map(entry => entry.key)).toEqual(['dc'])
  expect(parsed.problems.map(problem => [problem.kind, textAt(problem.span)])).toEqual([['properties-escape', 'rack=\\u12']])
})

test('every part has its place', () => {
  const [dc, rack] = read('# places\n dc =  dc1 \nrack=ra\\\n  ck').entries
  expect([textAt(dc!.keySpan), textAt(dc!.valueSpan), textAt(dc!.span)]).toEqual(['dc', 'dc1 ', 'dc =  dc1 '])
  expect([textAt(rack!.keySpan), textAt(rack!.valueSpan)]).toEqual(['rack', 'ra\\\n  ck'])
})

test('placeholders are unknown values; a whole-line expression may bring any key', () => {
  expect(read('dc={{ dc }}\nrack=r1').entries.map(entry => entry.placeholder)).toEqual([true, false])
  expect(read('dc={{ dc }}\nrack=r1')).toMatchObject({ template: false, keysMayBeElsewhere: false })
  expect(read('# {{ managed }}\ndc=dc1')).toMatchObject({ template: false, keysMayBeElsewhere: false })
  expect(read('{{ rackdc }}')).toMatchObject({ keysMayBeElsewhere: true })
  expect(read('{% if x %}\ndc=a\n{% endif %}')).toMatchObject({ template: true, keysMayBeElsewhere: true })
  expect(read('dc=a', 'cassandra-rackdc.properties.j2').template).toBe(true)
})

test('a merge conflict is the only thing said of its file', () => {
  const parsed = read('dc=a\n<<<<<<< HEAD\nrack=b\n=======\nrack=c\n>>>>>>> other\n')
  expect(parsed.entries).toEqual([])
  expect(parsed.problems.map(problem => problem.kind)).toEqual(['merge-conflict'])
})

const soup = fc.string({
  unit: fc.oneof(
    fc.constantFrom('=', ':', ' ', '\\', '\n', '\r', '#', '!', 'dc', 'rack', '\\u', '{{', '}}', '{%', '\f', 'ü', '\ud800'),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
  maxLength: 60,
})

test('any text is answered, with places inside it', () => {
  fc.assert(
    fc.property(soup, text => {
      const parsed = read(text)
      for (const entry of parsed.entries)
        for (const span of [entry.span, entry.keySpan, entry.valueSpan]) {
          expect(span.start).toBeGreaterThanOrEqual(0)
          expect(span.end).toBeGreaterThanOrEqual(span.start)
          expect(span.end).toBeLessThanOrEqual(text.length)
        }
    }),
    { numRuns: 500 },
  )
})
