/** `npm run catalogue`: reads the releases' jars and writes server/src/core/catalog/releases/*.json. With `--check` it only says what is stale. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile, fingerprint, jarsOf, releases, run } from './jars.mjs'

const folder = join(import.meta.dirname, '../../server/src/core/catalog/releases')
const checkOnly = process.argv.includes('--check')
let stale = 0
compile('Catalogue')
for (const { line, version } of releases) {
  const text = await run('Catalogue', [jarsOf(version), line, version, fingerprint('Catalogue')], '', [
    '-Dcassandra.storagedir=/nonexistent',
  ])
  const path = join(folder, `${line}.json`)
  const before = readFileSync(path, 'utf8')
  if (before === text) console.log(`${line}: as committed (${version})`)
  else {
    stale++
    if (!checkOnly) writeFileSync(path, text)
    console.log(`${line}: ${checkOnly ? 'stale' : 'written'} (${version})`)
  }
}
if (checkOnly && stale > 0) process.exitCode = 1
