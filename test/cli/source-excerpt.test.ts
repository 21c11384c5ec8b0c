/** Carets under a line: inside the terminal, and never under what the line does not show. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { paintFor, textWidth } from '../../server/src/cli/paint.ts'
import { excerpt } from '../../server/src/cli/source-excerpt.ts'

const pieces = fc.constantFrom('a', '\t', '日', 'é', 'word', 'x'.repeat(60), '😀', 'y'.repeat(25_000))

test('carets end where the shown line ends', () => {
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 1, maxLength: 8 }), fc.nat(), fc.nat(), (parts, from, length) => {
      const text = `z${parts.join('')}z`
      const start = from % text.length
      const end = Math.min(text.length, start + 1 + (length % text.length))
      const rows = excerpt({ file: { path: 'a', text }, start, end }, 80, paintFor(false), marks => marks)
      const [shown, carets] = [textWidth(rows.at(-2)!), textWidth(rows.at(-1)!)]
      expect(shown).toBeLessThanOrEqual(80)
      expect(carets).toBeLessThanOrEqual(shown)
      expect(rows.at(-1)).toContain('^')
    }),
    { numRuns: 300 },
  )
})
