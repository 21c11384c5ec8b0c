/** Rules × subjects → findings: each subject's own remembered by identity, then precedence and suppressions over the whole. */
import type { Release } from '../catalog/release.ts'
import type { Model } from '../model/build-model.ts'
import type { Cluster } from '../model/cluster.ts'
import type { FileSubject } from '../model/file-subject.ts'
import type { Mesh } from '../model/mesh.ts'
import type { Node } from '../model/node.ts'
import { foreignDistribution } from '../model/settings/distribution.ts'
import { allRules } from '../rules/all-rules.ts'
import type { AnyRule, Rule, Scope, Subjects } from '../rules/rule.ts'
import type { ParsedFile } from '../syntax/parsed-file.ts'
import { memo } from '../text/memo.ts'
import type { Finding } from './finding.ts'
import { findingOf } from './finding-of-report.ts'
import { leaveSilenced } from './precedence.ts'
import { applySuppressions } from './suppressions.ts'
import type { WorkspaceOptions } from './workspace.ts'

const rulesByScope = new Map<Scope, readonly AnyRule[]>()
for (const { scope } of allRules)
  if (!rulesByScope.has(scope))
    rulesByScope.set(
      scope,
      allRules.filter(rule => rule.scope === scope),
    )
const rulesOf = <S extends Scope>(scope: S): readonly Rule<S>[] => (rulesByScope.get(scope) ?? []) as unknown as readonly Rule<S>[]

/** All findings of a model, sorted by file, position, rule; precedence and suppressions applied. */
export function findingsOfModel(model: Model, files: readonly ParsedFile[], options: WorkspaceOptions): readonly Finding[] {
  const found: Finding[] = []
  // One by one: a hostile file has more findings than a call takes arguments.
  const add = (some: readonly Finding[]) => {
    for (const finding of some) found.push(finding)
  }
  for (const subject of fileSubjects(model, files, options.isolated === true)) add(checkFile(subject))
  for (const node of model.nodes) add(checkNode(node))
  for (const node of model.templates) add(checkNode(node))
  if (options.isolated) for (const keyspace of model.keyspaces) add(check('keyspace', keyspace, keyspace.release))
  else {
    for (const cluster of model.clusters) add(checkCluster(cluster))
    for (const keyspace of model.keyspaces) if (!keyspace.cluster) add(check('keyspace', keyspace, keyspace.release))
    for (const mesh of model.meshes) add(checkMesh(mesh))
  }
  const first = leaveSilenced(withoutRepeats(hideBehindUnreadable(found)))
  const shown = applySuppressions(first, files, model.declared, options.today, options.isolated === true)
  return [...shown].sort(byPlace)
}

const checkFile = memo((subject: FileSubject) => check('file', subject, subject.release))
const checkNode = memo((node: Node) => {
  const found = check('node', node, node.release)
  return isForeign(node) ? withoutSettings(found) : found
})
/** What is said of a node by its settings: of another product's file that would be guesses (`migration/unsupported-distribution`). */
const ofSettings = /^(?:settings|disk|hints|timeouts|compaction|streaming|detection)\//
const withoutSettings = (found: readonly Finding[]) => found.filter(({ rule }) => !ofSettings.test(rule))
const isForeign = (node: Node) => node.yaml !== undefined && !node.release.stated && foreignDistribution(node.yaml) !== undefined
const checkMesh = memo((mesh: Mesh) => check('mesh', mesh, undefined))
const checkCluster = memo((cluster: Cluster) => {
  const found = [
    ...check('cluster', cluster, cluster.release),
    ...cluster.datacenters.flatMap(datacenter => check('datacenter', datacenter, cluster.release)),
    ...cluster.keyspaces.flatMap(keyspace => check('keyspace', keyspace, keyspace.release)),
  ]
  return cluster.nodes.every(isForeign) ? withoutSettings(found) : found
})

/** Nobody reads more of one rule about one thing; a hostile file would have millions. */
const mostOfOneRule = 2000

/** A rule of some releases speaks only when every line that the subject may be is among them. */
function check<S extends Scope>(scope: S, subject: Subjects[S], release: Release | undefined): readonly Finding[] {
  const found: Finding[] = []
  for (const rule of rulesOf(scope)) {
    const { releases } = rule
    if (releases !== 'all' && release && !release.candidates.every(line => releases.includes(line))) continue
    let count = 0
    for (const report of rule.check(subject)) {
      if (++count > mostOfOneRule) break
      found.push(findingOf(rule as unknown as AnyRule, report))
    }
  }
  return found
}

const remembered = new WeakMap<ParsedFile, FileSubject>()

/** Every file with the release and tools of the node or cluster that it belongs to; the same facts give the same subject again. */
function* fileSubjects(model: Model, files: readonly ParsedFile[], isolated: boolean): Generator<FileSubject> {
  const owners = new Map<string, Node>()
  for (const nodes of [model.templates, model.nodes]) for (const node of nodes) for (const file of node.files) owners.set(file.path, node)
  const releases = new Map<string, Release>()
  for (const keyspace of model.keyspaces) if (keyspace.cluster) releases.set(keyspace.statement.file.path, keyspace.release)
  const others = model.clusters.length === 1 ? model.clusters[0]!.release : model.release
  const underlayMtu = model.declared.underlayMtu?.value
  for (const parsed of files) {
    const owner = owners.get(parsed.file.path)
    const release = owner?.release ?? releases.get(parsed.file.path) ?? others
    const wireguardTools = owner?.declared.wireguardTools ?? model.declared.wireguardTools
    const isCassandraNodes = isolated ? undefined : owner !== undefined
    const old = remembered.get(parsed)
    if (
      old &&
      sameRelease(old.release, release) &&
      old.wireguardTools === wireguardTools &&
      old.isCassandraNodes === isCassandraNodes &&
      old.underlayMtu === underlayMtu
    ) {
      yield old
      continue
    }
    const subject: FileSubject = { parsed, release, wireguardTools, isCassandraNodes, underlayMtu }
    remembered.set(parsed, subject)
    yield subject
  }
}

function sameRelease(a: Release, b: Release): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

/** A merge conflict or an unreadable document: nothing else of that file is said. */
function hideBehindUnreadable(findings: readonly Finding[]): readonly Finding[] {
  const blocked = new Map<string, string>()
  for (const finding of findings) {
    const path = finding.span.file.path
    if (finding.rule === 'syntax/merge-conflict') blocked.set(path, finding.rule)
    else if (finding.rule === 'syntax/yaml-unreadable' && !blocked.has(path)) blocked.set(path, finding.rule)
  }
  return blocked.size === 0 ? findings : findings.filter(finding => (blocked.get(finding.span.file.path) ?? finding.rule) === finding.rule)
}

function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>()
  return findings.filter(finding => {
    const key = `${finding.rule} ${finding.span.file.path} ${finding.span.start} ${finding.span.end} ${finding.message}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function byPlace(a: Finding, b: Finding): number {
  const [p, q] = [a.span.file.path, b.span.file.path]
  if (p !== q) return p < q ? -1 : 1
  return a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
}
