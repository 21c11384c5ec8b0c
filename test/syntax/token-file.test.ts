/** Token files in every form that people keep them: lists, output of nodetool ring and of nodetool info -T. */
import { describe, expect, test } from 'vitest'
import { readTokenFile } from '../../server/src/core/syntax/token-file.ts'
import { textAt } from '../../server/src/core/text/span.ts'

const read = (text: string) => readTokenFile({ path: 'tokens/db1.txt', text })
const tokensOf = (text: string) => {
  const answer = read(text)
  return answer.kind === 'tokens' ? answer.tokens.map(token => token.value) : answer
}

const ring = `
Datacenter: dc1
==========
Address               Rack        Status State   Load            Owns                Token
                                                                                     3074457345618258602
10.20.1.1             r1          Up     Normal  104.35 KiB      66.67%              -9223372036854775808
10.20.1.2             rack two    Down   Normal  ?               66.67%              -3074457345618258603
10.20.1.1:7000        r1          ?      Leaving 1.2 GiB         ?                   3074457345618258602

  Warning: "nodetool ring" is used to output all the tokens of a node.
  To view status related info of a node use "nodetool status" instead.
`

describe('lists', () => {
  test('between blanks, commas and lines, with comments', () => {
    expect(tokensOf('# db1\r\n-9223372036854775808, 0\r\n 12\t+7 # moved\n\n')).toEqual([-9223372036854775808n, 0n, 12n, 7n])
    expect(tokensOf('\uFEFFinitial_token: "-1,2"\n')).toEqual([-1n, 2n])
  })
  test('places are those of the tokens', () => {
    const answer = read('# two\ninitial_token: 10, -20\n')
    expect(answer.kind === 'tokens' && answer.tokens.map(token => textAt(token.span))).toEqual(['10', '-20'])
  })
  test('what is no token makes the file unreadable, and is not repeated', () => {
    const answer = read('1\n2 hunter2\n')
    expect(answer).toMatchObject({ kind: 'unreadable', at: { value: 2 } })
    expect(answer.kind === 'unreadable' && answer.why).not.toContain('hunter2')
    expect(read('# nothing yet\n')).toMatchObject({ kind: 'unreadable', why: 'holds no tokens' })
    expect(read('')).toMatchObject({ kind: 'unreadable' })
  })
})

describe('nodetool', () => {
  test('ring: rows of every node; the line of the last token alone is none', () => {
    const answer = read(ring)
    expect(answer.kind === 'ring' && answer.rows.map(row => [row.address, row.token.value, textAt(row.token.span)])).toEqual([
      ['10.20.1.1', -9223372036854775808n, '-9223372036854775808'],
      ['10.20.1.2', -3074457345618258603n, '-3074457345618258603'],
      ['10.20.1.1:7000', 3074457345618258602n, '3074457345618258602'],
    ])
  })
  test('info -T: its Token lines', () => {
    const info = 'ID                     : 7a3\nGossip active          : true\nToken                  : -5\nToken                  : 17\n'
    expect(tokensOf(info)).toEqual([-5n, 17n])
  })
  test('info without -T says that it lacks them', () => {
    expect(read('ID : 7a3\nToken                  : (invoke with -T/--tokens to see all 16 tokens)\n')).toMatchObject({
      kind: 'unreadable',
      why: expect.stringContaining('-T'),
    })
  })
})
