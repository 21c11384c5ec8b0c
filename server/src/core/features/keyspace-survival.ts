/**
 * What each consistency level of a keyspace waits for and what it survives at worst: any one node, any one rack, any one datacenter other than
 * the client's. Arithmetic over factors, nodes and racks; holds for every assignment of tokens. The simulator answers the finer questions.
 */
import { factorIn, type PlacedReplication, totalFactor } from '../analysis/cluster-shape.ts'
import { type ConsistencyLevel, clausesOf, quorumOf } from '../analysis/consistency-level.ts'
import { projectCluster, replicationView } from '../model/cluster-view.ts'
import type { Keyspace } from '../model/keyspace.ts'

/** `some keys`: it depends on where a key's replicas are. */
export type Verdict = 'survives' | 'fails' | 'some keys' | 'unknown' | 'does not apply'

export interface LevelSurvival {
  readonly level: ConsistencyLevel
  /** Of the client; null where every datacenter has the same answer. */
  readonly clientDatacenter: string | null
  /** `2 of 3 in dc1`; several for EACH_QUORUM. */
  readonly required: readonly {
    readonly datacenter: string | null
    readonly needed: number
    readonly of: number
    readonly placed: number
  }[]
  /** Replicas of a range that may be down; negative: the level can never be met. */
  readonly tolerated: number
  readonly node: Verdict
  readonly rack: Verdict
  readonly datacenter: Verdict
}

export interface KeyspaceSurvival {
  readonly replication: PlacedReplication
  /** Datacenters with replicas, then others of the cluster, by name. */
  readonly datacenters: readonly {
    readonly name: string
    readonly factor: number
    readonly nodes: number | undefined
    readonly racks: number | undefined
  }[]
  readonly levels: readonly LevelSurvival[]
  /** Facts that are missing, in an operator's words. */
  readonly unknown: readonly string[]
}

const shownLevels: readonly ConsistencyLevel[] = ['LOCAL_ONE', 'LOCAL_QUORUM', 'EACH_QUORUM', 'QUORUM', 'ALL', 'LOCAL_SERIAL', 'SERIAL']

/** What the keyspace's map means in its cluster; or why that cannot be told. */
function placedReplicationOf(keyspace: Keyspace): PlacedReplication | { readonly kind: 'cannot tell'; readonly why: string } {
  const replication = replicationView(keyspace)
  if (typeof replication === 'string') return { kind: 'cannot tell', why: replication }
  if (replication.kind === 'local')
    return { kind: 'cannot tell', why: 'LocalStrategy keeps data on each node alone; nothing is replicated' }
  if (replication.kind === 'unrecognised') return { kind: 'cannot tell', why: `how ${replication.name} places replicas is not known` }
  return replication
}

export function keyspaceSurvival(keyspace: Keyspace): KeyspaceSurvival | { readonly kind: 'cannot tell'; readonly why: string } {
  const replication = placedReplicationOf(keyspace)
  if (replication.kind === 'cannot tell') return replication
  const { cluster } = keyspace
  const known = cluster?.datacenters ?? []
  const named = replication.kind === 'simple' ? [] : [...replication.factors.keys()]
  const names = [...new Set([...named, ...known.map(datacenter => datacenter.name as string)])].sort()
  const unknown: string[] = []
  if (known.length === 0) unknown.push('no node of its cluster is described here, so racks and numbers of nodes are left out')
  else {
    if (cluster?.mayHaveNodesElsewhere) unknown.push('the cluster may have nodes that are not described here')
    if (cluster?.templates.length) unknown.push('templates stand for an unknown number of nodes')
    for (const node of cluster?.nodesWithoutDatacenter ?? []) unknown.push(`the datacenter of ${node.name} is not known`)
  }
  const complete = known.length > 0 && unknown.length === 0
  const places: readonly Place[] = names.map(name => {
    const datacenter = known.find(candidate => candidate.name === name)
    const nodes = datacenter?.nodes.length ?? (complete ? 0 : undefined)
    const configured = replication.kind === 'simple' ? undefined : factorIn(replication, name)
    const factor = configured ?? 0
    const racks = datacenter && !datacenter.racksUnknown ? datacenter.racks.map(rack => rack.nodes.length) : undefined
    return { name, factor, nodes, racks, placed: nodes === undefined || !complete ? factor : Math.min(factor, nodes) }
  })
  const electorateAlone = cluster !== undefined && projectCluster(cluster).view.paxos === 'v2'
  const clients = places.filter(place => (place.nodes ?? 1) > 0).map(place => place.name)
  return {
    replication,
    datacenters: places.map(({ name, factor, nodes, racks }) => ({ name, factor, nodes, racks: racks?.length })),
    levels:
      replication.kind === 'simple'
        ? simpleLevels(replication, places, electorateAlone)
        : topologyLevels(replication, places, clients, electorateAlone),
    unknown,
  }
}

