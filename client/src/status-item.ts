/** The status bar: how many nodes are understood and what is wrong with them; a click opens the Problems panel. */
import * as vscode from 'vscode'
import type { Status } from './server-requests.ts'

export function createStatusItem(refreshed: vscode.Event<Status>): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('foretell.status', vscode.StatusBarAlignment.Left, 0)
  item.name = 'Foretell'
  const listening = refreshed(now => {
    if (now.files === 0) {
      item.hide()
      return
    }
    item.text =
      now.nodes > 0 ? `$(telescope) ${count(now.nodes, 'node')} in ${count(now.datacenters, 'datacenter')}` : '$(telescope) Foretell'
    item.tooltip = tooltipOf(now)
    item.accessibilityInformation = {
      label: `Foretell: ${count(now.nodes, 'node')}, ${count(now.errors, 'error')}, ${count(now.warnings, 'warning')}`,
    }
    item.command = 'foretell.menu'
    item.show()
  })
  return vscode.Disposable.from(item, listening)
}

function tooltipOf(now: Status): vscode.MarkdownString {
  const releases = now.releases.map(release => (release.endsWith('?') ? `${release.slice(0, -1)} (taken from the keys present)` : release))
  return new vscode.MarkdownString(
    [
      `**Foretell**: ${count(now.clusters, 'cluster')}, ${count(now.datacenters, 'datacenter')}, ${count(now.nodes, 'node')}, ${count(now.keyspaces, 'keyspace')}`,
      `${count(now.files, 'configuration file')}: ${count(now.errors, 'error')}, ${count(now.warnings, 'warning')}, ${count(now.infos, 'note')}`,
      releases.length ? `Cassandra ${releases.join(', ')}` : '',
    ]
      .filter(Boolean)
      .join('\n\n'),
  )
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
