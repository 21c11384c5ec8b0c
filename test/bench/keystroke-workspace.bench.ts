/** One keystroke in a workspace of 1,000 nodes: from the edited text to all findings, beside reading the same file once with `yaml` alone. */
import { parseDocument } from 'yaml'
import { createWorkspace } from '../../server/src/core/workspace/workspace.ts'
import { manyNodes } from './thousand-nodes.ts'

const files = manyNodes(1000)
const workspace = createWorkspace()

/** Milliseconds of the clock and of the processor. */
function timed(run: () => void): { readonly clock: number; readonly cpu: number } {
  const from = performance.now()
  const used = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(used)
  return { clock: performance.now() - from, cpu: (user + system) / 1000 }
}

const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!

function median(run: (i: number) => void): { readonly clock: number; readonly cpu: number } {
  const times = Array.from({ length: 25 }, (_, i) => timed(() => run(i)))
  return { clock: middle(times.map(time => time.clock)), cpu: middle(times.map(time => time.cpu)) }
}

const opened = timed(() => {
  workspace.apply({ set: files })
  workspace.snapshot()
})
const first = workspace.snapshot()
const edited = files.find(file => file.path === 'dc1/db7/cassandra.yaml')!
const textOf = (i: number) => edited.text.replace('num_tokens: 16', `num_tokens: ${17 + i}`)
const keystroke = median(i => {
  workspace.apply({ set: [{ path: edited.path, text: textOf(i) }] })
  workspace.snapshot()
})
const yamlAlone = median(i => void parseDocument(textOf(i), { version: '1.1', prettyErrors: false }))
const yamlOfAll = timed(() => {
  for (const file of files) if (file.path.endsWith('.yaml')) parseDocument(file.text, { version: '1.1', prettyErrors: false })
})
const memory = process.memoryUsage().heapUsed / 2 ** 20
const of = (time: { readonly clock: number; readonly cpu: number }, digits = 0) =>
  `${time.clock.toFixed(digits)} ms (${time.cpu.toFixed(digits)} of the processor)`
console.log(
  `  opened 1,000 nodes in ${of(opened)}, ${first.findings.length} findings, heap ${memory.toFixed(0)} MB; yaml alone ${of(yamlOfAll)}; ratio ${(opened.cpu / yamlOfAll.cpu).toFixed(2)}`,
)
console.log(
  `  keystroke to findings ${of(keystroke, 1)}; yaml alone ${of(yamlAlone, 1)}; ratio ${(keystroke.cpu / yamlAlone.cpu).toFixed(2)}; share of a 100 ms blink ${(keystroke.cpu / 100).toFixed(2)}`,
)
