/**
 * Fatal sets of tunnels in meshes where every coordinator has tunnels of its own: too many to search for, but they add up.
 */
import type { ClusterShape } from './cluster-shape.ts'
import { cuttersOf, deepest, type Member, type Pattern, searchSets, touches } from './fatal-path-search.ts'
import { route } from './reachability.ts'
import { neededOf } from './request-answer.ts'
import type { ReplicaCheck } from './request-checks.ts'
import type { RouteClasses } from './route-classes.ts'
import type { FatalSets } from './unit-rows.ts'

/**
 * More tunnels than are searched for: every coordinator must lose its own. The sum over coordinators that are no replicas, of which each has tunnels
 * that no other uses, and over the replicas among themselves. Exact where no tunnel serves several coordinators.
 */
export function manyTunnels(
  shape: ClusterShape,
  classes: RouteClasses,
  patterns: readonly Pattern[],
  client: string,
  checks: readonly ReplicaCheck[],
): FatalSets {
  let best = Number.POSITIVE_INFINITY
  let exact = true
  const index = shape.datacenters.indexOf(client)
  const nodes = shape.nodesOfDatacenter[index]!
  for (const { members } of patterns) {
    const own = new Set(members.map(member => member.node))
    const local = nodes.filter(node => own.has(node))
    let total = meshCost(shape, classes, members, local, checks)
    if (total === undefined) {
      const joint = local.length === 0 ? { size: 0, stopped: false, sets: [[]] } : searchSets(shape, classes, members, local.map(node => ({ node, many: false })), client, checks, 'tunnels', 12) // biome-ignore format: one call
      if (joint.stopped) exact = false
      total = joint.sets.length > 0 || joint.stopped ? joint.size : Number.POSITIVE_INFINITY
    }
    for (const number of new Set(nodes.map(node => classes.classOf[node]!))) {
      const rest = classes.members[number]!.filter(node => !own.has(node))
      if (rest.length === 0 || total === Number.POSITIVE_INFINITY) continue
      const alone = meshCost(shape, classes, members, [rest[0]!], checks)
      if (alone !== undefined) {
        total += alone * rest.length
        continue
      }
      const one = searchSets(shape, classes, members, [{ node: rest[0]!, many: false }], client, checks, 'tunnels', 12)
      if (one.stopped) exact = false
      total += one.sets.length > 0 || one.stopped ? one.size * rest.length : Number.POSITIVE_INFINITY
      if (
        members.some(({ node }) => cuttersOf(classes, () => -1, 'tunnels', rest[0]!, node)?.some(key => !touches(classes, key, rest[0]!)))
      )
        exact = false
    }
    best = Math.min(best, total)
  }
  if (best === Number.POSITIVE_INFINITY) return { size: null, count: 0, sets: [], basis: 'exact' }
  if (best === 0) return { size: 0, count: 1, sets: [[]], basis: 'exact' }
  // A sum over private tunnels is no lower bound where tunnels are shared: what is sure is what the search went through.
  return exact
    ? { size: best, count: null, sets: [], basis: 'exact' }
    : { size: Math.min(best, deepest + 1), count: null, sets: [], basis: 'bounds' }
}

/** The tunnels that the replicas of the client's datacenter must lose among all replicas, where each pair has its own; undefined where not so. */
function meshCost(
  shape: ClusterShape,
  { network, classOf }: RouteClasses,
  members: readonly Member[],
  local: readonly number[],
  checks: readonly ReplicaCheck[],
): number | undefined {
  const size = classOf.length
  for (const a of local)
    for (const { node: b } of members)
      if (a !== b && (network.routes[a * size + b] !== route.tunnel || network.routes[b * size + a] !== route.tunnel)) return undefined
  if (local.length === 0) return 0
  let best = Number.POSITIVE_INFINITY
  for (const check of checks) {
    for (const clause of check.clauses) {
      const scope = members.filter(({ node }) => clause.datacenter === null || shape.nodes[node]!.datacenter === clause.datacenter)
      const within = local.filter(node => scope.some(member => member.node === node)).length
      const needed = neededOf(clause.needed, scope.length)
      const cut = scope.length - needed + 1
      if (cut <= 0) return 0
      if (needed < 1 || (within > 0 && needed < 2)) continue
      const outside = (local.length - within) * cut
      const shared = cut >= within - 1 ? (within * (within - 1)) / 2 + within * (cut - within + 1) : Math.ceil((within * cut) / 2)
      best = Math.min(best, outside + (within > 0 ? shared : 0))
    }
  }
  return best
}
