/** The built server as any editor starts it: a process, standard input and output, files on a disk. `npm run build` makes it. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node'
import { type Status, statusNotification } from '../../server/src/lsp/custom-requests.ts'
import { twoDatacenters } from './two-datacenters.ts'

const dist = join(import.meta.dirname, '../../dist')

test.each([
  ['server.cjs', ['--stdio']],
  ['server.cjs', []],
  ['cli.cjs', ['lsp', '--stdio']],
])('%s %s reads the folder from disk, without what git ignores, follows no links, and stops when it is told to', async (file, words) => {
  const folder = mkdtempSync(join(tmpdir(), 'foretell '))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  try {
    for (const [path, text] of Object.entries(twoDatacenters())) write(path, text)
    write('.git/HEAD', '')
    write('.gitignore', 'old/\n')
    write('old/db9/cassandra.yaml', twoDatacenters()['dc1/db11/cassandra.yaml']!)
    write('dc1/db11/big.conf', '\u0000'.repeat(1000))
    symlinkSync(folder, join(folder, 'dc1/again'))
    const child = spawn(process.execPath, [join(dist, file), ...words], { stdio: ['pipe', 'pipe', 'inherit'] })
    const exited = new Promise<number | null>(resolve => child.once('exit', resolve))
    const early = exited.then(code => Promise.reject(new Error(`the server stopped with ${code}: npm run build`)))
    early.catch(() => undefined)
    const client = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin))
    const status = new Promise<Status>(resolve => client.onNotification(statusNotification, resolve))
    client.listen()
    const initialized = client.sendRequest('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(folder).href,
      capabilities: {},
      workspaceFolders: null,
    })
    await Promise.race([initialized, early])
    await client.sendNotification('initialized', {})
    expect(await status).toMatchObject({ nodes: 6, datacenters: 2, clusters: 1, keyspaces: 1 })
    await client.sendRequest('shutdown')
    await client.sendNotification('exit')
    expect(await exited).toBe(0)
    client.dispose()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
