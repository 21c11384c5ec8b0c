/** One consistent view of a workspace: what was parsed, what it means, what the rules found. Immutable. */

import type { Release } from '../catalog/release.ts'
import type { Cluster } from '../model/cluster.ts'
import type { Declared } from '../model/declared.ts'
import type { Keyspace } from '../model/keyspace.ts'
import type { Mesh } from '../model/mesh.ts'
import type { Node } from '../model/node.ts'
import type { ParsedFile } from '../syntax/parsed-file.ts'
import type { Finding } from './finding.ts'

export interface Snapshot {
  /** By path; excluded files are left out. */
  readonly parsed: ReadonlyMap<string, ParsedFile>
  readonly clusters: readonly Cluster[]
  /** Counted nodes, in path order. */
  readonly nodes: readonly Node[]
  readonly templates: readonly Node[]
  readonly keyspaces: readonly Keyspace[]
  readonly meshes: readonly Mesh[]
  readonly declared: Declared
  /** The release of files that belong to no node. */
  readonly release: Release
  /** Sorted by file, position, rule; what is suppressed is left out. */
  readonly findings: readonly Finding[]
  findingsOf(path: string): readonly Finding[]
}
