/**
 * Fetches what the end-to-end suite runs on, once, into `.cache/e2e`: a real VS Code (the npm package code-server) under its own Node, and Debian's
 * Chromium where there is none and we may install it. Answers with the paths of both. Safe to call again: what is there is kept.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const versions = { 'code-server': '4.139.1', node: '24.21.0' }
const minutes = 60_000

/** @returns {{ node: string, codeServer: string, chromium: string }} */
export function installTools(cache) {
  const tools = join(cache, 'tools')
  mkdirSync(tools, { recursive: true })
  const chromium = findChromium() ?? installWithApt(cache, ['chromium'], findChromium)
  if (!chromium) throw new Error('no Chromium: install one, or name it in FORETELL_CHROMIUM')
  const node = join(tools, 'node_modules/node/bin/node')
  const codeServer = join(tools, 'node_modules/code-server/out/node/entry.js')
  const done = join(tools, `installed-${versions['code-server']}`)
  if (existsSync(done) && existsSync(node) && existsSync(codeServer)) return { node, codeServer, chromium }

  rmSync(done, { force: true })
  writeFileSync(join(tools, 'package.json'), JSON.stringify({ private: true }))
  const step = (what, folder, args, limit) => {
    console.log(`  ${what}`)
    run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, timeout: limit, env: withNode(tools) })
  }
  step(`Node ${versions.node}, which this VS Code needs`, tools, ['install', '--save-exact', `node@${versions.node}`], 3 * minutes)
  step(
    `code-server ${versions['code-server']}`,
    tools,
    ['install', '--save-exact', '--ignore-scripts', `code-server@${versions['code-server']}`],
    4 * minutes,
  )
  // One module of VS Code is compiled against Kerberos' headers.
  if (!existsSync('/usr/include/gssapi/gssapi.h')) installWithApt(cache, ['libkrb5-dev'], () => existsSync('/usr/include/gssapi/gssapi.h'))
  const vscode = join(tools, 'node_modules/code-server/lib/vscode')
  step('the modules of VS Code, some of them compiled here', vscode, ['install', '--omit=dev'], 6 * minutes)
  const { version } = JSON.parse(readFileSync(join(tools, 'node_modules/code-server/package.json'), 'utf8'))
  if (version !== versions['code-server']) throw new Error(`npm installed code-server ${version}`)
  writeFileSync(done, '')
  return { node, codeServer, chromium }
}

function withNode(tools) {
  return { ...process.env, PATH: [join(tools, 'node_modules/node/bin'), process.env.PATH].join(delimiter) }
}

function findChromium() {
  const named = process.env.FORETELL_CHROMIUM
  const candidates = named ? [named] : ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  for (const candidate of candidates) {
    const folders = candidate.includes('/') ? [''] : (process.env.PATH ?? '').split(delimiter)
    for (const folder of folders) {
      const path = folder ? join(folder, candidate) : candidate
      try {
        accessSync(path, constants.X_OK)
        return path
      } catch {
        // Not there.
      }
    }
  }
  return undefined
}

/** Debian packages, when we are root and there is apt; what `check` says afterwards. */
function installWithApt(cache, packages, check) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return check() || undefined
  console.log(`  Debian packages ${packages.join(', ')}`)
  const archives = join(cache, 'apt')
  mkdirSync(join(archives, 'partial'), { recursive: true })
  const apt = args =>
    run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', '-o', `Dir::Cache::Archives=${archives}`, ...args], {
      timeout: 4 * minutes,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  apt(['update'])
  apt(['install', '-y', '--no-install-recommends', ...packages])
  rmSync(archives, { recursive: true, force: true })
  return check() || undefined
}

function run(command, args, options) {
  const result = spawnSync(command, args, { ...options, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 })
  if (result.status === 0) return
  const said = `${result.stdout ?? ''}\n${result.stderr ?? ''}`.trim().split('\n').slice(-15).join('\n')
  throw new Error(`${command} ${args.join(' ')} failed (${result.error?.message ?? result.signal ?? result.status})\n${said}`)
}
