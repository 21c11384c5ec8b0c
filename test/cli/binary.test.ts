/** The built binary on a real disk: exit status, colours, standard input, bad input. `npm run build` makes it. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { healthyCluster } from '../fixture.ts'

const binary = join(import.meta.dirname, '../../dist/cli.cjs')
let root = ''
const write = (path: string, text: string | Buffer) => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
const foretell = (words: readonly string[], { input = '', env = {} as Record<string, string>, cwd = root } = {}) =>
  spawnSync(process.execPath, [binary, ...words], {
    cwd,
    input,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', ...env },
    maxBuffer: 2 ** 28,
  })

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'foretell-'))
  for (const [path, text] of healthyCluster(1, 3)) write(`good/${path}`, text)
  write('bad/foretell.yaml', 'longestOutage: soon\n')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

test('exit status 0, 1 and 2', () => {
  expect(foretell(['check', 'good'])).toMatchObject({ status: 0, stderr: '' })
  expect(foretell(['check', 'bad'])).toMatchObject({ status: 1, stderr: '' })
  expect(foretell(['check', 'nowhere'])).toMatchObject({ status: 2, stdout: '' })
})

test('paths are relative to the working directory, also below a foretell.yaml', () => {
  write('bad/deep/cassandra-rackdc.properties', '# foretell: ignore identity/none because\ndc=dc1\nrack=r1\n')
  const found = JSON.parse(foretell(['check', '--format', 'json'], { cwd: join(root, 'bad/deep') }).stdout).findings
  expect(found.map(({ file }: { file: string }) => file)).toContain('cassandra-rackdc.properties')
})

test('no colours into a pipe; FORCE_COLOR has them, NO_COLOR wins', () => {
  const colour = '\u001b['
  expect(foretell(['check', 'bad']).stdout).not.toContain(colour)
  expect(foretell(['check', 'bad'], { env: { FORCE_COLOR: '1' } }).stdout).toContain(colour)
  expect(foretell(['check', 'bad'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).stdout).not.toContain(colour)
})

test('lsp --stdio serves until the client leaves', async () => {
  const server = spawn(process.execPath, [binary, 'lsp', '--stdio'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
  const send = (content: object) => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...content })
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
  }
  let output = ''
  server.stdout.on('data', chunk => {
    const before = output
    output += chunk
    const arrived = (words: string) => output.includes(words) && !before.includes(words)
    if (arrived('"id":1')) send({ id: 2, method: 'shutdown' })
    if (arrived('"id":2')) send({ method: 'exit' })
  })
  send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } })
  const [status] = await once(server, 'exit')
  expect(output).toContain('"serverInfo":{"name":"foretell"')
  expect(status).toBe(0)
})

test('standard input stands for a file', () => {
  const { stdout, status } = foretell(['check', '--format', 'json', '--isolated', '--stdin', '--stdin-filename', 'foretell.yaml'], {
    input: 'asertions: []\n',
  })
  expect(status).toBe(1)
  expect(JSON.parse(stdout).findings[0]).toMatchObject({ rule: 'syntax/foretell-unreadable', file: 'foretell.yaml' })
})

describe('bad input gives an answer, not a crash', () => {
  const long = 'x'.repeat(4 * 2 ** 20)
  const names = [
    'cassandra.yaml',
    'cassandra-rackdc.properties',
    'cassandra-topology.properties',
    'wg0.conf',
    'schema.cql',
    'jvm-server.options',
    'cassandra-env.sh',
    'foretell.yaml',
    'docker-compose.yml',
  ]
  const contents: readonly (readonly [string, string | Buffer])[] = [
    ['empty', ''],
    ['binary', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256))],
    ['one long line', `cluster_name: ${long}\nlisten_address: [Interface] CREATE KEYSPACE ${long}`],
    ['brackets', `cluster_name: a\nlisten_address: b\nnodes: ${'['.repeat(200_000)}`],
    [
      'half',
      "cluster_name: prod\nlisten_address: \"10.0.0.1\n[Interface]\nPrivateKey = \nCREATE KEYSPACE shop WITH replication = {'class'",
    ],
    ['conflict', 'cluster_name: a\nlisten_address: b\n<<<<<<< ours\nnum_tokens: 1\n=======\nnum_tokens: 2\n>>>>>>> theirs\n'],
    ['other line breaks', 'cluster_name: a\rlisten_address: b\r\n\u2028num_tokens: 3\u0085'],
  ]
  test.each(contents)('%s', (name, content) => {
    const folder = `input-${name.replaceAll(' ', '-')}`
    for (const file of names) write(`${folder}/${file}`, content)
    const { status, stdout, stderr } = foretell(['check', '--format', 'json', folder])
    expect([0, 1]).toContain(status)
    expect(stderr).toBe('')
    expect(JSON.parse(stdout).version).toBe(1)
    expect(foretell(['check', folder]).stderr).toBe('')
  })
})

test('no secret in any output', () => {
  const secrets = { key: 'yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=', password: 'hunter2-correct-horse' }
  write(
    'secret/db1/wg0.conf',
    `[Interface]\nPrivateKey = ${secrets.key}\nAdress = 10.0.0.1/24\n[Peer]\nPublicKey = ${secrets.key}x\nPresharedKey = ${secrets.key}\nAllowedIPs = 10.0.0.300/32\n`,
  )
  write(
    'secret/db1/cassandra.yaml',
    `cluster_name: a\nlisten_address: 10.0.0.1\nserver_encryption_options:\n  keystore_password: ${secrets.password}\n  keystore_pasword: ${secrets.password}\n`,
  )
  write('secret/schema.cql', `CREATE ROLE a WITH PASSWORD = '${secrets.password}' AND LOGINS = true;\n`)
  for (const format of ['pretty', 'json', 'sarif', 'github', 'markdown']) {
    const { stdout, stderr } = foretell(['check', '--format', format, 'secret'])
    for (const secret of Object.values(secrets)) expect(stdout + stderr, format).not.toContain(secret)
  }
})
