/** What is known of the machine of a node: the heap that its files or its memory give it, its cores, its data folders. */
import { calculatedHeap } from '../analysis/heap-sizing.ts'
import { jvmFacts } from '../model/jvm-facts.ts'
import type { Node } from '../model/node.ts'
import { numberInEachRelease } from '../model/settings/in-each-release.ts'
import { entryOf } from '../syntax/yaml-tree.ts'
import { knownValue } from '../text/fact.ts'
import { memo } from '../text/memo.ts'
import type { MachineFacts } from './computed-defaults.ts'

export const machineFactsOf: (node: Node) => MachineFacts = memo(node => {
  const { memoryBytes, cores } = node.declared
  const stated = jvmFacts(node).maxHeapBytes
  const heapBytes =
    knownValue(stated) ??
    (stated.kind === 'absent' && memoryBytes !== undefined && cores !== undefined
      ? calculatedHeap(Math.floor(memoryBytes / 1048576), cores).heap * 1048576
      : undefined)
  const folders = entryOf(node.yaml?.root, 'data_file_directories')?.value
  const dataDirectories = node.yaml?.keysMayBeElsewhere
    ? undefined
    : folders?.kind === 'sequence'
      ? folders.items.length
      : folders === undefined && node.yaml?.root
        ? 1
        : undefined
  const segment = knownValue(numberInEachRelease(node, 'commitlog_segment_size'))
  return {
    ...(heapBytes === undefined ? {} : { heapBytes }),
    ...(dataDirectories === undefined ? {} : { dataDirectories }),
    ...(cores === undefined ? {} : { cores }),
    ...(segment === undefined ? {} : { segmentBytes: segment }),
  }
})
