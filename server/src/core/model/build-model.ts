/** Parsed files become nodes, clusters, keyspaces and meshes. What did not change stays the same object. */
import { newestStableLine, type Release, releaseLines } from '../catalog/release.ts'
import type { ParsedCompose } from '../syntax/compose.ts'
import type { ParsedCql } from '../syntax/cql-file.ts'
import type { ParsedCassandraYaml, ParsedFile } from '../syntax/parsed-file.ts'
import type { ParsedWireGuard } from '../syntax/wireguard-file.ts'
import { knownValue } from '../text/fact.ts'
import { memo } from '../text/memo.ts'
import { baseName, folderOf, isInFolder } from '../text/source-file.ts'
import { assembleCluster, clustersOfFile, nameClusters } from './assemble-cluster.ts'
import { buildMeshes } from './build-mesh.ts'
import type { Cluster } from './cluster.ts'
import type { Declared } from './declared.ts'
import { gatherClusters } from './gather-clusters.ts'
import { gatherKeyspaces } from './gather-keyspaces.ts'
import { distinguishNames, gatherNodes } from './gather-nodes.ts'
import type { Keyspace } from './keyspace.ts'
import type { Mesh } from './mesh.ts'
import { createRecall, type Recall } from './model-memory.ts'
import type { Node } from './node.ts'
import type { NodeDraft } from './node-draft.ts'
import { nodeOfDraft, serviceOf } from './node-facts.ts'
import { inferRelease, narrowRelease } from './settings/infer-release.ts'
import { tieWireGuardByAddress } from './wireguard-addresses.ts'

export interface Model {
  readonly clusters: readonly Cluster[]
  /** Counted nodes of all clusters, in path order. */
  readonly nodes: readonly Node[]
  /** Templates and alternatives: judged file by file, never counted. */
  readonly templates: readonly Node[]
  readonly keyspaces: readonly Keyspace[]
  readonly meshes: readonly Mesh[]
  readonly declared: Declared
  /** Of files that belong to no node. */
  readonly release: Release
}

export interface ModelMemory {
  readonly nodes: Recall<Node>
  readonly clusters: Recall<Cluster>
  readonly meshes: Recall<readonly Mesh[]>
}

export function emptyModelMemory(): ModelMemory {
  return { nodes: createRecall(), clusters: createRecall(), meshes: createRecall() }
}

/** When nothing says more: any line, shown as the newest stable. */
export const unstatedRelease: Release = { stated: false, line: newestStableLine, candidates: releaseLines }

