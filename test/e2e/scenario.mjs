/** The scenario: an operator opens a broken cluster, reads what is wrong, asks what a keyspace survives, and loses a rack. A picture of each step. */
import { join } from 'node:path'

/**
 * @param {Awaited<ReturnType<typeof import('./editor.mjs').startEditor>>} editor
 * @param {string} pictures folder for the pictures
 */
export async function scenario(editor, pictures) {
  const { page, runCommand, openFile, quickInput, typeInPalette, word, clickWord } = editor
  let number = 0
  const picture = name => page.screenshot({ path: join(pictures, `${String(++number).padStart(2, '0')}-${name}.png`) })
  const step = async (what, act) => {
    console.log(`  ${what}`)
    try {
      await act()
    } catch (error) {
      await picture('failed').catch(() => undefined)
      throw new Error(`${what}: ${error instanceof Error ? error.message : error}`)
    }
  }
  const markers = page.locator('.markers-panel-container')
  const problem = text => markers.locator('.monaco-list-row', { hasText: text }).first()

  const whatIf = page.frameLocator('iframe.webview.ready').first().frameLocator('iframe#active-frame')

  await step('the extension starts on the folder, in Restricted Mode', async () => {
    await page.locator('.statusbar-item', { hasText: '6 nodes in 2 datacenters' }).waitFor()
  })

  await step('problems of files that nobody opened are in the Problems panel', async () => {
    await openFile('frankfurt/fra3/cassandra.yaml')
    await runCommand('Problems: Focus on Problems View')
    await problem('phi_convict_treshold').waitFor()
    await problem('frankfrt').waitFor()
    await picture('problems')
  })

  await step('an edit is judged while it is typed', async () => {
    await openFile('frankfurt/fra3/cassandra.yaml')
    await clickWord('phi_convict_treshold')
    await page.keyboard.press('F8')
    await page.locator('.zone-widget .marker-widget').waitFor()
    await picture('finding')
    await page.keyboard.press('Escape')
  })

  await step('a fix is offered, and the finding goes when it is taken', async () => {
    await clickWord('phi_convict_treshold')
    await page.keyboard.press('Control+.')
    await page.locator('.action-widget .monaco-list-row', { hasText: 'phi_convict_threshold' }).first().waitFor()
    await picture('quick-fix')
    await page.keyboard.press('Enter')
    await word('phi_convict_threshold').waitFor()
    await problem('phi_convict_treshold').waitFor({ state: 'detached' })
  })

  await step('a WireGuard file is coloured and judged against its network', async () => {
    await openFile('frankfurt/fra3/wg0.conf')
    await page.locator('.statusbar-item', { hasText: 'WireGuard' }).waitFor()
    await problem('of fra3 over 1440 bytes').waitFor()
    await picture('wireguard')
  })

  await step('a keyspace says what it survives', async () => {
    await openFile('schema.cql')
    await page.locator('.codelens-decoration', { hasText: 'Simulate failure…' }).first().waitFor()
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('ArrowDown')
    for (let i = 0; i < 3; i++) await page.keyboard.press('Control+ArrowRight')
    await page.keyboard.press('ArrowLeft')
    await runCommand('Show or Focus Hover')
    await page.locator('.monaco-hover', { hasText: 'LOCAL_QUORUM' }).first().waitFor()
    await picture('hover')
    await page.keyboard.press('Escape')
  })

  await step('Simulate Failure… loses a rack, and shows what stops working', async () => {
    await runCommand('Foretell: Simulate Failure…')
    await quickInput.locator('.monaco-list-row', { hasText: 'amsterdam/rack1' }).first().waitFor()
    await typeInPalette('frankfurt/rack2')
    await quickInput.locator('.monaco-list-row', { hasText: 'fra2, fra3' }).first().click()
    await picture('lose-what')
    await quickInput.locator('.monaco-button', { hasText: 'OK' }).click()
    await page.locator('.tab.active', { hasText: 'What if…' }).waitFor()
    await whatIf.locator('.summary.bad', { hasText: 'shop at LOCAL_QUORUM from frankfurt fails' }).waitFor()
    await runCommand('View: Toggle Panel Visibility')
    await runCommand('View: Toggle Primary Side Bar Visibility')
    await whatIf.locator('td.fails').first().hover()
    await whatIf.locator('.because', { hasText: 'needs' }).waitFor()
    await picture('simulate')
  })

  await step('a press on the map brings a node back and loses another, and the matrix follows', async () => {
    await whatIf.getByRole('button', { name: 'Bring everything back' }).click()
    await whatIf.locator('.summary', { hasText: 'Nothing is lost' }).waitFor()
    await whatIf.locator('summary', { hasText: 'WireGuard tunnels' }).click()
    await whatIf.getByRole('button', { name: /^node ams1/ }).click()
    await whatIf.locator('.summary', { hasText: 'Without ams1' }).waitFor()
    await picture('what-if')
    const next = whatIf.getByRole('button', { name: /^node ams2/ })
    await next.focus()
    await page.keyboard.press('Space')
    await whatIf.locator('.summary', { hasText: 'Without ams1, ams2' }).waitFor()
    // The page is drawn anew, yet the keyboard stays where it was.
    await whatIf.locator('button[aria-pressed="true"]:focus', { hasText: 'ams2' }).waitFor()
    await runCommand('View: Toggle Primary Side Bar Visibility')
  })

  await step('the tree shows the cluster as it is written', async () => {
    await runCommand('Explorer: Focus on Cassandra Clusters View')
    await page.locator('.monaco-list-row', { hasText: 'rack2' }).first().waitFor()
    await page.mouse.move(700, 880)
    await picture('clusters')
  })
}
