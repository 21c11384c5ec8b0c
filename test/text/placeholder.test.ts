/** What counts as a placeholder of a template, and what only looks like one. */
import { expect, test } from 'vitest'
import { holdsControlStructure, holdsPlaceholder } from '../../server/src/core/text/placeholder.ts'

test.each([
  ['{{ dc }}', true],
  ['a{{dc}}b', true],
  ['{% if x %}', true],
  ['{# note #}', true],
  ['<%= @dc %>', true],
  ['${DC}', true],
  ['$(hostname)', true],
  ['$DC', true],
  ['@@DC@@', true],
  ['__DC__', true],
  ['<your datacenter>', true],
  ['"<dc>"', true],
  ['dc1', false],
  ['{{ never closed', false],
  ['}} {{', false],
  ['${never\nclosed}', false],
  ['a <b> c', false],
  ['a__DC__', false],
  ['5$', false],
  ['{a: {b: 1}}', false],
  [`{{${' '.repeat(1000)}}}`, false],
  [`{{${' '.repeat(1000)}{{ dc }}`, true],
])('%j holds a placeholder: %s', (text, expected) => {
  expect(holdsPlaceholder(text)).toBe(expected)
})

test.each([
  ['{% for n in nodes %}', true],
  ['<% if x %>', true],
  ['<%= x %>', false],
  ['<%= x %><% end %>', true],
  ['{{ if .dc }}', true],
  ['{{ dc }}', false],
  ['a\n  % if x', true],
  ['50 % if', false],
])('%j is steered: %s', (text, expected) => {
  expect(holdsControlStructure(text)).toBe(expected)
})
