/** Answers to the requests about failures: what can be lost, what a loss does, how the workspace stands. */
import { failureMarkdown } from '../core/features/failure-markdown.ts'
import { failureReport } from '../core/features/failure-report.ts'
import { keyspaceMarkdown } from '../core/features/keyspace-hover.ts'
import { losableThingsOf } from '../core/features/losable-things.ts'
import { resilienceMarkdown } from '../core/features/resilience-markdown.ts'
import type { Snapshot } from '../core/workspace/snapshot.ts'
import type { LosableThingAnswer, SimulateAnswer, SimulateParams, Status } from './custom-requests.ts'

export function losableThings(snapshot: Snapshot): LosableThingAnswer[] {
  return losableThingsOf(snapshot).map(({ span: _, ...thing }) => thing)
}

/** A page for people and the stable JSON. With nothing lost, a keyspace's page alone. */
export function simulate(snapshot: Snapshot, params: SimulateParams): SimulateAnswer {
  const { lose, cluster, keyspace } = params
  if (lose.length === 0 && keyspace !== undefined) {
    const found = snapshot.keyspaces.find(each => each.name === keyspace && (cluster === undefined || each.cluster?.name === cluster))
    if (found) {
      const breaks = found.cluster ? resilienceMarkdown(snapshot, found.name, found.cluster.name) : ''
      return { markdown: [`# What ${found.name} survives`, keyspaceMarkdown(found), breaks].filter(Boolean).join('\n\n') }
    }
  }
  const answer = failureReport(snapshot, params)
  if (answer.problem !== undefined) return { problem: answer.problem, markdown: '' }
  return { markdown: failureMarkdown(answer.report), report: answer.report }
}

export function statusOf(snapshot: Snapshot): Status {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 }
  for (const finding of snapshot.findings) counts[finding.severity]++
  const releases = new Set(snapshot.clusters.map(({ release }) => `${release.line}${release.stated ? '' : '?'}`))
  return {
    clusters: snapshot.clusters.length,
    datacenters: snapshot.clusters.reduce((sum, cluster) => sum + cluster.datacenters.length, 0),
    nodes: snapshot.nodes.length,
    keyspaces: snapshot.keyspaces.length,
    files: [...snapshot.parsed.values()].filter(parsed => parsed.kind !== 'unrecognised').length,
    errors: counts.error,
    warnings: counts.warning,
    infos: counts.info + counts.hint,
    releases: [...releases].sort(),
  }
}
