/** A real VS Code in a real browser: starts it on a folder with the packed extension, and drives it as a person does: keys, mouse, what is on the screen. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const settings = {
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.layoutControl.enabled': false,
  'window.commandCenter': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  // Nobody is asked for trust: the extension must work without.
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'editor.minimap.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.hover.delay': 100,
  'editor.fontSize': 13,
  'workbench.editor.enablePreview': false,
  'accessibility.verbosity.editor': false,
}

const chromiumFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
]

/**
 * @param {{ node: string, codeServer: string, chromium: string }} tools
 * @param {{ cache: string, vsix: string, folder: string, settings?: object }} options
 */
export async function startEditor(tools, options) {
  const { cache, vsix, folder } = options
  const userData = join(cache, 'user-data')
  const extensions = join(cache, 'extensions')
  for (const path of [userData, extensions]) rmSync(path, { recursive: true, force: true })
  mkdirSync(join(userData, 'User'), { recursive: true })
  writeFileSync(join(userData, 'User/settings.json'), JSON.stringify({ ...settings, ...options.settings }))
  const own = ['--user-data-dir', userData, '--extensions-dir', extensions, '--config', join(userData, 'config.yaml')]
  writeFileSync(join(userData, 'config.yaml'), 'auth: none\ncert: false\n')
  const env = { ...process.env, HOME: userData, XDG_DATA_HOME: userData, XDG_CONFIG_HOME: userData }
  for (const name of Object.keys(env)) if (name.startsWith('VSCODE_') || name === 'NODE_OPTIONS') delete env[name]

  const installed = spawnSync(tools.node, [tools.codeServer, ...own, '--install-extension', vsix], {
    env,
    encoding: 'utf8',
    timeout: 120_000,
  })
  if (installed.status !== 0) throw new Error(`the extension was not installed:\n${installed.stdout}\n${installed.stderr}`)

  const port = await freePort()
  const log = []
  const server = spawn(
    tools.node,
    [
      tools.codeServer,
      ...own,
      '--auth',
      'none',
      '--bind-addr',
      `127.0.0.1:${port}`,
      '--disable-telemetry',
      '--disable-update-check',
      folder,
    ],
    { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const listening = new Promise((resolve, reject) => {
    const hear = chunk => {
      log.push(String(chunk))
      if (/HTTP server listening/.test(log.join(''))) resolve(undefined)
    }
    server.stdout.on('data', hear)
    server.stderr.on('data', hear)
    server.once('exit', status => reject(new Error(`code-server stopped with status ${status}:\n${log.join('')}`)))
  })
  let browser
  const stop = async () => {
    await browser?.close().catch(() => undefined)
    try {
      // Its whole process group, which is ours: detached above.
      if (server.exitCode === null) process.kill(-server.pid, 'SIGKILL')
    } catch {
      // Gone already.
    }
  }
  try {
    await listening
    browser = await chromium.launch({ executablePath: tools.chromium, args: chromiumFlags, timeout: 60_000 })
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    page.on('console', message => log.push(`[page ${message.type()}] ${message.text()}\n`))
    page.on('requestfailed', request => log.push(`[page request] ${request.url()} ${request.failure()?.errorText}\n`))
    await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`)
    await page.locator('.monaco-workbench').waitFor()
    await page.locator('.explorer-folders-view').waitFor()
    return { page, stop, log, ...driver(page) }
  } catch (error) {
    await stop()
    throw error
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

/** What a person does. Every wait is for something on the screen. */
function driver(page) {
  const quickInput = page.locator('.quick-input-widget')
  const typeInPalette = async text => {
    const input = quickInput.locator('input[type=text]').first()
    await input.waitFor({ state: 'visible' })
    await input.fill(text)
  }
  /** A word in the open editor. */
  const word = text => page.locator('.editor-group-container.active .view-line span span', { hasText: text }).first()
  return {
    async runCommand(title) {
      await quickInput.waitFor({ state: 'hidden' })
      await page.keyboard.press('F1')
      await typeInPalette(`>${title}`)
      await quickInput.locator('.monaco-list-row', { hasText: title }).first().waitFor()
      await page.keyboard.press('Enter')
    },
    async openFile(path) {
      await quickInput.waitFor({ state: 'hidden' })
      await page.keyboard.press('Control+P')
      await typeInPalette(path)
      await quickInput
        .locator('.monaco-list-row', { hasText: path.slice(path.lastIndexOf('/') + 1) })
        .first()
        .waitFor()
      await page.keyboard.press('Enter')
      await page.locator('.editor-group-container.active .tab.active', { hasText: path.slice(path.lastIndexOf('/') + 1) }).waitFor()
    },
    quickInput,
    typeInPalette,
    word,
    /** A click on the middle of a word in the open editor. The cursor may lie over it: the mouse does not mind. */
    async clickWord(text) {
      await word(text).waitFor()
      const box = await word(text).boundingBox()
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    },
  }
}
