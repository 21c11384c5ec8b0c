/** `foretell check`: findings in the files, in the format that is asked for, with an exit status that scripts rely on. */
import { safeFixesOf } from '../core/features/quick-fix.ts'
import { joinPath, type SourceFile } from '../core/text/source-file.ts'
import { applyEdits } from '../core/text/text-edit.ts'
import { applyBaseline, baselineProblem, writeBaseline } from '../core/workspace/baseline.ts'
import type { Finding } from '../core/workspace/finding.ts'
import type { Snapshot } from '../core/workspace/snapshot.ts'
import { needlessBaselineFindings } from '../core/workspace/suppressions.ts'
import { oneOf, readArguments, workspaceOptions } from './arguments.ts'
import { type Host, isUnopened } from './host.ts'
import { clustersNamed, type LoadedWorkspace, loadWorkspace } from './load-workspace.ts'
import { printGithub, printMarkdown } from './print-for-review.ts'
import { printJson, type Summary } from './print-json.ts'
import { printPretty } from './print-pretty.ts'
import { printSarif } from './print-sarif.ts'
import { UsageError } from './usage.ts'

const formats = ['pretty', 'json', 'sarif', 'github', 'markdown'] as const
const thresholds = ['error', 'warning', 'info', 'hint', 'never'] as const
const defaultBaseline = '.foretell-baseline.json'

export async function check(words: readonly string[], host: Host): Promise<number> {
  const { values, positionals } = readArguments(words, {
    ...workspaceOptions,
    format: { type: 'string' },
    'fail-on': { type: 'string' },
    fix: { type: 'boolean' },
    baseline: { type: 'string' },
    'update-baseline': { type: 'boolean' },
    stdin: { type: 'boolean' },
    'stdin-filename': { type: 'string' },
    isolated: { type: 'boolean' },
  })
  const format = oneOf('--format', values.format, formats, 'pretty')
  const failOn = oneOf('--fail-on', values['fail-on'], thresholds, 'error')
  const { stdin, isolated, fix } = values
  const filename = values['stdin-filename']
  if (stdin && filename === undefined) throw new UsageError('--stdin needs --stdin-filename NAME: the name says what the text is')
  if (!stdin && filename !== undefined) throw new UsageError('--stdin-filename goes with --stdin')
  if (stdin && fix) throw new UsageError('--fix cannot write to standard input')
  if (isolated && values.cluster !== undefined) throw new UsageError('--cluster does not go with --isolated: a file alone is in no cluster')

  const overlay = stdin ? { path: host.pathFrom('', filename!), text: await host.standardInput() } : undefined
  const workspace = loadWorkspace(
    {
      paths: positionals,
      cassandra: values.cassandra,
      config: values.config,
      isolated: isolated === true,
      withoutBaseline: values.baseline !== undefined || values['update-baseline'] === true,
      ...(overlay ? { overlay } : {}),
    },
    host,
  )
  const repaired = fix ? applySafeFixes(workspace, host) : { snapshot: workspace.snapshot, fixed: 0 }
  const { snapshot } = repaired
  const shownPath = (path: string) => host.shownPath(workspace.root, path)
  let findings = sortedAsShown(concerning(snapshot, values.cluster), shownPath)

  if (values['update-baseline']) {
    const path = values.baseline ?? declaredBaseline(workspace) ?? defaultBaseline
    const failed = host.writeFile(values.baseline === undefined ? workspace.root : '', path, writeBaseline(findings))
    if (failed) throw new UsageError(`${path}: ${failed.why}`)
    host.complain(`${path} knows ${findings.length} finding${findings.length === 1 ? '' : 's'} now.\n`)
    findings = []
  } else if (values.baseline !== undefined) {
    const file = openBaseline(values.baseline, host)
    const known = applyBaseline(findings, file)
    findings = sortedAsShown([...known.shown, ...(values.cluster === undefined ? needlessBaselineFindings(known.needless) : [])], shownPath)
  }

  const summary = summaryOf(snapshot, isolated === true, values.cluster)
  switch (format) {
    case 'json':
      host.write(printJson(findings, summary, host.version, shownPath))
      break
    case 'sarif':
      host.write(printSarif(findings, host.version, shownPath))
      break
    case 'github':
      host.write(printGithub(findings, shownPath))
      break
    case 'markdown':
      host.write(printMarkdown(findings, summary, shownPath))
      break
    case 'pretty':
      host.write(printPretty({ findings, ...summary, fixed: repaired.fixed, ...host.terminal, shownPath }))
      break
  }
  if (workspace.incomplete) return 2
  const serious = failOn === 'never' ? [] : thresholds.slice(0, thresholds.indexOf(failOn) + 1)
  return findings.some(finding => (serious as readonly string[]).includes(finding.severity)) ? 1 : 0
}

