/** Runs the benchmarks: `npm run bench`, or `npm run bench -- keystroke` for those whose names hold a word. Each prints ratios; none asserts. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const words = process.argv.slice(2)
const folder = join(root, 'test/bench')
const out = join(root, '.cache/bench')
mkdirSync(out, { recursive: true })

let failed = false
for (const name of readdirSync(folder)
  .filter(name => name.endsWith('.bench.ts') && (words.length === 0 || words.some(word => name.includes(word))))
  .sort()) {
  const bundle = join(out, name.replace(/\.ts$/, '.mjs'))
  await build({
    entryPoints: [join(folder, name)],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  })
  console.log(`\n${name.replace('.bench.ts', '')}`)
  const { status } = spawnSync(process.execPath, ['--expose-gc', bundle], { cwd: root, stdio: 'inherit', timeout: 600_000 })
  if (status !== 0) failed = true
}
process.exitCode = failed ? 1 : 0
