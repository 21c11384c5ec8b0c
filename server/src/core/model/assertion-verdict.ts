/** Whether a promise holds in a cluster: by the analysis, with the smallest counterexample, or with the fact that is missing. */
import { type PlacedReplication, replicationKey } from '../analysis/cluster-shape.ts'
import { type ConsistencyLevel, isLocal } from '../analysis/consistency-level.ts'
import { type Outcome, simulateLoss } from '../analysis/failure-simulation.ts'
import { becauseOf } from '../analysis/loss-reasons.ts'
import { type LossUnit, lossOf } from '../analysis/reachability.ts'
import { checksOf } from '../analysis/request-checks.ts'
import { fatalAlone, shortageText } from '../analysis/single-loss.ts'
import { type ResilienceRow, resilienceRows, type UnitKind } from '../analysis/smallest-fatal-set.ts'
import { boundsOf } from '../analysis/token-free-bounds.ts'
import { memo } from '../text/memo.ts'
import type { AssertedLoss, AssertedUnit, Assertion } from './assertion.ts'
import { judgeReach } from './assertion-reach.ts'
import { type AssertionVerdict, existsIn, holds, lossUnit, missingOf, namedIn, undecidable } from './assertion-things.ts'
import { type Cluster, isComplete } from './cluster.ts'
import { type ClusterProjection, projectCluster } from './cluster-view.ts'
import type { Keyspace } from './keyspace.ts'
import { isRefused, placedReplication, workloadsOf } from './workload.ts'
import { coordinatorsAfter, fatalCuts } from './workload-cuts.ts'
import { checksOfUse, isMissing, lossQuestion } from './workload-losses.ts'

const verdictsOf: (cluster: Cluster) => Map<string, AssertionVerdict> = memo(() => new Map())

/** Remembered by cluster and by what the promise says. */
export function judgeAssertion(cluster: Cluster, assertion: Exclude<Assertion, { readonly kind: 'unreadable' }>): AssertionVerdict {
  const known = verdictsOf(cluster)
  const key = JSON.stringify(assertion, (name, value) => (name === 'span' ? undefined : value))
  let verdict = known.get(key)
  if (!verdict) {
    verdict = judge(cluster, assertion)
    known.set(key, verdict)
  }
  return verdict
}

function judge(cluster: Cluster, assertion: Exclude<Assertion, { readonly kind: 'unreadable' }>): AssertionVerdict {
  const unnamed = namedIn(assertion).some(thing => existsIn(cluster, thing.unit, thing.name) !== 'yes')
  if (unnamed) return { kind: 'elsewhere' }
  if (assertion.kind === 'reaches') return judgeReach(cluster, assertion)
  const keyspaces = assertion.keyspace
    ? cluster.keyspaces.filter(({ name }) => name === assertion.keyspace!.value)
    : cluster.keyspaces.filter(({ isSystem, replication }) => !isSystem && replication.kind !== 'local')
  return worst(keyspaces.map(keyspace => judgeKeyspace(cluster, keyspace, assertion)))
}

/** The smallest counterexample, else what is undecidable. */
function worst(verdicts: readonly AssertionVerdict[]): AssertionVerdict {
  let failed: Extract<AssertionVerdict, { kind: 'failed' }> | undefined
  for (const verdict of verdicts) if (verdict.kind === 'failed' && (!failed || verdict.size < failed.size)) failed = verdict
  return failed ?? verdicts.find(({ kind }) => kind === 'undecidable') ?? holds
}

// What keyspaces survive

interface Asked {
  readonly level: ConsistencyLevel
  readonly operation: 'read' | 'write'
  readonly client: string
  /** Where clients go when their own datacenter is lost. */
  readonly failover: readonly string[]
}

function judgeKeyspace(cluster: Cluster, keyspace: Keyspace, assertion: Extract<Assertion, { kind: 'survives' }>): AssertionVerdict {
  const replication = placedReplication(keyspace)
  if (!replication) return undecidable(`the replication of ${keyspace.name} is not known`)
  const asked = askedOf(cluster, keyspace, replication, assertion)
  if (typeof asked === 'string') return undecidable(asked)
  const { loss } = assertion
  const judged = asked.map(each => {
    const verdict =
      loss.kind === 'any' ? survivesAny(cluster, keyspace, replication, each, loss) : survivesNamed(cluster, keyspace, each, asked, loss)
    return verdict.kind === 'failed' ? { ...verdict, keyspace: keyspace.name as string } : verdict
  })
  return worst(judged)
}

