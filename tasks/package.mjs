/** Packs the built extension to `foretell-<version>.vsix` with vsce; everything is bundled, so no dependencies go in. A path as argument names another target. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createVSIX } from '@vscode/vsce'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const packagePath = process.argv[2] ?? join(root, `foretell-${manifest.version}.vsix`)

for (const file of [manifest.main, manifest.browser, 'dist/server.cjs', 'dist/web/server.js']) {
  if (!existsSync(join(root, file))) {
    console.error(`${file} is missing: npm run build`)
    process.exit(1)
  }
}
await createVSIX({
  cwd: root,
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
  skipLicense: !existsSync(join(root, 'LICENSE')),
})
