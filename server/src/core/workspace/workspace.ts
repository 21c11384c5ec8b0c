/** The only mutable object of the core: files go in by `apply`, a snapshot comes out. An edit makes a new SourceFile; all else follows by identity. */
import type { Release } from '../catalog/release.ts'
import { buildModel, emptyModelMemory, type Model, type ModelMemory, unstatedRelease } from '../model/build-model.ts'
import { nothingDeclared, readForetellYaml } from '../model/foretell-yaml.ts'
import { isolatedModel } from '../model/isolated-model.ts'
import { tokenFilePaths } from '../model/node-tokens.ts'
import { matchesPattern } from '../model/path-pattern.ts'
import { parseForetellYaml } from '../syntax/cassandra-yaml.ts'
import { parseFile } from '../syntax/file-kind.ts'
import type { ParsedFile, ParsedForetellYaml } from '../syntax/parsed-file.ts'
import { memo } from '../text/memo.ts'
import { baseName, folderOf, type SourceFile } from '../text/source-file.ts'
import type { Finding } from './finding.ts'
import { findingsOfModel } from './run-rules.ts'
import type { Snapshot } from './snapshot.ts'

export interface WorkspaceOptions {
  /** From `--cassandra` or the editor's command; stands over everything. */
  readonly statedRelease?: Release
  /** From `--config`; stands in for the foretell.yaml of the workspace. */
  readonly foretellFile?: SourceFile
  /** Each file judged as if it were alone in an empty folder. */
  readonly isolated?: boolean
  /** `YYYY-MM-DD`, given by the host: suppressions expire by it. */
  readonly today?: string
  /** Paths that count although foretell.yaml excludes them: files named one by one. */
  readonly neverExcluded?: ReadonlySet<string>
}

export interface Change {
  readonly set?: readonly SourceFile[]
  /** Paths. */
  readonly remove?: readonly string[]
  /** Replaces all options. */
  readonly options?: WorkspaceOptions
}

export interface Workspace {
  apply(change: Change): void
  snapshot(): Snapshot
}

const undeclared = nothingDeclared()
/** Whatever a file that is given by `--config` is called. */
const parseConfig = memo(parseForetellYaml)

export function createWorkspace(initial: WorkspaceOptions = {}): Workspace {
  const files = new Map<string, SourceFile>()
  const parse = memo(parseFile)
  const declare = memo(readForetellYaml)
  const memory = emptyModelMemory()
  let options = initial
  let current: Snapshot | undefined
  return {
    apply(change) {
      for (const path of change.remove ?? []) files.delete(path)
      for (const file of change.set ?? []) files.set(file.path, file)
      if (change.options) options = change.options
      current = undefined
    },
    snapshot() {
      current ??= takeSnapshot([...files.values()], options, parse, declare, memory)
      return current
    },
  }
}

function takeSnapshot(
  files: readonly SourceFile[],
  options: WorkspaceOptions,
  parse: (file: SourceFile) => ParsedFile,
  declare: (parsed: ParsedForetellYaml) => ReturnType<typeof readForetellYaml>,
  memory: ModelMemory,
): Snapshot {
  const parsedFiles = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)).map(parse)
  const config = options.foretellFile ? parseConfig(options.foretellFile) : options.isolated ? undefined : nearestRoot(parsedFiles)
  const declared = config?.kind === 'foretell-yaml' ? declare(config) : undeclared
  const base = declared.file ? folderOf(declared.file.path) : ''
  const named = new Set(declared.exclude.length === 0 ? [] : tokenFilePaths(declared))
  const kept =
    declared.exclude.length === 0
      ? parsedFiles
      : parsedFiles.filter(
          parsed =>
            parsed === config ||
            options.neverExcluded?.has(parsed.file.path) ||
            named.has(parsed.file.path) ||
            !matchesPattern(parsed.file.path, declared.exclude, options.foretellFile ? '' : base),
        )
  const judged = config && !kept.includes(config) ? [...kept, config] : kept
  const model: Model = options.isolated
    ? isolatedModel(judged, declared, options.statedRelease)
    : buildModel(judged, declared, options.statedRelease, memory)
  const findings = findingsOfModel(model, judged, options)
  return {
    parsed: new Map(kept.map(parsed => [parsed.file.path, parsed])),
    clusters: model.clusters,
    nodes: model.nodes,
    templates: model.templates,
    keyspaces: model.keyspaces,
    meshes: model.meshes,
    declared,
    release: model.release ?? unstatedRelease,
    findings,
    findingsOf: byPath(findings),
  }
}

/** The foretell.yaml nearest to the root; of several at one depth the first in path order. */
function nearestRoot(files: readonly ParsedFile[]): ParsedFile | undefined {
  const depth = (file: ParsedFile) => file.file.path.split('/').length
  return files
    .filter(file => file.kind === 'foretell-yaml' && baseName(file.file.path) === 'foretell.yaml')
    .sort((a, b) => depth(a) - depth(b))[0]
}

function byPath(findings: readonly Finding[]): (path: string) => readonly Finding[] {
  let grouped: Map<string, Finding[]> | undefined
  return path => {
    if (!grouped) {
      grouped = new Map()
      for (const finding of findings) {
        const there = grouped.get(finding.span.file.path)
        if (there) there.push(finding)
        else grouped.set(finding.span.file.path, [finding])
      }
    }
    return grouped.get(path) ?? []
  }
}
