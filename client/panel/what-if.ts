/**
 * The what-if page: press a node, rack, datacenter or tunnel to lose it; the matrix and the clock below follow at once. Plain elements and the
 * editor's colours, so that themes, high contrast, keyboard and screen reader work.
 */
import type { ClusterFailure } from '../../server/src/core/features/failure-report.ts'
import { clusterMap } from './cluster-map.ts'
import { element } from './element.ts'
import type { PageMessage, WhatIf } from './messages.ts'
import { survivalMatrix } from './survival-matrix.ts'

declare function acquireVsCodeApi(): { postMessage(message: PageMessage): void; getState(): unknown; setState(state: unknown): void }

const host = acquireVsCodeApi()
const page = document.querySelector('main')!
const operations = ['read', 'write', 'lwt'] as const
let operation: (typeof operations)[number] = 'read'
let state: WhatIf | undefined

function choose(cluster: string, lose: readonly string[]): void {
  host.setState({ cluster, lose })
  host.postMessage({ kind: 'lose', cluster, lose })
}

function show(): void {
  if (!state) return
  const now = state
  const focused = (document.activeElement as HTMLElement | null)?.dataset.id
  const failure = now.report?.clusters.find(each => each.cluster === now.cluster)
  page.replaceChildren(
    header(now),
    clusterMap(now, lose => choose(now.cluster, lose)),
    ...(now.problem === undefined ? [] : [element('p', { class: 'problem', role: 'alert' }, now.problem)]),
    ...(failure ? [summary(failure, now.lose.length), matrixSection(failure), timeline(failure), footnotes(failure)] : []),
  )
  if (focused) page.querySelector<HTMLElement>(`[data-id="${CSS.escape(focused)}"]`)?.focus()
}

function header(now: WhatIf): HTMLElement {
  const picker =
    now.clusters.length > 1
      ? element(
          'select',
          { 'aria-label': 'Cluster', onchange: event => choose((event.target as HTMLSelectElement).value, []) },
          ...now.clusters.map(({ name }) => element('option', { value: name, selected: name === now.cluster }, name)),
        )
      : element('span', { class: 'cluster' }, now.cluster)
  return element(
    'header',
    {},
    element('h1', {}, 'What if… ', picker),
    element(
      'div',
      { class: 'actions' },
      element(
        'button',
        { type: 'button', class: 'plain', disabled: now.lose.length === 0, onclick: () => choose(now.cluster, []) },
        'Bring everything back',
      ),
      element('button', { type: 'button', class: 'plain', onclick: () => host.postMessage({ kind: 'text' }) }, 'Open as text'),
    ),
  )
}

/** One sentence that a screen reader hears after each change: what no longer works, of what usually is used. */
function summary(failure: ClusterFailure, lost: number): HTMLElement {
  const usual = failure.outcomes.filter(({ operation: op, level }) => op === 'read' && (level === 'LOCAL_QUORUM' || level === 'QUORUM'))
  const hurt = usual.filter(({ verdict }) => verdict === 'fails' || verdict === 'partial')
  const told = [
    ...new Set(
      hurt.map(
        ({ keyspace, level, clientDatacenter, verdict }) =>
          `${keyspace} at ${level} from ${clientDatacenter} ${verdict === 'fails' ? 'fails' : 'loses a part of its keys'}`,
      ),
    ),
  ]
  const names = [...failure.lost.nodes, ...failure.lost.tunnels]
  const without =
    lost === 0
      ? 'Nothing is lost'
      : `Without ${names.length > 6 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : names.join(', ') || 'that'}`
  const text =
    failure.outcomes.length === 0
      ? 'no keyspace is described here'
      : told.length === 0
        ? 'LOCAL_QUORUM and QUORUM work everywhere'
        : told.slice(0, 3).join('; ') + (told.length > 3 ? `; and ${told.length - 3} more` : '')
  return element('p', { class: `summary ${told.length ? 'bad' : 'good'}`, 'aria-live': 'polite' }, `${without}: ${text}.`)
}

function matrixSection(failure: ClusterFailure): HTMLElement {
  const because = element('p', { class: 'because', 'aria-live': 'polite' }, 'Point at a cell, or move to it, to read why.')
  const tabs = operations
    .filter(name => failure.outcomes.some(outcome => outcome.operation === name))
    .map(name =>
      element(
        'button',
        {
          type: 'button',
          class: 'tab',
          'data-id': `operation ${name}`,
          'aria-pressed': name === operation ? 'true' : 'false',
          onclick: () => {
            operation = name
            show()
          },
        },
        name === 'lwt' ? 'lightweight transactions' : `${name}s`,
      ),
    )
  const matrix = survivalMatrix(failure.outcomes, operation, text => {
    because.textContent = text
  })
  return element(
    'section',
    { class: 'matrix-section', 'aria-label': 'What still works' },
    element('div', { class: 'tabs' }, ...tabs),
    element('div', { class: 'scroll' }, matrix),
    because,
  )
}

function timeline(failure: ClusterFailure): HTMLElement {
  if (failure.timeline.length === 0) return element('section')
  return element(
    'section',
    { class: 'timeline', 'aria-label': 'While it lasts' },
    element('h2', {}, 'While it lasts'),
    element(
      'ol',
      {},
      ...failure.timeline.map(({ after, event, text }) =>
        element('li', { class: event }, element('time', {}, duration(after)), element('span', {}, text)),
      ),
    ),
  )
}

function footnotes(failure: ClusterFailure): HTMLElement {
  const assuming = [...new Set(failure.outcomes.flatMap(outcome => outcome.assuming))]
  const notes = [
    ...(failure.outcomes.some(outcome => outcome.dependsOnCoordinator) ? ['* depends on which node coordinates the request'] : []),
    ...assuming.map(text => `taken for granted: ${text}`),
    ...failure.unknown.map(({ fact, why }) => `not known: ${fact} (${why})`),
  ]
  return element('footer', {}, ...notes.map(note => element('p', {}, note)))
}

/** `23 s`, `3 h`, `10 d`. */
function duration(seconds: number): string {
  if (seconds === 0) return 'at once'
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  if (seconds < 172_800) return `${Math.round(seconds / 360) / 10} h`
  return `${Math.round(seconds / 8640) / 10} d`
}

window.addEventListener('message', ({ data }: MessageEvent<WhatIf>) => {
  state = data
  show()
})
host.postMessage({ kind: 'ready' })
