/** One keystroke in a workspace of 1,000 nodes: from the edited text to all findings, beside reading the same file once with `yaml` alone. */
import { parseDocument } from 'yaml'
import { createWorkspace } from '../../server/src/core/workspace/workspace.ts'
import { manyNodes } from './thousand-nodes.ts'

const files = manyNodes(1000)
const workspace = createWorkspace()
const started = performance.now()
workspace.apply({ set: files })
const first = workspace.snapshot()
const opened = performance.now() - started

const median = (run: (i: number) => void): number => {
  const times: number[] = []
  for (let i = 0; i < 15; i++) {
    const from = performance.now()
    run(i)
    times.push(performance.now() - from)
  }
  return times.sort((a, b) => a - b)[7]!
}
const edited = files.find(file => file.path === 'dc1/db7/cassandra.yaml')!
const keystroke = median(i => {
  workspace.apply({ set: [{ path: edited.path, text: edited.text.replace('num_tokens: 16', `num_tokens: ${17 + i}`) }] })
  workspace.snapshot()
})
const yamlAlone = median(i => {
  parseDocument(edited.text.replace('num_tokens: 16', `num_tokens: ${17 + i}`), { version: '1.1', prettyErrors: false })
})
const memory = process.memoryUsage().heapUsed / 2 ** 20
console.log(
  `  opened 1,000 nodes in ${opened.toFixed(0)} ms (${first.nodes.length} nodes, ${first.findings.length} findings), heap ${memory.toFixed(0)} MB`,
)
console.log(
  `  keystroke to findings ${keystroke.toFixed(1)} ms; yaml alone ${yamlAlone.toFixed(1)} ms; ratio ${(keystroke / yamlAlone).toFixed(2)}; share of a 100 ms blink ${(keystroke / 100).toFixed(2)}`,
)
