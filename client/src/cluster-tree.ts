/** The tree of clusters in the side bar: cluster › datacenter › rack › node › files, and keyspaces with what they survive. */
import * as vscode from 'vscode'
import type { BaseLanguageClient } from 'vscode-languageclient'
import { askClusterTree, type ClusterTreeNode, type Status } from './server-requests.ts'

const icons: { readonly [K in ClusterTreeNode['kind']]: string } = {
  cluster: 'globe',
  datacenter: 'home',
  rack: 'layers',
  node: 'server',
  keyspace: 'database',
  file: 'file',
}

export function createClusterTree(client: BaseLanguageClient, refreshed: vscode.Event<Status>): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>()
  const provider: vscode.TreeDataProvider<ClusterTreeNode> = {
    onDidChangeTreeData: changed.event,
    async getChildren(parent) {
      if (parent) return [...parent.children]
      return client.isRunning() ? [...(await askClusterTree(client)).clusters] : []
    },
    getTreeItem: treeItem,
  }
  return vscode.Disposable.from(
    vscode.window.createTreeView('foretell.clusters', { treeDataProvider: provider, showCollapseAll: true }),
    refreshed(() => changed.fire(undefined)),
    changed,
  )
}

function treeItem(node: ClusterTreeNode): vscode.TreeItem {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState
  const open = node.kind === 'cluster' || node.kind === 'datacenter'
  const item = new vscode.TreeItem(node.name, node.children.length === 0 ? None : open ? Expanded : Collapsed)
  item.description = node.detail
  item.iconPath = new vscode.ThemeIcon(icons[node.kind])
  item.contextValue = node.loseId ? `${node.kind} losable` : node.kind
  item.accessibilityInformation = { label: `${node.kind} ${node.name}, ${node.detail}` }
  if (node.at) {
    const { start, end } = node.at.range
    const selection = new vscode.Range(start.line, start.character, end.line, end.character)
    item.command = { title: 'Open', command: 'vscode.open', arguments: [vscode.Uri.parse(node.at.uri), { selection }] }
  }
  return item
}
