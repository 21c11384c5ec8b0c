/** Runs inside VS Code: the diagnostics, the hover, the lenses and the what-if page of the broken cluster. */
const assert = require('node:assert/strict')
const vscode = require('vscode')

exports.run = async () => {
  const folder = vscode.workspace.workspaceFolders[0].uri
  const schema = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, 'schema.cql'))
  await vscode.window.showTextDocument(schema)
  await until('a finding about a datacenter that does not exist', () => codesOf(schema.uri).includes('replication/unknown-datacenter'))

  const at = schema.positionAt(schema.getText().indexOf('KEYSPACE shop') + 'KEYSPACE s'.length)
  const hovers = await vscode.commands.executeCommand('vscode.executeHoverProvider', schema.uri, at)
  const text = hovers.flatMap(hover => hover.contents.map(content => content.value)).join('\n')
  assert.match(text, /LOCAL_QUORUM/)

  const lenses = await vscode.commands.executeCommand('vscode.executeCodeLensProvider', schema.uri)
  assert.ok(lenses.some(lens => lens.command?.title === 'Simulate failure…'))

  await vscode.commands.executeCommand('foretell.simulate', { lose: ['rack:frankfurt/rack2'], cluster: 'shop' })
  await until('the what-if page', () => vscode.window.tabGroups.all.some(group => group.tabs.some(tab => tab.label === 'What if…')))
}

function codesOf(uri) {
  return vscode.languages.getDiagnostics(uri).map(({ code }) => (typeof code === 'object' ? code.value : code))
}

/** Asks again at every change of diagnostics or tabs, until it holds; gives up after a minute. */
function until(what, holds) {
  if (holds()) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const stop = []
    const end = act => {
      for (const each of stop) each.dispose()
      clearTimeout(patience)
      act()
    }
    const patience = setTimeout(() => end(() => reject(new Error(`never came: ${what}`))), 60_000)
    const look = () => holds() && end(resolve)
    stop.push(vscode.languages.onDidChangeDiagnostics(look), vscode.window.tabGroups.onDidChangeTabs(look))
  })
}
