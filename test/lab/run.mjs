/** Bundles the lab and runs it: `node test/lab/run.mjs 5.0.9 4.1.10`. Signals reach it, so that it can end its nodes. */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))
const outfile = `${root}.cache/lab/lab.mjs`
mkdirSync(`${root}.cache/lab`, { recursive: true })
await build({
  entryPoints: [fileURLToPath(new URL('lab.ts', import.meta.url))],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile,
  logLevel: 'error',
})
const child = spawn(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit', cwd: root })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', code => process.exit(code ?? 1))
