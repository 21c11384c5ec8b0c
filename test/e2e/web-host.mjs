/** The same extension in the browser's extension host: the server is a web worker, and files come through the editor. */
import { join } from 'node:path'

/**
 * @param {Awaited<ReturnType<typeof import('./editor.mjs').startEditor>>} editor started with `remote.extensionKind` web for the extension
 * @param {string} pictures
 */
export async function webHostScenario(editor, pictures) {
  const { page, runCommand, openFile } = editor
  console.log('  in the browser: the worker starts, and files are read through the editor')
  try {
    await page.locator('.statusbar-item', { hasText: '6 nodes in 2 datacenters' }).waitFor()
    await openFile('schema.cql')
    await runCommand('Problems: Focus on Problems View')
    await page.locator('.markers-panel-container .monaco-list-row', { hasText: 'frankfrt' }).first().waitFor()
    await runCommand('View: Toggle Panel Visibility')
    await runCommand('Foretell: Show Cluster Map')
    const whatIf = page.frameLocator('iframe.webview.ready').first().frameLocator('iframe#active-frame')
    await whatIf.getByRole('button', { name: /^datacenter frankfurt/ }).click()
    await whatIf.locator('.summary', { hasText: 'Without fra1, fra2, fra3' }).waitFor()
    const workers = page.workers().map(worker => worker.url())
    if (!workers.some(url => /extensionHostWorker|blob:|web\/server/.test(url))) throw new Error(`no worker runs: ${workers}`)
  } finally {
    await page.screenshot({ path: join(pictures, 'web-host.png') })
  }
}