/** The model of a workspace. `stated` stands over every other word on the release. */
export function buildModel(files: readonly ParsedFile[], declared: Declared, stated: Release | undefined, memory: ModelMemory): Model {
  const { drafts, unowned } = gatherNodes(files, declared)
  tieWireGuardByAddress(drafts, unowned)
  nameUnnamed(drafts)
  distinguishNames(drafts.filter(draft => draft.counted))

  const draftOf = new Map<Node, NodeDraft>()
  const nodeOf = (draft: NodeDraft, release: Release): Node => {
    const node = memory.nodes.recall(nodeKey(draft, release), nodeInputs(draft), () => nodeOfDraft(draft, release))
    draftOf.set(node, draft)
    return node
  }
  const provisional = drafts.map(draft => nodeOf(draft, releaseOfDraft(draft, declared, stated)))
  const parts = gatherClusters(
    provisional.filter(node => node.counted),
    node => {
      const draft = draftOf.get(node)
      return draft && serviceOf(draft) ? draft.compose : undefined
    },
  )
  const names = nameClusters(parts)
  const settled = parts.map((part, i) => {
    const said = stated ?? declared.clusters.get(names[i]!)?.release ?? declared.release
    const release = said ?? narrowRelease(part.map(node => node.release)) ?? unstatedRelease
    return part.map(node => nodeOf(draftOf.get(node)!, node.declared.release ?? (node.release.stated ? node.release : release)))
  })
  const nodes = settled.flat()
  const templates = provisional.filter(node => !node.counted)

  const ends = files.filter((file): file is ParsedWireGuard => file.kind === 'wireguard')
  const meshes = memory.meshes.recall('meshes', [declared, ...ends, ...nodes], () => buildMeshes(ends, nodes, declared))

  const rest = stated ?? declared.release ?? unstatedRelease
  const schemas = files.filter((file): file is ParsedCql => file.kind === 'cql')
  const composes = files.filter((file): file is ParsedCompose => file.kind === 'compose' && file.runsCassandra)
  const schemasOf = new Map<number, ParsedCql[]>()
  const homeless: ParsedCql[] = []
  for (const schema of schemas) {
    const homes = settled.length > 1 && runsElsewhere(schema, composes, nodes) ? [] : clustersOfFile(schema, settled)
    if (homes.length === 0) homeless.push(schema)
    for (const home of homes) schemasOf.set(home, [...(schemasOf.get(home) ?? []), schema])
  }
  const clusters = settled.map((part, i) => {
    const mine = schemasOf.get(i) ?? []
    const own = settled.length === 1 ? templates : templates.filter(template => clustersOfFile(template.yaml, settled).includes(i))
    const inputs = [...part, 'templates', ...own, 'schemas', ...mine, meshes, declared, settled.length]
    return memory.clusters.recall(names[i]!, inputs, () =>
      assembleCluster({ name: names[i]!, nodes: part, templates: own, schemas: mine, meshes, declared, isOnlyOne: settled.length === 1 }),
    )
  })
  const keyspaces = [...clusters.flatMap(cluster => cluster.keyspaces), ...gatherKeyspaces(homeless, undefined, rest)]
  memory.nodes.settle()
  memory.clusters.settle()
  memory.meshes.settle()
  return { clusters, nodes, templates, keyspaces, meshes, declared, release: rest }
}

/** Where there are several clusters: a compose file beside or above a schema, below the root, runs a Cassandra of its own that none of the nodes is: the schema is for that one. */
function runsElsewhere(schema: ParsedCql, composes: readonly ParsedCompose[], nodes: readonly Node[]): boolean {
  return composes.some(({ file }) => {
    const folder = folderOf(file.path)
    if (folder === '' || !isInFolder(schema.file.path, folder)) return false
    return !nodes.some(node => node.files.some(({ path }) => isInFolder(path, folder)))
  })
}

/** By address, else by the yaml's folder or name. */
function nameUnnamed(drafts: readonly NodeDraft[]): void {
  for (const draft of drafts) {
    if (draft.name !== '') continue
    const { addresses } = nodeOfDraft(draft, unstatedRelease)
    const path = draft.yaml?.file.path ?? ''
    draft.name = knownValue(addresses.effectiveBroadcast) ?? knownValue(addresses.listen) ?? (baseName(folderOf(path)) || 'node')
  }
}

function releaseOfDraft(draft: NodeDraft, declared: Declared, stated: Release | undefined): Release {
  return stated ?? draft.declared.release ?? declared.release ?? inferredRelease(draft)
}

const inferredReleases = memo((_yaml: ParsedCassandraYaml) => new Map<string, Release>())

/** The same object for the same files. */
function inferredRelease({ yaml, jvmOptions }: NodeDraft): Release {
  const paths = jvmOptions.map(file => file.file.path)
  if (!yaml) return inferRelease(undefined, paths)
  const answers = inferredReleases(yaml)
  const question = paths.join('\n')
  let release = answers.get(question)
  if (!release) {
    release = inferRelease(yaml, paths)
    answers.set(question, release)
  }
  return release
}

const releaseText = memo((release: Release) => JSON.stringify(release))

function nodeKey(draft: NodeDraft, release: Release): string {
  return `${draft.name} ${draft.yaml?.file.path ?? ''} ${draft.rackdc?.file.path ?? ''} ${releaseText(release)}`
}

function nodeInputs(draft: NodeDraft): readonly unknown[] {
  return [
    draft.declared,
    draft.yaml,
    draft.rackdc,
    draft.topology,
    draft.environmentScript,
    draft.compose,
    draft.counted,
    draft.yamlIsShared,
    draft.tokenFile,
    ...draft.jvmOptions,
    'wireguard',
    ...draft.wireguard,
  ]
}
