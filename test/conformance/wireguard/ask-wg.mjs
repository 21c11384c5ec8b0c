// @ts-check
/**
 * `npm run conformance:wireguard`: asks the real wg-quick and wg for their verdict on the committed inputs and compares it with the committed one and
 * with the parser's; where network namespaces and wireguard-go are at hand, brings up a small mesh and compares who reaches whom, and MTUs, with
 * the simulator. `--update` writes new verdicts, `--reading FILE…` asks about files. Needs Debian's wireguard-tools; without them it says so.
 * WIREGUARD_TOOLS names a folder that holds wg and wg-quick, if they are not on the path.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../../..')
const path = [process.env.WIREGUARD_TOOLS, process.env.PATH, '/usr/sbin', '/sbin'].filter(Boolean).join(':')
const environment = { ...process.env, PATH: path, WG_ENDPOINT_RESOLUTION_RETRIES: '0', LC_ALL: 'C.UTF-8' }
const scratch = mkdtempSync(join(tmpdir(), 'foretell-wg-'))

/** @param {string} program @param {readonly string[]} words */
const run = (program, words) => spawnSync(program, words, { env: environment, encoding: 'utf8', timeout: 60_000 })

/** What wg-quick strip and wg setconf say of a text. @param {string | Buffer} text @returns {{ verdict: 'accepted' | 'refused', message: string }} */
function ask(text) {
  const file = join(scratch, 'wgt0.conf')
  writeFileSync(file, text, { mode: 0o600 })
  const stripped = run('wg-quick', ['strip', file])
  if (stripped.status !== 0) return { verdict: 'refused', message: clean(stripped.stderr) }
  const plain = join(scratch, 'stripped')
  writeFileSync(plain, stripped.stdout, { mode: 0o600 })
  const { stderr } = run('wg', ['setconf', 'no-device', plain])
  const refused = /Configuration parsing error|Invalid configuration/.test(stderr)
  return { verdict: refused ? 'refused' : 'accepted', message: clean(stderr) }
}

/** A configuration that parses fails only on the missing device. @param {string} text */
const clean = text =>
  text
    .split('\n')
    .filter(line => line.trim() !== '' && !/^Unable to (?:modify|access) interface|Operation not permitted/.test(line))
    .join(' | ')

/** The product's own reading, bundled. */
async function reader() {
  const outfile = join(scratch, 'reader.mjs')
  await build({
    stdin: {
      contents:
        "export { parseWireGuard } from './server/src/core/syntax/wireguard-parser.ts'\nexport { judgeWireGuard } from './server/src/core/syntax/wireguard-verdict.ts'\nexport { holdsPlaceholder } from './server/src/core/text/placeholder.ts'",
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
  return import(outfile)
}

async function main() {
  const version = run('wg', ['--version'])
  if (version.error || run('wg-quick', ['--help']).error) {
    console.log('skipped: wg and wg-quick are not installed (Debian: apt-get install wireguard-tools; or WIREGUARD_TOOLS=folder)')
    return 0
  }
  const tools = /v?(1\.\d+\.\d+)/.exec(version.stdout)?.[1]
  console.log(`wireguard-tools ${tools}`)
  const { parseWireGuard, judgeWireGuard, holdsPlaceholder } = await reader()
  const words = process.argv.slice(2)
  if (words[0] === '--reading') {
    let wrong = 0
    for (const file of words.slice(1)) {
      const text = readFileSync(file)
      const said = ask(text)
      const ours = judgeWireGuard(parseWireGuard({ path: 'wgt0.conf', text: text.toString('utf8') }), tools)
      if (ours.accepted !== (said.verdict === 'accepted')) wrong++
      console.log(`${said.verdict}${ours.accepted === (said.verdict === 'accepted') ? '' : ' (we differ)'} ${file}`)
    }
    return wrong === 0 ? 0 : 1
  }
  const file = join(here, 'inputs.jsonl')
  const inputs = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  let [changed, differing, asked] = [0, 0, 0]
  for (const input of inputs) {
    const said = ask(input.text)
    asked++
    if (said.verdict !== input.verdict) {
      changed++
      console.log(`verdict of wg is new: ${input.id} (${input.why}) ${input.verdict} -> ${said.verdict} ${said.message}`)
      if (words.includes('--update')) Object.assign(input, said)
    }
    if (holdsPlaceholder(input.text)) continue
    const { accepted } = judgeWireGuard(parseWireGuard({ path: 'wgt0.conf', text: input.text }), tools)
    if (accepted !== (said.verdict === 'accepted')) {
      differing++
      console.log(`we differ: ${input.id} (${input.why}) wg ${said.verdict}: ${said.message}`)
    }
  }
  if (words.includes('--update')) writeFileSync(file, `${inputs.map(input => JSON.stringify(input)).join('\n')}\n`)
  console.log(`${asked} inputs asked, ${changed} with a new verdict of wg, ${differing} on which we differ`)
  const lab = join(here, 'mesh-lab.mjs')
  const meshed = existsSync(lab) && !words.includes('--no-lab') ? (await import(lab)).compareMesh({ root, run, scratch }) : 0
  return (await meshed) === 0 && differing === 0 ? 0 : 1
}

try {
  process.exitCode = await main()
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
