/** One step to another release: every safe fix that this release asks for, in all files at once, and what is left for a person. */
import type { Release } from '../catalog/release.ts'
import { statedByComment } from '../model/settings/infer-release.ts'
import { positionAt } from '../text/line-index.ts'
import type { SourceFile } from '../text/source-file.ts'
import { spanOf } from '../text/span.ts'
import { applyEdits, type TextEdit } from '../text/text-edit.ts'
import type { Finding } from '../workspace/finding.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { createWorkspace } from '../workspace/workspace.ts'
import { safeFixesOf } from './quick-fix.ts'

export interface ReleaseMigration {
  readonly release: Release
  /** What the release finds about settings before anything is changed. */
  readonly findings: number
  /** Of the files of the snapshot; they do not overlap. */
  readonly edits: readonly TextEdit[]
  /** How many findings the edits settle, and in how many files they are. */
  readonly settled: number
  readonly files: number
  /** Findings after the edits, gravest first; places are in the changed texts. */
  readonly left: readonly Finding[]
  /** Files that state another release themselves: they go on being judged as it by the command line. */
  readonly statedElsewhere: readonly string[]
}

/** A fix may uncover another finding; a fix that undoes another must not go on for ever. */
const mostRounds = 8

const gravity = { error: 0, warning: 1, info: 2, hint: 3 } as const

/** `today`: as the workspace was given it, for suppressions. Changes nothing; the snapshot's own files stay as they are. */
export function migrationTo(snapshot: Snapshot, release: Release, today: string | undefined): ReleaseMigration {
  const workspace = createWorkspace({ statedRelease: release, ...(today === undefined ? {} : { today }) })
  const original = new Map([...snapshot.parsed.values()].map(({ file }) => [file.path, file] as const))
  workspace.apply({ set: [...original.values()] })
  const known = new Set(snapshot.findings.map(identityOf))
  /** Of settings and migration, and what this release makes an error of. */
  const ofMigration = (finding: Finding) =>
    /^(?:settings|migration)\/|^repair\/removed-table-option$/.test(finding.rule) ||
    (finding.severity === 'error' && !known.has(identityOf(finding)))
  const judge = () => workspace.snapshot().findings.filter(ofMigration)

  const before = judge()
  const rounds = new Map<string, TextEdit[][]>()
  let left = before
  for (let round = 0; round < mostRounds; round++) {
    const fixes = safeFixesOf(left)
    const changed: SourceFile[] = []
    for (const file of new Set(fixes.map(edit => edit.at.file))) {
      const edits = fixes.filter(edit => edit.at.file === file)
      const text = applyEdits(file, edits)
      if (text === file.text) continue
      rounds.set(file.path, [...(rounds.get(file.path) ?? []), edits])
      changed.push({ path: file.path, text })
    }
    if (changed.length === 0) break
    workspace.apply({ set: changed })
    left = judge()
  }

  const after = workspace.snapshot()
  const edits = [...rounds].flatMap(([path, each]) => {
    const file = original.get(path)!
    const text = after.parsed.get(path)?.file.text ?? file.text
    if (text === file.text) return []
    return each.length === 1 ? each[0]! : [replacedMiddle(file, text)]
  })
  return {
    release,
    findings: before.length,
    edits,
    settled: Math.max(0, before.length - left.length),
    files: new Set(edits.map(edit => edit.at.file.path)).size,
    left: left.toSorted((a, b) => gravity[a.severity] - gravity[b.severity]),
    statedElsewhere: statedElsewhere(snapshot, release),
  }
}

function identityOf({ rule, span, message }: Finding): string {
  return `${rule} ${span.file.path} ${message}`
}

/** One edit of everything between the first and the last change. */
function replacedMiddle(file: SourceFile, text: string): TextEdit {
  const shorter = Math.min(file.text.length, text.length)
  let start = 0
  while (start < shorter && file.text[start] === text[start]) start++
  let kept = 0
  while (kept < shorter - start && file.text[file.text.length - 1 - kept] === text[text.length - 1 - kept]) kept++
  return { at: spanOf(file, start, file.text.length - kept), newText: text.slice(start, text.length - kept) }
}

function statedElsewhere(snapshot: Snapshot, { line }: Release): readonly string[] {
  const { declared } = snapshot
  const releases = [declared.release, ...[...declared.clusters.values(), ...declared.nodes.values()].map(each => each.release)]
  const inForetell = declared.file && releases.some(release => release && release.line !== line) ? [declared.file.path] : []
  const marked = [...snapshot.parsed.values()].filter(parsed => {
    const stated = parsed.kind === 'cassandra-yaml' ? statedByComment(parsed) : undefined
    return stated && stated.line !== line
  })
  return [...inForetell, ...marked.map(({ file }) => file.path)]
}

/** What was or would be changed, and what is left, as a page. */
export function migrationMarkdown(migration: ReleaseMigration): string {
  const { release, settled, files, left, statedElsewhere } = migration
  const lines = [`# Migrate to Cassandra ${release.line}`, '']
  lines.push(
    files === 0
      ? left.length === 0
        ? 'Nothing has to be changed.'
        : 'Nothing can safely be changed by itself.'
      : `${count(settled, 'finding')} settled in ${count(files, 'file')}.`,
    '',
  )
  if (statedElsewhere.length > 0)
    lines.push(`These files state another release; say ${release.line} there, too: ${statedElsewhere.map(cell).join(', ')}.`, '')
  lines.push(`## Left for a person: ${left.length}`, '')
  if (left.length === 0) lines.push(`Nothing: \`foretell check --cassandra ${release.line}\` has nothing to say of the settings.`)
  for (const { severity, rule, span, message } of left.slice(0, mostShown))
    lines.push(`- ${severity} ${cell(span.file.path)}:${positionAt(span.file, span.start).line + 1}: ${cell(message)} (${rule})`)
  if (left.length > mostShown) lines.push(`- … and ${left.length - mostShown} more: \`foretell check --cassandra ${release.line}\``)
  return `${lines.join('\n')}\n`
}

const mostShown = 30

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`

/** Names out of files are no Markdown. */
const cell = (text: string) => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|]/g, '\\$&')
