/** What a node's files say of encryption between nodes and towards clients. */
import { type Fact, known } from '../text/fact.ts'
import type { Node } from './node.ts'
import { nestedBoolean, nestedSetting } from './node-settings.ts'

export type InternodeEncryption = 'none' | 'dc' | 'rack' | 'all'

/** What the node sends; `none` when nothing is written. Unknown words are unknown. */
export function internodeEncryption(node: Node): Fact<InternodeEncryption> {
  const written = nestedSetting(node.yaml, 'server_encryption_options', 'internode_encryption')
  if (written.kind === 'absent') return known('none')
  if (written.kind === 'unknown') return written
  const word = written.value.toLowerCase()
  if (word === 'none' || word === 'dc' || word === 'rack' || word === 'all') return known(word, written.span)
  return { kind: 'unknown', why: 'internode_encryption is none of none, dc, rack, all' }
}

export type ClientEncryption = 'off' | 'optional' | 'on'

/** Whether clients may, or must, use TLS. */
export function clientEncryption(node: Node): Fact<ClientEncryption> {
  const enabled = nestedBoolean(node.yaml, 'client_encryption_options', 'enabled', false)
  if (enabled.kind !== 'known') return enabled
  if (!enabled.value) {
    const optional = nestedBoolean(node.yaml, 'client_encryption_options', 'optional', false)
    // From 4.0 `optional: true` alone lets clients choose.
    if (optional.kind === 'known' && optional.value && !node.release.candidates.includes('3.11')) return known('optional', optional.span)
    return enabled.span ? known('off', enabled.span) : known('off')
  }
  const optional = nestedBoolean(node.yaml, 'client_encryption_options', 'optional', false)
  if (optional.kind !== 'known') return optional
  return known(optional.value ? 'optional' : 'on', enabled.span)
}