/** Requests that a promise is about; a text says why that is not known. */
function askedOf(
  cluster: Cluster,
  keyspace: Keyspace,
  replication: PlacedReplication,
  assertion: Extract<Assertion, { kind: 'survives' }>,
): readonly Asked[] | string {
  const asked: Asked[] = []
  const from = assertion.from.map(({ value }) => value)
  const wanted = (operation: 'read' | 'write') => assertion.operation === undefined || assertion.operation === operation
  const holders = cluster.datacenters
    .map(({ name }) => name as string)
    .filter(name => replication.kind === 'simple' || (replication.factors.get(name)?.all ?? 0) > 0)
  for (const workload of workloadsOf(keyspace)) {
    const declared = workload.clients.filter(name => !isMissing(cluster, name))
    const failover = workload.failover.filter(name => !isMissing(cluster, name))
    const uses = assertion.level ? [{ level: assertion.level, kinds: ['read', 'write'] as const }] : workload.uses
    for (const { level, kinds } of uses) {
      if (from.length === 0 && declared.length === 0 && isLocal(level))
        return `foretell.yaml does not say in which datacenter the clients of ${keyspace.name} are`
      const clients = from.length > 0 ? from : declared.length > 0 ? declared : holders
      const serialOnly = !(kinds as readonly string[]).some(kind => kind !== 'serial')
      for (const operation of ['read', 'write'] as const) {
        if (!wanted(operation) || isRefused(operation, level)) continue
        if (!(kinds as readonly string[]).includes(operation) && !(serialOnly && operation === 'read')) continue
        for (const client of clients) asked.push({ level, operation, client, failover })
      }
    }
    if (assertion.level && from.length > 0) break
  }
  if (asked.length === 0) return `no workload of ${keyspace.name} is known`
  return asked.filter(
    (each, i) =>
      asked.findIndex(other => other.level === each.level && other.operation === each.operation && other.client === each.client) === i,
  )
}

const kinds: { readonly [U in AssertedUnit]: UnitKind } = {
  node: 'nodes',
  rack: 'racks',
  datacenter: 'datacenters',
  tunnel: 'tunnels',
  gateway: 'gateways',
}

/** By replication, operation, level and client datacenter. */
const rowsOf: (cluster: Cluster) => Map<string, ResilienceRow | undefined> = memo(() => new Map())

function survivesAny(
  cluster: Cluster,
  keyspace: Keyspace,
  replication: PlacedReplication,
  { level, operation, client, failover }: Asked,
  { number, unit }: Extract<AssertedLoss, { kind: 'any' }>,
): AssertionVerdict {
  const projection = projectCluster(cluster)
  const { view } = projection
  const what = `${operation}s of ${keyspace.name} at ${level} from ${client}`
  const fail = (size: number, because: string): AssertionVerdict => ({
    kind: 'failed',
    size,
    because: `${what}: ${because}`,
    datacenters: [client],
  })
  if ((unit === 'tunnel' || unit === 'gateway') && !projection.network) return undecidable('no WireGuard file of the cluster is here')
  const rows = rowsOf(cluster)
  const key = `${replicationKey(replication)} ${operation} ${level} ${client}`
  if (!rows.has(key))
    rows.set(
      key,
      resilienceRows(view, [{ name: keyspace.name, replication }], {
        operations: [operation],
        levels: [level],
        clientDatacenters: [client],
      })[0],
    )
  const row = rows.get(key)
  if (!row) return undecidable(`no node of ${client} is here`)
  const fatal = row.smallestFatal[kinds[unit]]
  const isWhole = isComplete(cluster) && (unit !== 'rack' || !cluster.datacenters.some(({ racksUnknown }) => racksUnknown))
  const alone = () => {
    const use = { level, kinds: [operation], span: undefined }
    const question = lossQuestion(cluster, replication, checksOfUse(cluster, replication, use, client), client)
    if (unit === 'tunnel' || unit === 'gateway') return fatalCuts(cluster, replication, question.checks, client, unit)[0]
    return fatalAlone(question, unit).find(({ certainty }) => certainty !== 'possible')
  }
  if (isWhole && fatal.size !== null && fatal.size <= number && fatal.basis === 'exact') {
    const set = fatal.sets[0]
    if (fatal.size === 0)
      return fail(0, `${reasonFor(projection, keyspace, replication, level, operation, client, []) ?? 'they fail with nothing lost'}`)
    const things = set ? set.map(name => lossUnit(unit, name)) : undefined
    const reason = things && reasonFor(projection, keyspace, replication, level, operation, client, things)
    const named = set
      ? `without ${unit === 'node' || unit === 'gateway' ? '' : `${kinds[unit]} `.replace(/s $/, set.length === 1 ? ' ' : 's ')}${set.join(' and ')}`
      : `without ${fatal.size} ${fatal.size === 1 ? unit : kinds[unit]} that hold copies of the same data`
    return fail(fatal.size, `${named} ${reason ? `(${reason})` : 'some data is not served'}`)
  }
  const certain = alone()
  if (certain) {
    const [name] = certain.units
    const thing = {
      node: 'any node that holds the data',
      rack: `one of the racks ${certain.units.join(', ')} of ${certain.datacenter}`,
      datacenter: certain.datacenter,
      tunnel: `tunnel ${name}`,
      gateway: `gateway ${name}`,
    }[certain.kind]
    return fail(1, `without ${thing} ${shortageText(certain.short)}`)
  }
  if (unit === 'datacenter' && failover.length > 0) {
    const after = failover
      .filter(name => name !== client)
      .map(name => survivesLoss(projection, keyspace, replication, { level, operation, client: name }, [lossUnit('datacenter', client)]))
    if (after.length > 0 && after.every(verdict => verdict.kind === 'failed')) return { ...after[0]!, size: 1 } as AssertionVerdict
  }
  if (!isWhole) return undecidable(missingOf(cluster, projection, unit))
  if (fatal.size !== null && fatal.size <= number) return undecidable(tokensMissing(projection))
  return holds
}

