/** The files of one node, gathered but not yet understood. */
import type { ParsedCompose } from '../syntax/compose.ts'
import type { ParsedEnvironmentScript, ParsedJvmOptions } from '../syntax/jvm-options.ts'
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import type { ParsedProperties } from '../syntax/properties.ts'
import type { ParsedWireGuard } from '../syntax/wireguard-file.ts'
import { baseName, folderOf, type SourceFile } from '../text/source-file.ts'
import type { DeclaredNode } from './declared.ts'

export interface NodeDraft {
  name: string
  /** The nearest ancestor folder with a telling name; empty at the root. */
  readonly home: string
  readonly counted: boolean
  readonly yaml: ParsedCassandraYaml | undefined
  readonly yamlIsShared: boolean
  rackdc: ParsedProperties | undefined
  topology: ParsedProperties | undefined
  readonly jvmOptions: ParsedJvmOptions[]
  environmentScript: ParsedEnvironmentScript | undefined
  readonly wireguard: ParsedWireGuard[]
  /** The nearest compose file in its folder or above that runs a Cassandra image. */
  compose: ParsedCompose | undefined
  /** What foretell.yaml names as its tokens; undefined also when that cannot be read. */
  tokenFile: SourceFile | undefined
  /** With the Java that is declared for all, where the node has none of its own. */
  declared: DeclaredNode
}

export type SideFile = ParsedProperties | ParsedJvmOptions | ParsedEnvironmentScript | ParsedWireGuard

const untellingFolders = new Set(['conf', 'config', 'etc', 'cassandra', 'wireguard'])

/** The nearest ancestor folder that is not called conf, config, etc, cassandra or wireguard; empty when there is none. */
export function homeOf(path: string): string {
  let folder = folderOf(path)
  while (folder !== '' && untellingFolders.has(baseName(folder).toLowerCase())) folder = folderOf(folder)
  return folder
}

/** The host that a file's name tells: `cassandra-db1.yaml`, `db1.cassandra.yaml`, `db1-rackdc.properties` → `db1`. */
export function hostInFileName(path: string): string | undefined {
  const stem = baseName(path)
    .replace(/\.(?:j2|erb|epp|tmpl|tpl|template)$/i, '')
    .replace(/\.[^.]*$/, '')
  const rest = stem
    .replace(/(?:^|[-_.])cassandra(?=$|[-_.])/i, '')
    .replace(/(?:^|[-_.])(?:rackdc|topology)(?=$|[-_.])/i, '')
    .replace(/^[-_.]+|[-_.]+$/g, '')
  return rest === '' || /^(?:latest|env|server)$/i.test(rest) ? undefined : rest
}

/** Gives a side file to a node. Of two of one kind the one nearer to the node's yaml counts. */
export function giveFile(draft: NodeDraft, file: SideFile): void {
  const nearer = (old: { file: { path: string } } | undefined) => !old || file.file.path.length < old.file.path.length
  switch (file.kind) {
    case 'rackdc':
      if (nearer(draft.rackdc)) draft.rackdc = file
      break
    case 'topology':
      if (nearer(draft.topology)) draft.topology = file
      break
    case 'jvm-options':
      draft.jvmOptions.push(file)
      break
    case 'cassandra-env':
      if (nearer(draft.environmentScript)) draft.environmentScript = file
      break
    case 'wireguard':
      draft.wireguard.push(file)
      break
  }
}
