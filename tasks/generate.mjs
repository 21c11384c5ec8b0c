/** `npm run generate`: writes the files that are made from the code (docs/rules.md, the schema of foretell.yaml). */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import * as esbuild from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const outfile = join(root, '.cache/generate/generated-files.mjs')
await esbuild.build({
  absWorkingDir: root,
  entryPoints: ['test/generated-files.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile,
  logLevel: 'error',
  alias: { vitest: './tasks/no-vitest.mjs' },
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
})
const { generatedFiles } = await import(pathToFileURL(outfile).href)
for (const [path, text] of generatedFiles()) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
  console.log(`${path} ${text.length} characters`)
}
