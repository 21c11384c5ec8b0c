/** What a node's files say of encryption between nodes and towards clients. Remembered by node: rules of a cluster ask every node after each edit. */
import { type Fact, known } from '../text/fact.ts'
import { memo } from '../text/memo.ts'
import type { Node } from './node.ts'
import { booleanInEachRelease, textInEachRelease } from './settings/in-each-release.ts'

export type InternodeEncryption = 'none' | 'dc' | 'rack' | 'all'

/** What the node sends; `none` when nothing is written. Unknown words are unknown. */
export const internodeEncryption: (node: Node) => Fact<InternodeEncryption> = memo(node => {
  const setting = textInEachRelease(node, 'server_encryption_options.internode_encryption', 'none')
  if (setting.kind !== 'known') return setting
  const word = setting.value.toLowerCase()
  if (word === 'none' || word === 'dc' || word === 'rack' || word === 'all') return known(word, setting.span)
  return { kind: 'unknown', why: 'internode_encryption is none of none, dc, rack, all' }
})

export type ClientEncryption = 'off' | 'optional' | 'on'

/** Whether clients may, or must, use TLS. */
export const clientEncryption: (node: Node) => Fact<ClientEncryption> = memo(node => {
  const enabled = booleanInEachRelease(node, 'client_encryption_options.enabled', false)
  if (enabled.kind !== 'known') return enabled
  const optional = booleanInEachRelease(node, 'client_encryption_options.optional', false)
  if (!enabled.value) {
    // From 4.0 `optional: true` alone lets clients choose.
    if (optional.kind === 'known' && optional.value && !node.release.candidates.includes('3.11')) return known('optional', optional.span)
    return enabled.span ? known('off', enabled.span) : known('off')
  }
  if (optional.kind !== 'known') return optional
  return known(optional.value ? 'optional' : 'on', enabled.span)
})
