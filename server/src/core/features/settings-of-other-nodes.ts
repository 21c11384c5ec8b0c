/** What the other nodes of its cluster have for a setting: one line of Markdown, most frequent value first. Never the value of a secret. */
import { namesOf } from '../catalog/settings-catalogue.ts'
import type { Node } from '../model/node.ts'
import { effectiveSetting } from '../model/settings/effective.ts'
import { entryOf } from '../syntax/yaml-tree.ts'
import type { Snapshot } from '../workspace/snapshot.ts'

const secret = /password|secret|passphrase|private|credential/i
/** Different on every node by nature: telling each would be noise. */
const ownOfEachNode: ReadonlySet<string> = new Set([
  'listen_address',
  'rpc_address',
  'broadcast_address',
  'broadcast_rpc_address',
  'initial_token',
  'seed_provider',
])

/** `Other nodes: 8.0 on fra1, fra2; the default on ams1.`; undefined where there are none or nothing can be told. */
export function otherNodesMarkdown(snapshot: Snapshot, path: string, key: string): string | undefined {
  if (secret.test(key) || ownOfEachNode.has(key)) return undefined
  const cluster = snapshot.clusters.find(each => each.nodes.some(node => node.yaml?.file.path === path))
  const others = cluster?.nodes.filter(node => node.yaml && node.yaml.file.path !== path) ?? []
  const byText = new Map<string, string[]>()
  for (const node of others) {
    const text = valueOn(node, key)
    if (text === undefined) continue
    const there = byText.get(text)
    if (there) there.push(node.name)
    else byText.set(text, [node.name])
  }
  if (byText.size === 0) return undefined
  const groups = [...byText].sort((a, b) => b[1].length - a[1].length)
  const words = groups.slice(0, 4).map(([text, nodes]) => `${text} on ${nodes.length > 4 ? `${nodes.length} nodes` : nodes.join(', ')}`)
  return `Other nodes: ${words.join('; ')}${groups.length > 4 ? `; and ${groups.length - 4} more values` : ''}.`
}

/** As written, under whichever name; `the default` when it is not set. */
function valueOn(node: Node, key: string): string | undefined {
  for (const name of namesOf(key)) {
    const entry = entryOf(node.yaml?.root, name)
    if (!entry) continue
    if (entry.value?.kind !== 'scalar' || entry.value.placeholder) return undefined
    const text = entry.value.text.replaceAll('`', "'").slice(0, 60)
    return `\`${text}\`${name === key ? '' : ` (as \`${name}\`)`}`
  }
  const fact = effectiveSetting(node.yaml, node.release.line, key)
  return fact.kind === 'known' && fact.span === undefined && typeof fact.value !== 'object' ? 'the default' : undefined
}
