/** The matrix: for each keyspace and client datacenter, which levels still work. A cell says why when it is pointed at or focused. */
import type { Outcome } from '../../server/src/core/analysis/failure-simulation.ts'
import { element } from './element.ts'

const levelOrder = ['ANY', 'ONE', 'TWO', 'THREE', 'LOCAL_ONE', 'LOCAL_QUORUM', 'QUORUM', 'EACH_QUORUM', 'ALL', 'LOCAL_SERIAL', 'SERIAL']
const signs: { readonly [V in Outcome['verdict']]: string } = { survives: '✓', partial: '◐', fails: '✗', unknown: '?' }
const words: { readonly [V in Outcome['verdict']]: string } = {
  survives: 'works',
  partial: 'works for a part of the keys',
  fails: 'fails',
  unknown: 'cannot be told',
}

/** `because` is called with what to say of a cell. */
export function survivalMatrix(outcomes: readonly Outcome[], operation: string, because: (text: string) => void): HTMLElement {
  const mine = outcomes.filter(outcome => outcome.operation === operation)
  const columns = [...new Set(mine.map(columnOf))].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  const keyspaces = [...new Set(mine.map(outcome => outcome.keyspace))]
  const head = element(
    'tr',
    {},
    element('th', { scope: 'col' }, 'keyspace'),
    element('th', { scope: 'col' }, 'client in'),
    ...columns.map(column => element('th', { scope: 'col', class: 'level' }, element('span', {}, column))),
  )
  const bodies = keyspaces.map(keyspace => {
    const rows = [...new Set(mine.filter(outcome => outcome.keyspace === keyspace).map(outcome => outcome.clientDatacenter))]
    return element(
      'tbody',
      {},
      ...rows.map((client, index) =>
        element(
          'tr',
          {},
          index === 0 ? element('th', { scope: 'rowgroup', rowspan: rows.length, class: 'keyspace' }, keyspace) : undefined,
          element('th', { scope: 'row', class: 'client' }, client),
          ...columns.map(column =>
            cell(
              mine.find(outcome => outcome.keyspace === keyspace && outcome.clientDatacenter === client && columnOf(outcome) === column),
              because,
            ),
          ),
        ),
      ),
    )
  })
  return element(
    'table',
    { class: 'matrix' },
    element('caption', { class: 'spoken' }, `What ${operation} requests still do`),
    element('thead', {}, head),
    ...bodies,
  )
}

function columnOf({ level, commitLevel }: Outcome): string {
  return commitLevel === undefined ? level : `${level}, commit ${commitLevel}`
}

function rank(column: string): number {
  return levelOrder.indexOf(column.split(',')[0]!)
}

function cell(outcome: Outcome | undefined, because: (text: string) => void): HTMLElement {
  if (!outcome) return element('td', {})
  const { verdict, ring, dependsOnCoordinator } = outcome
  const share = verdict === 'partial' || verdict === 'unknown' ? shareOf(ring) : ''
  const text = `${outcome.keyspace} at ${columnOf(outcome)} from ${outcome.clientDatacenter} ${words[verdict]}${share ? ` (${share} of the ring)` : ''}: ${outcome.because}`
  const tell = () => because(text)
  return element(
    'td',
    { class: verdict, tabindex: 0, 'aria-label': `${words[verdict]} ${share}`, onmouseenter: tell, onfocus: tell },
    signs[verdict] + (dependsOnCoordinator ? '*' : ''),
    share ? element('small', {}, share) : undefined,
  )
}

/** `66.7 %`, `60–75 %`; never rounded up to everything or down to nothing. */
function shareOf({ fraction, lower, upper, basis }: Outcome['ring']): string {
  const percent = (share: number) => {
    const rounded = Math.round(share * 1000) / 10
    return share < 1 && rounded === 100 ? 99.9 : share > 0 && rounded === 0 ? 0.1 : rounded
  }
  return basis === 'exact' || lower === upper ? `${percent(fraction)} %` : `${percent(lower)}–${percent(upper)} %`
}
