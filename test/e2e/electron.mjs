/**
 * The scenario's checks in a downloaded VS Code, where one can be downloaded: `npm run test:electron`. Needs the package @vscode/test-electron
 * and, on a machine without a display, xvfb-run.
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../..')
const folder = join(root, '.cache/electron/shop')

const { runTests } = await import('@vscode/test-electron').catch(() => {
  console.error('@vscode/test-electron is not installed: npm install --no-save @vscode/test-electron@2.5.2')
  process.exit(1)
})

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
cpSync(join(here, 'workspace'), folder, { recursive: true })
const userData = join(root, '.cache/electron/user-data')
mkdirSync(join(userData, 'User'), { recursive: true })
writeFileSync(join(userData, 'User/settings.json'), JSON.stringify({ 'telemetry.telemetryLevel': 'off', 'update.mode': 'none' }))
try {
  await runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: join(here, 'electron-suite.cjs'),
    cachePath: join(root, '.cache/electron/vscode'),
    launchArgs: [folder, '--disable-extensions', '--disable-workspace-trust', '--user-data-dir', userData],
  })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
