/**
 * End to end: packs the extension, installs it in a real VS Code, and runs the scenario there. Pictures are in `.cache/e2e/screenshots`; with
 * UPDATE=1 those of the documentation are taken from them.
 */

import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEditor } from './editor.mjs'
import { installTools } from './install-tools.mjs'
import { scenario } from './scenario.mjs'
import { webHostScenario } from './web-host.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../..')
const cache = join(root, '.cache/e2e')
const pictures = join(cache, 'screenshots')
const folder = join(cache, 'shop')
const vsix = join(cache, 'foretell.vsix')

/** Pictures of the documentation, and the step that they show. */
const documentationPictures = { 'editor-diagnostics': 'finding', simulate: 'simulate' }

/** Longer than any good run; a hung one ends. */
const patience = setTimeout(() => {
  console.error('end to end: no end after 12 minutes')
  process.exit(1)
}, 12 * 60_000)

let editor
try {
  for (const path of [pictures, folder]) rmSync(path, { recursive: true, force: true })
  mkdirSync(pictures, { recursive: true })
  cpSync(join(here, 'workspace'), folder, { recursive: true })
  console.log('tools')
  const tools = installTools(cache)
  if (!process.argv.includes('--no-build')) node('tasks/build.mjs')
  console.log('package')
  node('tasks/package.mjs', vsix)
  console.log('a real VS Code')
  editor = await startEditor(tools, { cache, vsix, folder })
  await scenario(editor, pictures)
  await editor.stop()
  console.log('a real VS Code, the extension in its browser host')
  editor = await startEditor(tools, {
    cache,
    vsix,
    folder,
    settings: { 'remote.extensionKind': { 'foretell.foretell': ['web'] }, 'workbench.colorTheme': 'Default Light Modern' },
  })
  await webHostScenario(editor, pictures)
  if (process.env.UPDATE) {
    for (const [name, picture] of Object.entries(documentationPictures)) {
      const taken = readdirSync(pictures).find(file => file.endsWith(`-${picture}.png`))
      if (taken) copyFileSync(join(pictures, taken), join(root, 'docs/images', `${name}.png`))
    }
  }
  console.log(`passed; pictures in ${pictures}`)
} catch (error) {
  console.error(`failed: ${error instanceof Error ? error.message : error}`)
  if (process.env.FORETELL_E2E_LOG && editor) console.error(editor.log.join(''))
  process.exitCode = 1
} finally {
  await editor?.stop()
  clearTimeout(patience)
}

function node(...args) {
  const result = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (result.status !== 0) throw new Error(`${args.join(' ')} failed`)
}
