/** The command line on Node: the host that `cli/` asks for, and the exit status. */
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import type { Host } from '../cli/host.ts'
import { run } from '../cli/main.ts'
import { toolVersion } from '../cli/tool-version.ts'
import { findForetellFileAbove, readPaths, readText, reasonOf, relativePath } from './disk-files.ts'

const workingFolder = process.cwd()

function coloursWanted(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return process.stdout.isTTY === true && TERM !== 'dumb'
}

function columns(): number {
  const wide = process.stdout.columns ?? Number(process.env.COLUMNS ?? 80)
  return Number.isInteger(wide) && wide >= 40 ? Math.min(wide, 160) : 80
}

async function standardInput(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const output: string[] = []

const host: Host = {
  version: toolVersion,
  write: text => {
    output.push(text)
  },
  complain: text => {
    process.stderr.write(text)
  },
  terminal: { colours: coloursWanted(), columns: columns() },
  today: () => {
    const now = new Date()
    return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
  },
  standardInput,
  readPaths: (root, paths, exclude) => readPaths(workingFolder, resolve(workingFolder, root), paths, exclude),
  readFile: (root, path) => readText(resolve(workingFolder, root, path), path),
  writeFile: (root, path, text) => {
    try {
      writeFileSync(resolve(workingFolder, root, path), text)
      return undefined
    } catch (error) {
      return { path, why: reasonOf(error) }
    }
  },
  findForetellFileAbove: path => {
    const found = findForetellFileAbove(workingFolder, path)
    return found === undefined ? undefined : { root: relativePath(workingFolder, dirname(found)), name: basename(found) }
  },
  pathFrom: (root, path) => relativePath(resolve(workingFolder, root), resolve(workingFolder, path)),
  shownPath: (root, path) => relativePath(workingFolder, resolve(workingFolder, root, path)),
  startLanguageServer: async () => {
    createRequire(join(import.meta.dirname, 'cli.cjs'))('./server.cjs')
    await new Promise(done => process.stdin.once('close', done))
  },
}

process.stdout.on('error', error => {
  // A reader that went away (`foretell check | head`) is no failure of ours.
  process.exit((error as { code?: string }).code === 'EPIPE' ? 0 : 2)
})

run(process.argv.slice(2), host).then(
  status => {
    process.exitCode = status
    if (output.length > 0) process.stdout.write(output.join(''))
  },
  (error: unknown) => {
    process.exitCode = 2
    const where = error instanceof Error ? (error.stack ?? '').split('\n').slice(1, 3).join('\n') : ''
    process.stderr.write(
      `foretell: this is a fault of Foretell itself, not of your files (${error instanceof Error ? error.name : 'unknown'})\n${where}\n`,
    )
  },
)
