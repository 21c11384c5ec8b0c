/** Bundles one bench and runs it in a fresh Node with the garbage collector exposed: `node test/bench/run.mjs fatal-sets`. */
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const [name = 'fatal-sets', ...rest] = process.argv.slice(2)
const root = fileURLToPath(new URL('../..', import.meta.url))
const outfile = `${root}.cache/bench/${name}.mjs`
mkdirSync(`${root}.cache/bench`, { recursive: true })
await build({
  entryPoints: [fileURLToPath(new URL(`${name}.bench.ts`, import.meta.url))],
  bundle: true,
  platform: 'node',
  format: 'esm',
  banner: { js: "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)" },
  outfile,
  logLevel: 'error',
})
process.exit(spawnSync(process.execPath, ['--expose-gc', outfile, ...rest], { stdio: 'inherit', cwd: root }).status ?? 1)
