/** The pick list of what to lose: datacenters, racks, nodes, tunnels and gateways, several at once. */
import * as vscode from 'vscode'
import type { LosableThingAnswer } from './server-requests.ts'

const groups: readonly { readonly kind: LosableThingAnswer['kind']; readonly title: string; readonly icon: string }[] = [
  { kind: 'node', title: 'nodes', icon: 'server' },
  { kind: 'rack', title: 'racks', icon: 'layers' },
  { kind: 'datacenter', title: 'datacenters', icon: 'home' },
  { kind: 'tunnel', title: 'tunnels', icon: 'plug' },
  { kind: 'gateway', title: 'gateways', icon: 'broadcast' },
]

interface ThingItem extends vscode.QuickPickItem {
  readonly id?: string
}

/** Ids as `simulate` takes them; undefined when the operator changed their mind. */
export async function pickThingsToLose(things: readonly LosableThingAnswer[]): Promise<readonly string[] | undefined> {
  const severalClusters = new Set(things.map(thing => thing.cluster)).size > 1
  const items: ThingItem[] = []
  for (const { kind, title, icon } of groups) {
    const group = things.filter(thing => thing.kind === kind)
    if (group.length === 0) continue
    items.push({ label: title, kind: vscode.QuickPickItemKind.Separator })
    for (const { id, name, detail, cluster } of group) {
      items.push({ label: `$(${icon}) ${name}`, description: severalClusters ? `${detail} · ${cluster}` : detail, id })
    }
  }
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: 'Foretell: lose what?',
    placeHolder: 'Pick one thing or several that fail together',
    matchOnDescription: true,
  })
  return picked?.flatMap(item => item.id ?? [])
}
