/** A full mesh of 200 hosts, 200 files × 199 peers: judging it as a whole against reading and tokenising its files. Prints one run and a ratio. */
import { buildMeshes } from '../../server/src/core/model/build-mesh.ts'
import type { Declared } from '../../server/src/core/model/declared.ts'
import { publicHalf } from '../../server/src/core/syntax/wireguard-key.ts'
import { parseWireGuard } from '../../server/src/core/syntax/wireguard-parser.ts'
import { createWorkspace } from '../../server/src/core/workspace/workspace.ts'

const hosts = 200

/** A valid key from two numbers. */
function keyOf(a: number, b: number): string {
  return Buffer.from(Array.from({ length: 32 }, (_, i) => (a * 31 + b * 17 + i * 7 + ((a * i) >> 3) + ((b * i) >> 2)) & 255)).toString(
    'base64',
  )
}

const privateKeys = Array.from({ length: hosts }, (_, i) => keyOf(i, 1000))
const publicKeys = privateKeys.map(key => publicHalf(key)!)
const address = (i: number) => `${i >> 6}.${(i & 63) + 1}`
const texts = privateKeys.map((key, i) => {
  const peers = publicKeys.map((peer, j) =>
    j === i
      ? ''
      : `\n# db${j}\n[Peer]\nPublicKey = ${peer}\nPresharedKey = ${keyOf(Math.min(i, j), Math.max(i, j))}\nAllowedIPs = 10.20.${address(j)}/32, fd00:20::${j + 1}/128\nEndpoint = 192.0.${address(j)}:51820\nPersistentKeepalive = 25\n`,
  )
  return {
    path: `hosts/db${i}/wg0.conf`,
    text: `[Interface]\nPrivateKey = ${key}\nAddress = 10.20.${address(i)}/16, fd00:20::${i + 1}/64\nListenPort = 51820\nMTU = 1420\n${peers.join('')}`,
  }
})
const bytes = texts.reduce((sum, { text }) => sum + text.length, 0)

function timed<T>(work: () => T): { readonly value: T; readonly millis: number } {
  const start = process.hrtime.bigint()
  const value = work()
  return { value, millis: Number(process.hrtime.bigint() - start) / 1e6 }
}

const declared = { nodes: new Map(), datacenters: new Map(), clusters: new Map(), links: [] } as unknown as Declared
const fresh = () => texts.map(({ path, text }) => ({ path, text }))

for (let warm = 0; warm < 2; warm++) buildMeshes(fresh().slice(0, 20).map(parseWireGuard), [], declared)
const ratios: number[] = []
for (let run = 0; run < 3; run++) {
  const files = fresh()
  const reading = timed(() => files.map(parseWireGuard))
  const meshing = timed(() => buildMeshes(reading.value, [], declared))
  const again = fresh()
  const workspace = createWorkspace({ today: '2026-06-01' })
  const whole = timed(() => {
    workspace.apply({ set: again })
    return workspace.snapshot().findings.length
  })
  ratios.push(whole.millis / reading.millis)
  console.log(
    `  ${(bytes / 1e6).toFixed(1)} MB, ${meshing.value[0]!.tunnels.length} tunnels: read ${reading.millis.toFixed(0)} ms, mesh ${meshing.value.length} in ${meshing.millis.toFixed(0)} ms, judged as a whole ${whole.millis.toFixed(0)} ms (${whole.value} findings), ratio ${(whole.millis / reading.millis).toFixed(2)}`,
  )
}
console.log(`  best ratio ${Math.min(...ratios).toFixed(2)} (wanted: below 3, reading included)`)
