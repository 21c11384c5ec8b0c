/**
 * What holds for every assignment of tokens: how many replicas of any range a loss can take at least and at most, from racks alone.
 * With racks >= factor a rack holds at most one copy of a range (exactly one when equal). With fewer racks than R' = min(factor, nodes), a rack with n
 * nodes holds between max(1, R' - the other racks' nodes) and min(n, R' - racks + 1).
 */
import { type ClusterShape, factorIn, type PlacedReplication } from './cluster-shape.ts'
import type { Reasoned } from './loss-reasons.ts'
import { answerTo, type CoordinatorView, neededOf } from './request-answer.ts'
import type { Check } from './request-checks.ts'
import type { CoordinatorClass, Requirement } from './verdict-of-ranges.ts'

export interface Interval {
  readonly least: number
  readonly most: number
}

export interface BoundedVerdict {
  readonly verdict: 'survives' | 'fails'
  readonly required: readonly Requirement[]
  readonly dependsOnCoordinator: boolean
  readonly reasoned: Reasoned
}

/** Copies of any one range that the racks of a datacenter can hold, in the order of `racks`: `nodes` token owners each. */
export function copiesByRack(factor: number, racks: readonly number[]): readonly Interval[] {
  const nodes = racks.reduce((sum, each) => sum + each, 0)
  const copies = Math.min(factor, nodes)
  const filled = racks.filter(each => each > 0).length
  return racks.map(each => {
    if (each === 0 || copies <= 0) return { least: 0, most: 0 }
    if (filled >= copies) return { least: filled === copies ? 1 : 0, most: 1 }
    return { least: Math.max(1, copies - (nodes - each)), most: Math.min(each, copies - filled + 1) }
  })
}

/** Live copies of any one range in a datacenter whose racks have so many token owners, of which so many are alive. */
export function liveCopies(factor: number, racks: readonly { readonly nodes: number; readonly alive: number }[]): Interval {
  const bounds = copiesByRack(
    factor,
    racks.map(rack => rack.nodes),
  )
  const copies = Math.min(
    factor,
    racks.reduce((sum, rack) => sum + rack.nodes, 0),
  )
  return {
    least:
      copies -
      mostOf(
        copies,
        bounds,
        racks.map(rack => rack.nodes - rack.alive),
      ),
    most: mostOf(
      copies,
      bounds,
      racks.map(rack => rack.alive),
    ),
  }
}

/** The most copies that can lie on marked nodes: `marked` of each rack, within each rack's bounds. */
function mostOf(copies: number, bounds: readonly Interval[], marked: readonly number[]): number {
  let on = 0
  let left = copies
  bounds.forEach((bound, rack) => {
    on += Math.min(bound.least, marked[rack]!)
    left -= bound.least
  })
  bounds.forEach((bound, rack) => {
    const more = Math.min(left, Math.max(0, Math.min(bound.most, marked[rack]!) - bound.least))
    on += more
    left -= more
  })
  return on
}

/** `survives` or `fails` where every assignment of tokens agrees; undefined where it depends on the tokens. */
export function boundsOf(
  shape: ClusterShape,
  replication: PlacedReplication,
  groups: readonly CoordinatorClass[],
  checks: readonly Check[],
): BoundedVerdict | undefined {
  const possible = groups.map(group => ({ group, views: possibleViews(shape, replication, group) }))
  const answers = possible.map(({ group, views }) => ({ group, views, ok: views.map(view => answerTo(checks, view).kind === 'ok') }))
  const sure = answers.find(each => each.ok.every(Boolean))
  const never = answers.every(each => !each.ok.some(Boolean))
  if (!sure && !never) return undefined
  const shown = sure ?? answers[0]!
  const view = shown.views[0]!
  const failing = checks.find(check => answerTo([check], view).kind !== 'ok') ?? checks[checks.length - 1]!
  const local = shape.nodes[shown.group.coordinators[0]!]!.datacenter
  const required = requiredOf(failing, view, shown.group, local)
  const verdict = sure ? 'survives' : 'fails'
  return {
    verdict,
    required,
    dependsOnCoordinator: sure !== undefined && answers.some(each => !each.ok.some(Boolean)),
    reasoned: {
      kind: 'bounds',
      verdict,
      check: failing,
      required,
      most: requiredOf(failing, shown.views[shown.views.length - 1]!, shown.group, local),
    },
  }
}

