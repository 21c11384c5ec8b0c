/** Hover: which feature answers for which kind of file. A keyspace's and a place's page are the same in every format. */
import type { Snapshot } from '../workspace/snapshot.ts'
import type { Hover } from './editor-types.ts'
import { keyspaceMarkdown } from './keyspace-hover.ts'
import { mentionMarkdown } from './mention-hover.ts'
import { mentionAt } from './mentions.ts'

export function hoverAt(snapshot: Snapshot, path: string, offset: number): Hover | undefined {
  const parsed = snapshot.parsed.get(path)
  if (!parsed) return undefined
  const keyspace = snapshot.keyspaces.find(
    candidate => candidate.nameSpan.file.path === path && candidate.nameSpan.start <= offset && offset <= candidate.nameSpan.end,
  )
  if (keyspace) return { span: keyspace.nameSpan, markdown: keyspaceMarkdown(keyspace) }
  const mention = mentionAt(snapshot, path, offset)
  const markdown = mention ? mentionMarkdown(snapshot, mention) : undefined
  return mention && markdown ? { span: mention.span, markdown } : undefined
}
