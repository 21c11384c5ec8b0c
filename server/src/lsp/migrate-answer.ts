/** Answers what it takes to move the workspace to another release. */
import { parseRelease, releaseLines } from '../core/catalog/release.ts'
import { migrationMarkdown, migrationTo } from '../core/features/release-migration.ts'
import { positionAt } from '../core/text/line-index.ts'
import type { Snapshot } from '../core/workspace/snapshot.ts'
import type { MigrateAnswer } from './custom-requests.ts'
import { toWorkspaceEdit, type UriOf } from './to-lsp.ts'

export const noMigration: MigrateAnswer = {
  problem: 'The migration failed; see the log of Foretell.',
  release: '',
  findings: 0,
  settled: 0,
  files: 0,
  left: { count: 0, first: [] },
  markdown: '',
}

export function migrate(snapshot: Snapshot, wanted: string, today: string, uriOf: UriOf): MigrateAnswer {
  const release = parseRelease(wanted)
  if (!release) return { ...noMigration, problem: `${wanted || 'Nothing'} is no release that is judged: ${releaseLines.join(', ')}.` }
  const migration = migrationTo(snapshot, release, today)
  const edit = migration.edits.length > 0 ? toWorkspaceEdit(migration.edits, uriOf) : undefined
  return {
    release: release.line,
    findings: migration.findings,
    settled: migration.settled,
    files: migration.files,
    ...(edit ? { edit } : {}),
    left: {
      count: migration.left.length,
      first: migration.left
        .slice(0, 3)
        .map(({ span, message }) => `${span.file.path}:${positionAt(span.file, span.start).line + 1}: ${message}`),
    },
    markdown: migrationMarkdown(migration),
  }
}
