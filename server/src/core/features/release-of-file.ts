/** The release that a cassandra.yaml is judged as: its node's, else the workspace's. */
import type { Release } from '../catalog/release.ts'
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import type { Snapshot } from '../workspace/snapshot.ts'

export function releaseOfYaml(snapshot: Snapshot, yaml: ParsedCassandraYaml): Release {
  const node = snapshot.nodes.find(each => each.yaml === yaml) ?? snapshot.templates.find(each => each.yaml === yaml)
  return node?.release ?? snapshot.release
}