function survivesNamed(
  cluster: Cluster,
  keyspace: Keyspace,
  { level, operation, client, failover }: Asked,
  all: readonly Asked[],
  loss: Extract<AssertedLoss, { kind: 'named' }>,
): AssertionVerdict {
  const projection = projectCluster(cluster)
  const replication = placedReplication(keyspace)!
  const things = loss.things.map(({ unit, name }) => lossUnit(unit, name.value))
  const gone = (name: string) => things.some(thing => thing.kind === 'datacenter' && thing.name === name)
  const froms = !gone(client)
    ? [client]
    : failover.some(name => !gone(name))
      ? failover.filter(name => !gone(name))
      : all.some(other => !gone(other.client))
        ? []
        : [client]
  const verdicts = froms.map(from => survivesLoss(projection, keyspace, replication, { level, operation, client: from }, things))
  if (verdicts.length > 0 && verdicts.every(({ kind }) => kind === 'failed')) return verdicts[0]!
  const unknown = verdicts.find(({ kind }) => kind === 'undecidable')
  if (unknown && !verdicts.some(({ kind }) => kind === 'holds')) return unknown
  return isComplete(cluster) ? holds : undecidable(missingOf(cluster, projection, 'node'))
}

function survivesLoss(
  projection: ClusterProjection,
  keyspace: Keyspace,
  replication: PlacedReplication,
  { level, operation, client }: Omit<Asked, 'failover'>,
  things: readonly LossUnit[],
): AssertionVerdict {
  const outcome = outcomeOf(projection, keyspace, replication, level, operation, client, things)
  if (!outcome) return undecidable(tokensMissing(projection))
  if (outcome.verdict === 'survives') return holds
  return {
    kind: 'failed',
    size: things.length,
    because: `${operation}s of ${keyspace.name} at ${level} from ${client}: ${outcome.because}`,
    datacenters: [client],
  }
}

/** What the simulator says where tokens are known; else what holds for every assignment of tokens, which is undefined where they decide. */
function outcomeOf(
  projection: ClusterProjection,
  keyspace: Keyspace,
  replication: PlacedReplication,
  level: ConsistencyLevel,
  operation: 'read' | 'write',
  client: string,
  things: readonly LossUnit[],
): Pick<Outcome, 'verdict' | 'because'> | undefined {
  const { view, shape, network } = projection
  const { loss, unknownUnits } = lossOf(shape, network, things)
  if (unknownUnits.length > 0) return undefined
  if (view.ring)
    return simulateLoss(view, [{ name: keyspace.name, replication }], loss, {
      operations: [operation],
      levels: [level],
      clientDatacenters: [client],
    }).outcomes[0]
  const groups = coordinatorsAfter(projection, client, loss)
  if (groups.length === 0) return { verdict: 'fails', because: `no node of ${client} is left to coordinate` }
  const asked = checksOf({ operation, level, datacenter: client, ...(view.paxos ? { paxos: view.paxos } : {}) }, replication, view.release)
  const bounds = asked.kind === 'checks' ? boundsOf(shape, replication, groups, asked.checks) : undefined
  return (
    bounds && {
      verdict: bounds.verdict,
      because: becauseOf(bounds.reasoned, { shape, network, loss, datacenter: client, level, operation }),
    }
  )
}

function reasonFor(...question: Parameters<typeof outcomeOf>): string | undefined {
  const outcome = outcomeOf(...question)
  return outcome && outcome.verdict !== 'survives' ? outcome.because : undefined
}

function tokensMissing({ shape }: ClusterProjection): string {
  const without = shape.nodes.filter(node => !node.tokens && node.tokenCount > 0).map(({ name }) => name)
  if (without.length === 0) return 'the partitioner is not one whose ring is known'
  const shown = without.length > 3 ? `${without.slice(0, 3).join(', ')} and ${without.length - 3} more` : without.join(', ')
  return `the tokens of ${shown} are not known (initial_token, or a token file in foretell.yaml)`
}
