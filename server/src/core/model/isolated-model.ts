/** `--isolated`: each file judged as if it were alone in an empty folder. No clusters, no meshes; facts of other files are unknown. */
import type { Release } from '../catalog/release.ts'
import type { ParsedFile } from '../syntax/parsed-file.ts'
import { buildModel, emptyModelMemory, type Model, unstatedRelease } from './build-model.ts'
import type { Declared } from './declared.ts'
import { gatherKeyspaces } from './gather-keyspaces.ts'

export function isolatedModel(files: readonly ParsedFile[], declared: Declared, stated: Release | undefined): Model {
  const alone = files.map(file => buildModel([file], declared, stated, emptyModelMemory()))
  const release = stated ?? declared.release ?? unstatedRelease
  return {
    clusters: [],
    nodes: alone.flatMap(model => model.nodes),
    templates: alone.flatMap(model => model.templates),
    keyspaces: files.flatMap(file => (file.kind === 'cql' ? gatherKeyspaces([file], undefined, release) : [])),
    meshes: [],
    declared,
    release,
  }
}
