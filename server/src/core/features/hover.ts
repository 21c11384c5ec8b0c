/** Hover: which feature answers for which kind of file. A keyspace's and a place's page are the same in every format. */
import type { Snapshot } from '../workspace/snapshot.ts'
import type { Hover } from './editor-types.ts'
import { keyspaceMarkdown } from './keyspace-hover.ts'
import { mentionMarkdown } from './mention-hover.ts'
import { type Mention, mentionAt } from './mentions.ts'
import { settingsHoverAt } from './settings-hover.ts'
import { wireguardHoverAt } from './wireguard-hover.ts'

export function hoverAt(snapshot: Snapshot, path: string, offset: number): Hover | undefined {
  const parsed = snapshot.parsed.get(path)
  if (!parsed) return undefined
  if (parsed.kind === 'wireguard') return wireguardHoverAt(snapshot, path, offset)
  const mention = mentionAt(snapshot, path, offset)
  const markdown = mention && (mention.kind === 'keyspace' ? keyspacePage(snapshot, mention) : mentionMarkdown(snapshot, mention))
  if (mention && markdown !== undefined) return { span: mention.span, markdown }
  return parsed.kind === 'cassandra-yaml' ? settingsHoverAt(snapshot, parsed, offset) : undefined
}

function keyspacePage(snapshot: Snapshot, { name, thing }: Mention): string | undefined {
  const [, cluster] = JSON.parse(thing) as [string, string]
  const named = snapshot.keyspaces.filter(keyspace => keyspace.name === name)
  const keyspace = named.find(each => each.cluster?.name === cluster) ?? named[0]
  return keyspace ? keyspaceMarkdown(keyspace) : undefined
}