/** All findings, or those that concern one cluster: in its files, or with a related place there. */
function concerning(snapshot: Snapshot, clusterName: string | undefined): readonly Finding[] {
  if (clusterName === undefined) return snapshot.findings
  const paths = new Set(
    clustersNamed(snapshot, clusterName).flatMap(cluster => [
      ...cluster.nodes.flatMap(node => node.files.map(file => file.path)),
      ...cluster.keyspaces.map(keyspace => keyspace.statement.file.path),
      ...(cluster.mesh?.ends.map(end => end.file.file.path) ?? []),
    ]),
  )
  return snapshot.findings.filter(({ span, related }) => paths.has(span.file.path) || related.some(({ at }) => paths.has(at.file.path)))
}

function summaryOf(snapshot: Snapshot, isolated: boolean, clusterName: string | undefined): Summary {
  const clusters = clustersNamed(snapshot, clusterName)
  return {
    files: [...snapshot.parsed.values()].filter(parsed => parsed.kind !== 'unrecognised').length,
    nodes: isolated ? 0 : clusters.reduce((sum, cluster) => sum + cluster.nodes.length, 0),
    clusters: isolated ? 0 : clusters.length,
  }
}

/** Applies safe fixes again and again, as one may uncover another, and writes the files that changed. */
function applySafeFixes(workspace: LoadedWorkspace, host: Host): { snapshot: Snapshot; fixed: number } {
  let { snapshot } = workspace
  let fixed = 0
  const changed = new Map<string, SourceFile>()
  for (let round = 0; round < 20; round++) {
    // A file with bytes that are no UTF-8 is not written back: they would be lost.
    const findings = snapshot.findings.filter(finding => !finding.span.file.text.includes('\ufffd'))
    const edits = safeFixesOf(findings).filter(edit => !edit.at.file.text.includes('\ufffd'))
    const files = [...new Set(edits.map(edit => edit.at.file))]
    const rewritten = files
      .map(file => ({ path: file.path, text: applyEdits(file, edits) }))
      .filter((file, i) => file.text !== files[i]!.text)
    if (rewritten.length === 0) break
    const before = snapshot.findings.length
    for (const file of rewritten) changed.set(file.path, file)
    snapshot = workspace.withFiles(rewritten)
    fixed += Math.max(1, before - snapshot.findings.length)
  }
  for (const { path, text } of changed.values()) {
    const failed = host.writeFile(workspace.root, path, text)
    if (failed) throw new UsageError(`${path}: ${failed.why}`)
  }
  return { snapshot, fixed }
}

function declaredBaseline({ snapshot }: LoadedWorkspace): string | undefined {
  const { baseline, file } = snapshot.declared
  if (baseline === undefined || !file) return undefined
  return joinPath(file.path.includes('/') ? file.path.slice(0, file.path.lastIndexOf('/')) : '', baseline)
}

function openBaseline(path: string, host: Host): SourceFile {
  const read = host.readFile('', path)
  if (isUnopened(read)) throw new UsageError(`--baseline ${path}: ${read.why}; --update-baseline writes it`)
  const problem = baselineProblem(read.text)
  if (problem) throw new UsageError(`--baseline ${path} ${problem}`)
  return read
}

/** By file, position, rule. */
function sortedAsShown(findings: readonly Finding[], shownPath: (path: string) => string): readonly Finding[] {
  const shown = new Map([...new Set(findings.map(({ span }) => span.file.path))].map(path => [path, shownPath(path)] as const))
  return [...findings].sort((a, b) => {
    const [p, q] = [shown.get(a.span.file.path)!, shown.get(b.span.file.path)!]
    if (p !== q) return p < q ? -1 : 1
    return a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
  })
}
