/** For which datacenters a node keeps no hints. */
import { entryOf } from '../syntax/yaml-tree.ts'
import { memo } from '../text/memo.ts'
import type { Located } from '../text/span.ts'
import type { Node } from './node.ts'

/** Entries of hinted_handoff_disabled_datacenters, placeholders left out. */
export const disabledHintDatacenters: (node: Node) => readonly Located<string>[] = memo(node => {
  const value = entryOf(node.yaml?.root, 'hinted_handoff_disabled_datacenters')?.value
  if (value?.kind !== 'sequence') return []
  return value.items.flatMap(item =>
    item?.kind === 'scalar' && !item.placeholder && item.text !== '' ? [{ value: item.text, span: item.span }] : [],
  )
})
