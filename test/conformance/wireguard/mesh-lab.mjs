// @ts-check
/**
 * A small mesh of network namespaces with wireguard-go: five hosts, some pairs broken on purpose, one reached through a gateway. Who connects to whom
 * over TCP, and which MTU wg-quick sets, must be what the simulator foretells from the same files. Called by ask-wg.mjs; needs root, ip and wireguard-go.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const underlay = 1400
const hosts = [1, 2, 3, 4, 5]
const port = 7000
const tunnelAddress = host => `10.77.0.${host}`
const namespace = host => `foretell-db${host}`

/** Blocks of `from` for `to` that differ from the plain one; `null` leaves it out. */
const differing = {
  '3>1': null,
  '1>4': { AllowedIPs: '10.77.0.44/32' },
  '2>4': { PresharedKey: true },
  '3>4': { Endpoint: null },
  '4>3': { Endpoint: null },
  '1>2': { AllowedIPs: '10.77.0.2/32, 10.77.0.5/32' },
  '1>5': null,
  '5>1': null,
  '5>2': { AllowedIPs: '10.77.0.2/32, 10.77.0.1/32' },
}

/** @param {(program: string, words: readonly string[]) => { stdout: string }} run */
function filesOfMesh(run) {
  const privateKeys = new Map(hosts.map(host => [host, run('wg', ['genkey']).stdout.trim()]))
  const publicOf = key => spawnSync('sh', ['-c', `echo '${key}' | wg pubkey`], { encoding: 'utf8', env: process.env }).stdout.trim()
  const publicKeys = new Map([...privateKeys].map(([host, key]) => [host, publicOf(key)]))
  const shared = run('wg', ['genpsk']).stdout.trim()
  return new Map(
    hosts.map(host => {
      const blocks = hosts.flatMap(other => {
        const change = other === host ? null : differing[`${host}>${other}`]
        if (other === host || change === null) return []
        const settings = {
          PublicKey: publicKeys.get(other),
          AllowedIPs: `${tunnelAddress(other)}/32`,
          Endpoint: `192.168.77.${other}:51820`,
          ...change,
        }
        if (settings.PresharedKey) settings.PresharedKey = shared
        return [
          `[Peer]\n${Object.entries(settings)
            .filter(([, value]) => value)
            .map(([key, value]) => `${key} = ${value}\n`)
            .join('')}`,
        ]
      })
      const mtu = host === 2 ? 'MTU = 1300\n' : ''
      return [
        host,
        `[Interface]\nPrivateKey = ${privateKeys.get(host)}\nListenPort = 51820\nAddress = ${tunnelAddress(host)}/24\n${mtu}\n${blocks.join('\n')}`,
      ]
    }),
  )
}

