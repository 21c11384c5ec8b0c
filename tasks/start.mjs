/** `npm start`: shows the tool on the samples, then what the loss of a rack does in one of them. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const samples = join(root, 'samples')
const foretell = (folder, ...words) => {
  console.log(`\n\u2500\u2500 samples/${folder} $ foretell ${words.join(' ')}\n`)
  return spawnSync(process.execPath, [join(root, 'dist/cli.cjs'), ...words], { cwd: join(samples, folder), stdio: 'inherit' }).status
}

let broken = false
for (const entry of readdirSync(samples, { withFileTypes: true }))
  if (entry.isDirectory()) broken = ![0, 1].includes(foretell(entry.name, 'check')) || broken
broken = foretell('two-datacenters', 'simulate', '--lose', 'rack:amsterdam/r1') !== 0 || broken
process.exitCode = broken ? 1 : 0
