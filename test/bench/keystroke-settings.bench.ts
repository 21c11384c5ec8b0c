/** One keystroke in a stock cassandra.yaml of 110 kB: parsed, loaded, validated, judged to findings, beside what `yaml` alone needs to parse it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { createWorkspace } from '../../server/src/core/workspace/workspace.ts'

const path = 'cassandra.yaml'
const stock = readFileSync(join(process.cwd(), 'test/corpus/stock/5.0.1/cassandra.yaml'), 'utf8')
const edited = (i: number) => stock.replace('num_tokens: 16', `num_tokens: ${17 + i}`)
const workspace = createWorkspace({ statedRelease: { stated: true, line: '5.0', candidates: ['5.0'] } })
workspace.apply({ set: [{ path, text: stock }] })
workspace.snapshot()

function median(run: (i: number) => void): number {
  const times: number[] = []
  for (let i = 0; i < 41; i++) {
    const from = performance.now()
    run(i)
    times.push(performance.now() - from)
  }
  return times.sort((a, b) => a - b)[20]!
}

// Interleaved warming, so that neither is measured cold.
for (let i = 0; i < 10; i++) {
  parseDocument(edited(i), { version: '1.1', prettyErrors: false })
  workspace.apply({ set: [{ path, text: edited(i) }] })
  workspace.snapshot()
}
const keystroke = median(i => {
  workspace.apply({ set: [{ path, text: edited(i + 100) }] })
  workspace.snapshot()
})
const yamlAlone = median(i => {
  parseDocument(edited(i + 200), { version: '1.1', prettyErrors: false })
})
console.log(
  `  ${stock.length} characters: keystroke to findings ${keystroke.toFixed(2)} ms; yaml alone ${yamlAlone.toFixed(2)} ms; ratio ${(keystroke / yamlAlone).toFixed(2)} (at most 2)`,
)
