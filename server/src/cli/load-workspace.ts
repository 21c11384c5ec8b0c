/** Files, options and foretell.yaml → a snapshot: what every command that reads a workspace begins with. */
import type { Release } from '../core/catalog/release.ts'
import type { Cluster } from '../core/model/cluster.ts'
import { folderOf, joinPath, type SourceFile } from '../core/text/source-file.ts'
import { declaredBy, isExcludedBy, tokenFilePaths } from '../core/workspace/declared-file.ts'
import type { Snapshot } from '../core/workspace/snapshot.ts'
import { createWorkspace, type WorkspaceOptions } from '../core/workspace/workspace.ts'
import { releaseOption } from './arguments.ts'
import { type Host, isUnopened } from './host.ts'
import { UsageError, unknownName } from './usage.ts'

export interface WorkspaceRequest {
  readonly paths: readonly string[]
  readonly cassandra: string | undefined
  readonly config: string | undefined
  readonly isolated?: boolean
  /** Stands over the file of the same path. */
  readonly overlay?: SourceFile
  /** `--baseline`: known findings are not shown. */
  readonly withoutBaseline?: boolean
}

export interface LoadedWorkspace {
  readonly snapshot: Snapshot
  /** Folder that paths are relative to, itself relative to the working directory; empty when it is that. */
  readonly root: string
  readonly options: WorkspaceOptions
  readonly files: readonly SourceFile[]
  /** Something on the way could not be opened: said already, and the exit status is 2. */
  readonly incomplete: boolean
  /** The snapshot after some files got another text. */
  withFiles(changed: readonly SourceFile[]): Snapshot
}

/** Reads and judges a workspace. Throws UsageError for what was named and cannot be opened. */
export function loadWorkspace(request: WorkspaceRequest, host: Host): LoadedWorkspace {
  const release: Release | undefined = releaseOption(request.cassandra)
  const isolated = request.isolated === true
  const paths = request.paths.length === 0 && !(isolated && request.overlay) ? ['.'] : request.paths
  const stated = request.config === undefined ? undefined : openConfig(request.config, host)
  const above = stated || isolated ? undefined : paths.map(path => host.findForetellFileAbove(path)).find(found => found !== undefined)
  // A foretell.yaml above the working directory speaks of paths from its own folder on; all else is relative to the working directory.
  const root = above && /^\.\.(?:\/\.\.)*$/.test(above.root) ? above.root : ''
  const configPath = above && host.pathFrom(root, above.root === '' ? above.name : `${above.root}/${above.name}`)
  const config = configPath === undefined ? undefined : host.readFile(root, configPath)
  const found = config && !isUnopened(config) ? config : undefined
  const declared = (stated ?? found) && declaredBy((stated ?? found)!)
  const base = found ? folderOf(found.path) : ''
  const read = host.readPaths(root, paths, path => declared !== undefined && isExcludedBy(declared, base, path))
  const namedMissing = read.unopened.filter(({ path }) => request.paths.includes(path))
  if (namedMissing.length > 0) throw new UsageError(namedMissing.map(({ path, why }) => `${path}: ${why}`).join('\n'))
  for (const { path, why } of read.unopened) host.complain(`foretell: ${path}: ${why}\n`)
  for (const { path, why } of read.tooBig) host.complain(`foretell: ${path} is not read: ${why}\n`)

  const files = new Map(read.files.map(file => [file.path, file]))
  if (found && !files.has(found.path)) files.set(found.path, found)
  if (request.overlay) {
    const path = host.pathFrom(root, request.overlay.path)
    files.set(path, { path, text: request.overlay.text })
  }
  const baseline = request.withoutBaseline ? undefined : declared?.baseline
  for (const path of declared ? [...tokenFilePaths(declared), ...(baseline === undefined ? [] : [joinPath(base, baseline)])] : []) {
    const file = files.has(path) ? undefined : host.readFile(root, path)
    if (file && !isUnopened(file)) files.set(path, file)
  }
  const options: WorkspaceOptions = {
    today: host.today(),
    isolated,
    ...(release ? { statedRelease: release } : {}),
    ...(stated ? { foretellFile: stated } : {}),
    ...(read.named.size > 0 ? { neverExcluded: read.named } : {}),
  }
  const workspace = createWorkspace(options)
  workspace.apply({ set: [...files.values()] })
  return {
    snapshot: workspace.snapshot(),
    root,
    options,
    files: [...files.values()],
    incomplete: read.unopened.length > 0,
    withFiles(changed) {
      workspace.apply({ set: changed })
      return workspace.snapshot()
    },
  }
}

function openConfig(path: string, host: Host): SourceFile {
  const read = host.readFile('', path)
  if (isUnopened(read)) throw new UsageError(`--config ${path}: ${read.why}`)
  return read
}

/** JSON of a report in which `file` is a path of the workspace: shown relative to the working directory. */
export function jsonWithShownPaths(report: unknown, shownPath: (path: string) => string): string {
  return JSON.stringify(report, (key, value) => (key === 'file' && typeof value === 'string' ? shownPath(value) : value), 2)
}

/** The clusters that `--cluster` leaves: all without it. */
export function clustersNamed(snapshot: Snapshot, name: string | undefined): readonly Cluster[] {
  if (name === undefined) return snapshot.clusters
  const chosen = snapshot.clusters.filter(cluster => cluster.name === name)
  if (chosen.length === 0)
    throw unknownName(
      'cluster',
      name,
      snapshot.clusters.map(cluster => cluster.name),
    )
  return chosen
}