interface Place {
  readonly name: string
  readonly factor: number
  readonly nodes: number | undefined
  /** Nodes of each rack. */
  readonly racks: readonly number[] | undefined
  /** Replicas of a range that really exist. */
  readonly placed: number
}

/** Paxos v1 asks the electorate and then reads at the ordinary level, whose need is never the smaller one. */
function afterElectorate(level: ConsistencyLevel): ConsistencyLevel {
  return level === 'SERIAL' ? 'QUORUM' : level === 'LOCAL_SERIAL' ? 'LOCAL_QUORUM' : level
}

function topologyLevels(
  replication: PlacedReplication,
  places: readonly Place[],
  clients: readonly string[],
  electorateAlone: boolean,
): readonly LevelSurvival[] {
  const placedAll = places.reduce((sum, place) => sum + place.placed, 0)
  const rows: LevelSurvival[] = []
  for (const level of shownLevels) {
    const local = level.startsWith('LOCAL_')
    for (const client of local ? clients : [null]) {
      const clauses = clausesOf(electorateAlone ? level : afterElectorate(level), replication, client ?? '').map(
        ({ datacenter, needed }) => {
          const place = datacenter === null ? undefined : places.find(candidate => candidate.name === datacenter)
          const placed = datacenter === null ? placedAll : (place?.placed ?? 0)
          const of = datacenter === null ? totalFactor(replication) : (place?.factor ?? 0)
          return { datacenter, needed: needed === 'majority of placed' ? quorumOf(placed) : needed, of, placed }
        },
      )
      const survives = (lostIn: (place: Place) => number | undefined): Verdict => {
        let verdict: Verdict = 'survives'
        for (const place of places) {
          const lost = lostIn(place)
          for (const clause of clauses) {
            if (clause.datacenter !== null && clause.datacenter !== place.name) continue
            if (lost === undefined) {
              if (clause.placed - Math.min(place.placed, clause.placed) < clause.needed) verdict = verdict === 'fails' ? 'fails' : 'unknown'
            } else if (clause.placed - lost < clause.needed) verdict = 'fails'
          }
        }
        return verdict
      }
      rows.push({
        level,
        clientDatacenter: client,
        required: clauses,
        tolerated: Math.min(...clauses.map(clause => clause.placed - clause.needed)),
        node: survives(place => Math.min(1, place.placed)),
        rack: survives(mostInOneRack),
        datacenter: places.length < 2 ? 'does not apply' : survives(place => (place.name === client ? 0 : place.placed)),
      })
    }
  }
  return rows
}

/** Replicas of one range that a rack may hold at most, for any tokens. */
function mostInOneRack(place: Place): number | undefined {
  if (place.placed === 0) return 0
  if (!place.racks || place.racks.length === 0) return undefined
  const racks = place.racks.length
  if (racks >= place.factor) return 1
  return Math.max(...place.racks.map(nodes => Math.min(nodes, place.placed - racks + 1)))
}

function simpleLevels(replication: PlacedReplication, places: readonly Place[], electorateAlone: boolean): readonly LevelSurvival[] {
  const factor = totalFactor(replication)
  const nodes =
    places.some(place => place.nodes === undefined) || places.length === 0 ? undefined : places.reduce((sum, p) => sum + p.nodes!, 0)
  const placed = nodes === undefined ? factor : Math.min(factor, nodes)
  const several = places.filter(place => (place.nodes ?? 0) > 0).length > 1
  return shownLevels
    .filter(level => level !== 'EACH_QUORUM')
    .map((level): LevelSurvival => {
      const local = level.startsWith('LOCAL_')
      const needed =
        level === 'ALL'
          ? factor
          : level === 'LOCAL_ONE'
            ? 1
            : level.endsWith('SERIAL') && electorateAlone
              ? quorumOf(placed)
              : quorumOf(factor)
      const left = (lost: number): Verdict =>
        placed - lost >= needed ? 'survives' : several || placed < (nodes ?? placed) ? 'some keys' : 'fails'
      const rackSizes = places.flatMap(place => place.racks ?? [])
      const datacenterSizes = places.map(place => place.nodes ?? 0)
      return {
        level,
        clientDatacenter: null,
        required: [{ datacenter: null, needed, of: factor, placed }],
        tolerated: placed - needed,
        node: local && several ? 'some keys' : left(1),
        rack: local && several ? 'some keys' : rackSizes.length === 0 ? 'unknown' : left(Math.min(placed, Math.max(...rackSizes))),
        datacenter: !several ? 'does not apply' : local ? 'some keys' : left(Math.min(placed, Math.max(...datacenterSizes))),
      }
    })
}
