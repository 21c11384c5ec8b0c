/** Hover: which feature answers for which kind of file. A keyspace's and a place's page are the same in every format. */
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import type { Hover } from './editor-types.ts'
import { keyspaceMarkdown } from './keyspace-hover.ts'
import { mentionMarkdown } from './mention-hover.ts'
import { type Mention, mentionAt } from './mentions.ts'
import { releaseOfYaml } from './release-of-file.ts'
import { settingsHover } from './settings-hover.ts'
import { otherNodesMarkdown } from './settings-of-other-nodes.ts'
import { wireguardHoverAt } from './wireguard-hover.ts'

export function hoverAt(snapshot: Snapshot, path: string, offset: number): Hover | undefined {
  const parsed = snapshot.parsed.get(path)
  if (!parsed) return undefined
  if (parsed.kind === 'wireguard') return wireguardHoverAt(snapshot, path, offset)
  const mention = mentionAt(snapshot, path, offset)
  if (!mention) return parsed.kind === 'cassandra-yaml' ? settingPage(snapshot, parsed, offset) : undefined
  const markdown = mention.kind === 'keyspace' ? keyspacePage(snapshot, mention) : mentionMarkdown(snapshot, mention)
  return markdown === undefined ? undefined : { span: mention.span, markdown }
}

function settingPage(snapshot: Snapshot, yaml: ParsedCassandraYaml, offset: number): Hover | undefined {
  const hover = settingsHover(yaml, releaseOfYaml(snapshot, yaml), offset)
  const top = hover && yaml.root?.entries.find(({ span }) => span.start <= offset && offset <= span.end)
  const isTop = top && (offset <= top.key.span.end || top.value?.kind === 'scalar')
  const others = isTop ? otherNodesMarkdown(snapshot, yaml.file.path, top.key.text) : undefined
  return hover && others ? { ...hover, markdown: `${hover.markdown}\n\n${others}` } : hover
}

function keyspacePage(snapshot: Snapshot, { name, thing }: Mention): string | undefined {
  const [, cluster] = JSON.parse(thing) as [string, string]
  const named = snapshot.keyspaces.filter(keyspace => keyspace.name === name)
  const keyspace = named.find(each => each.cluster?.name === cluster) ?? named[0]
  return keyspace ? keyspaceMarkdown(keyspace) : undefined
}