/** What the simulator says of the same files. */
async function foretold(root, scratch, files) {
  const outfile = join(scratch, 'simulator.mjs')
  await build({
    stdin: {
      contents: `import { createWorkspace } from './server/src/core/workspace/workspace.ts'
import { projectCluster } from './server/src/core/model/cluster-view.ts'
import { nodesTalk, nothingLost } from './server/src/core/analysis/reachability.ts'
import { effectiveMtu } from './server/src/core/model/mesh-mtu.ts'
export function foretell(set) {
  const workspace = createWorkspace({ today: '2026-06-01' })
  workspace.apply({ set })
  const { clusters } = workspace.snapshot()
  const cluster = clusters[0]
  const { shape, network, nodes } = projectCluster(cluster)
  const index = name => nodes.findIndex(node => node.name === name)
  return {
    talk: (a, b) => nodesTalk(shape, network, nothingLost, index(a), index(b)),
    mtu: name => effectiveMtu(cluster.mesh, cluster.mesh.ends.find(end => end.host.name === name)),
  }
}`,
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  })
  const { foretell } = await import(outfile)
  const set = hosts.flatMap(host => [
    {
      path: `hosts/db${host}/cassandra.yaml`,
      text: `cluster_name: lab\nlisten_address: ${tunnelAddress(host)}\nendpoint_snitch: GossipingPropertyFileSnitch\nseed_provider:\n  - class_name: org.apache.cassandra.locator.SimpleSeedProvider\n    parameters:\n      - seeds: "${tunnelAddress(1)}"\n`,
    },
    { path: `hosts/db${host}/cassandra-rackdc.properties`, text: 'dc=dc1\nrack=r1\n' },
    { path: `hosts/db${host}/wg0.conf`, text: files.get(host) },
  ])
  return foretell([...set, { path: 'foretell.yaml', text: `network:\n  underlayMtu: ${underlay}\n` }])
}

/** @param {{ root: string, scratch: string, run: (program: string, words: readonly string[]) => any }} tools @returns {Promise<number>} 0 when all agree or nothing can be tried */
export async function compareMesh({ root, scratch, run }) {
  if (process.getuid?.() !== 0 || run('wireguard-go', ['--version']).error || run('ip', ['netns', 'add', namespace(0)]).status !== 0) {
    console.log('mesh laboratory skipped: it needs root, network namespaces and wireguard-go')
    return 0
  }
  const started = []
  try {
    const files = filesOfMesh(run)
    const inside = (host, ...words) => run('ip', ['netns', 'exec', namespace(host), ...words])
    const wan = (...words) => run('ip', ['-n', namespace(0), ...words])
    wan('link', 'add', 'br0', 'type', 'bridge')
    wan('link', 'set', 'br0', 'up')
    for (const host of hosts) {
      run('ip', ['netns', 'add', namespace(host)])
      wan('link', 'add', `v${host}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace(host))
      wan('link', 'set', `v${host}`, 'master', 'br0', 'mtu', String(underlay), 'up')
      for (const words of [
        ['link', 'set', 'lo', 'up'],
        ['addr', 'add', `192.168.77.${host}/24`, 'dev', 'eth0'],
        ['link', 'set', 'eth0', 'mtu', String(underlay), 'up'],
      ])
        run('ip', ['-n', namespace(host), ...words])
      inside(host, 'sysctl', '-qw', 'net.ipv4.ip_forward=1')
      inside(host, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward')
    }
    for (const host of hosts) {
      const folder = join(scratch, `db${host}`)
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      writeFileSync(join(folder, `wg${host}.conf`), files.get(host), { mode: 0o600 })
      const up = inside(host, 'wg-quick', 'up', join(folder, `wg${host}.conf`))
      if (up.status !== 0) {
        console.log(`mesh laboratory skipped: wg-quick up fails here: ${up.stderr.split('\n').slice(-3).join(' ')}`)
        return 0
      }
    }
    const listen = `require('net').createServer(s => s.end()).listen(${port}, '0.0.0.0', () => console.log('listening'))`
    for (const host of hosts) {
      const child = spawn('ip', ['netns', 'exec', namespace(host), process.execPath, '-e', listen], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      started.push(child)
      await new Promise(resolve => child.stdout.once('data', resolve))
    }
    const simulator = await foretold(root, scratch, files)
    const dial = `const net = require('net'); for (const a of process.argv.slice(1)) { const s = net.connect({ host: a, port: ${port} }); const done = word => { console.log(a + ' ' + word); s.destroy() }; s.setTimeout(12000, () => done('no')); s.on('connect', () => done('yes')); s.on('error', () => done('no')) }`
    let differences = 0
    let pairs = 0
    let connecting = 0
    const answers = await Promise.all(hosts.map(host => talkFrom(host, dial)))
    for (const [i, host] of hosts.entries())
      for (const [address, word] of answers[i]) {
        const other = Number(address.split('.').at(-1))
        const said = simulator.talk(`db${host}`, `db${other}`)
        pairs++
        if (word === 'yes') connecting++
        if (said === (word === 'yes')) continue
        differences++
        console.log(`db${host} -> db${other}: ${word === 'yes' ? 'connects' : 'does not connect'}, foretold ${said}`)
      }
    for (const host of hosts) {
      const mtu = Number(/mtu (\d+)/.exec(inside(host, 'ip', 'link', 'show', `wg${host}`).stdout)?.[1])
      if (mtu === simulator.mtu(`db${host}`)) continue
      differences++
      console.log(`db${host}: MTU ${mtu}, foretold ${simulator.mtu(`db${host}`)}`)
    }
    console.log(
      `mesh laboratory: ${pairs} directions, ${connecting} of which connect, and ${hosts.length} MTUs, ${differences} on which we differ`,
    )
    return differences === 0 ? 0 : 1
  } finally {
    for (const child of started) child.kill()
    for (const host of hosts) run('ip', ['-n', namespace(host), 'link', 'del', `wg${host}`])
    for (const host of [0, ...hosts]) run('ip', ['netns', 'del', namespace(host)])
  }
}

/** @returns {Promise<string[][]>} address and `yes` or `no` */
function talkFrom(host, script) {
  const others = hosts.filter(other => other !== host).map(tunnelAddress)
  const child = spawn('ip', ['netns', 'exec', namespace(host), process.execPath, '-e', script, ...others], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', data => {
    output += data
  })
  return new Promise(resolve =>
    child.once('close', () =>
      resolve(
        output
          .trim()
          .split('\n')
          .map(line => line.split(' ')),
      ),
    ),
  )
}
