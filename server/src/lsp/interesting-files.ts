/**
 * Which names are worth reading in a folder: those that a configuration of Cassandra or WireGuard may have. What a file really is, its
 * content says (syntax); this only keeps the server from reading a whole repository.
 */
import { withoutTemplateSuffix } from '../core/text/placeholder.ts'
import { baseName } from '../core/text/source-file.ts'

const names =
  /^(?:.*cassandra.*\.ya?ml|.*cassandra-env.*\.sh|.*rackdc.*\.properties|.*topology.*\.properties|.*\.conf|.*\.cql|.*\.cqlsh|jvm.*\.options|\.?foretell\.ya?ml|(?:docker-)?compose.*\.ya?ml)$/i

/** Folders that hold no configuration of the operator. */
export const skippedFolders: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', 'node_modules', '.terraform', '.venv', '__pycache__'])

export function mayMatter(path: string): boolean {
  if (path.split('/').some(segment => skippedFolders.has(segment))) return false
  return names.test(withoutTemplateSuffix(baseName(path)))
}

/** The same as a glob for clients that look for files themselves; wider where a glob cannot say it. */
export const interestingGlob =
  '**/{*cassandra*,*rackdc*,*topology*.properties*,*.conf,*.conf.*,*.cql,*.cql.*,*.cqlsh,jvm*.options,jvm*.options.*,foretell.y*ml,.foretell.y*ml,*compose*.y*ml}'

/** Files bigger than this are no configuration. In bytes. */
export const biggestFile = 64 * 1024 * 1024