function requiredOf(check: Check, view: CoordinatorView, group: CoordinatorClass, local: string): readonly Requirement[] {
  if (check.kind === 'batchlog') return [{ datacenter: local, needed: Math.min(2, view.localNodes), alive: view.localAlive }]
  if (check.kind === 'every node')
    return [{ datacenter: null, needed: group.reaches.length, alive: group.reaches.reduce((sum, yes) => sum + yes, 0) }]
  return check.clauses.map(clause => ({
    datacenter: clause.datacenter,
    needed: neededOf(clause.needed, view.placed(clause.datacenter)),
    alive: view.alive(clause.datacenter),
  }))
}

/** Views that some range under some assignment could give, from the worst on: with NetworkTopologyStrategy the worst and the best are enough. */
function possibleViews(shape: ClusterShape, replication: PlacedReplication, group: CoordinatorClass): readonly CoordinatorView[] {
  if (replication.kind === 'simple') return simpleViews(shape, replication.factor.all, replication.factor.transient, group)
  const live = shape.datacenters.map((name, datacenter) => {
    const racks = shape.racks.flatMap((rack, index) => (rack.datacenter === datacenter ? [index] : []))
    return liveCopies(
      factorIn(replication, name),
      racks.map(rack => ({
        nodes: shape.ownersOfRack[rack]!.length,
        alive: shape.ownersOfRack[rack]!.reduce((sum, node) => sum + group.reaches[node]!, 0),
      })),
    )
  })
  const placed = shape.datacenters.map((name, datacenter) =>
    Math.min(factorIn(replication, name), shape.ownersOfDatacenter[datacenter]!.length),
  )
  const transient = shape.datacenters.map(name => replication.factors.get(name)?.transient ?? 0)
  const pick = (values: readonly number[]) => (datacenter: string | null) =>
    datacenter === null ? values.reduce((sum, each) => sum + each, 0) : (values[shape.datacenters.indexOf(datacenter)] ?? 0)
  return (['least', 'most'] as const).map(end => ({
    alive: pick(live.map(each => each[end])),
    fullAlive: pick(
      live.map((each, d) => (end === 'least' ? Math.max(0, each.least - transient[d]!) : Math.min(each.most, placed[d]! - transient[d]!))),
    ),
    placed: pick(placed),
    localNodes: group.localNodes,
    localAlive: group.localAlive,
    everyNode: group.everyNode,
  }))
}

/** SimpleStrategy knows no racks or datacenters: any `copies` nodes may hold a range, so every split between the local datacenter and the rest may occur. */
function simpleViews(shape: ClusterShape, factor: number, transient: number, group: CoordinatorClass): readonly CoordinatorView[] {
  const local = shape.datacenterOf[group.coordinators[0]!]!
  let nodesElsewhere = 0
  let aliveElsewhere = 0
  shape.ownersOfDatacenter.forEach((owners, datacenter) => {
    if (datacenter === local) return
    nodesElsewhere += owners.length
    for (const node of owners) aliveElsewhere += group.reaches[node]!
  })
  const nodes = shape.ownersOfDatacenter[local]!.length
  const alive = group.localAlive
  const copies = Math.min(factor, nodes + nodesElsewhere)
  const views: { readonly view: CoordinatorView; readonly live: number }[] = []
  for (let here = Math.max(0, copies - nodesElsewhere); here <= Math.min(copies, nodes); here++) {
    const there = copies - here
    for (let liveHere = Math.max(0, here - (nodes - alive)); liveHere <= Math.min(here, alive); liveHere++) {
      for (
        let liveThere = Math.max(0, there - (nodesElsewhere - aliveElsewhere));
        liveThere <= Math.min(there, aliveElsewhere);
        liveThere++
      ) {
        const count = (datacenter: string | null) =>
          datacenter === null ? liveHere + liveThere : datacenter === shape.datacenters[local] ? liveHere : liveThere
        views.push({
          live: liveHere + liveThere,
          view: {
            alive: count,
            fullAlive: datacenter => Math.max(0, count(datacenter) - transient),
            placed: datacenter => (datacenter === null ? copies : datacenter === shape.datacenters[local] ? here : there),
            localNodes: group.localNodes,
            localAlive: group.localAlive,
            everyNode: group.everyNode,
          },
        })
      }
    }
  }
  return views.sort((a, b) => a.live - b.live).map(each => each.view)
}
