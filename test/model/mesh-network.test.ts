/** Who reaches whom over tunnels: one hop, gateways, nodes behind gateways, what does not come up, what nobody knows. */
import { describe, expect, test } from 'vitest'
import { type Network, nodesTalk, route } from '../../server/src/core/analysis/reachability.ts'
import { projectCluster } from '../../server/src/core/model/cluster-view.ts'
import { exampleMesh } from '../../server/src/core/rules/example-mesh.ts'
import { snapshotOf } from '../check.ts'
import { healthyCluster, parseFixture } from '../fixture.ts'

function networkOfFixture(text: string) {
  const [cluster] = snapshotOf(parseFixture(text)).clusters
  const { network, nodes, shape } = projectCluster(cluster!)
  const index = (name: string) => nodes.findIndex(node => node.name === name)
  return {
    network: network as Network,
    talk: (a: string, b: string) => nodesTalk(shape, network, { hosts: new Set(), tunnels: new Set() }, index(a), index(b)),
    way: (a: string, b: string) => {
      const found = network!.routes[index(a) * nodes.length + index(b)]!
      if (found >= 0) return network!.chains[found]!.via.map(host => network!.hosts[host]).join('>')
      return Object.entries(route).find(([, value]) => value === found)![0]
    },
  }
}

describe('a mesh of nodes', () => {
  test('has a tunnel for every pair', () => {
    const { network, way, talk } = networkOfFixture(exampleMesh(3, {}, true))
    expect([way('db1', 'db2'), way('db3', 'db1')]).toEqual(['tunnel', 'tunnel'])
    expect(talk('db1', 'db3')).toBe(true)
    expect(network.assuming).toEqual([])
  })

  test.each([
    ['is not listed on the other side', { 2: { peers: { 1: undefined } } }],
    ['has no endpoint on either side', { 1: { peers: { 2: { Endpoint: undefined } } }, 2: { peers: { 1: { Endpoint: undefined } } } }],
    ['has a preshared key on one side', { 1: { peers: { 2: { PresharedKey: 'foretellExampleKeyOfDb4///////////////////A=' } } } }],
    ['has another address in AllowedIPs', { 1: { peers: { 2: { AllowedIPs: '10.20.1.99/32' } } } }],
    ['lost its prefix to a later peer', { 1: { peers: { 3: { AllowedIPs: '10.20.1.13/32, 10.20.1.12/32' } } } }],
  ])('loses the pair that %s', (_, changes) => {
    const { talk } = networkOfFixture(exampleMesh(3, changes as never, true))
    expect([talk('db1', 'db2'), talk('db1', 'db3'), talk('db2', 'db3')]).toEqual([false, true, true])
  })

  test('goes over a node that routes on, and back', () => {
    const { way, talk } = networkOfFixture(
      exampleMesh(
        3,
        {
          1: { peers: { 2: { AllowedIPs: '10.20.1.12/32, 10.20.1.13/32' }, 3: undefined } },
          3: { peers: { 1: undefined, 2: { AllowedIPs: '10.20.1.12/32, 10.20.1.11/32' } } },
        },
        true,
      ),
    )
    expect(way('db1', 'db3')).toBe('db2')
    expect(talk('db1', 'db3')).toBe(true)
  })

  test('a peer without a file here is taken at its word', () => {
    const { network, way } = networkOfFixture(
      exampleMesh(
        3,
        {
          1: { peers: { 3: { PublicKey: 'LOFi1XME2VLF0Kd4clTUOllBcf3q99O4E6h1U0mVxmQ=' } } },
          3: { peers: { 1: undefined }, interface: { PrivateKey: undefined, PostUp: 'true', Address: '10.20.9.9/24' } },
        },
        true,
      ),
    )
    expect(way('db1', 'db3')).toBe('underlay')
    expect(network.assuming.join()).toContain('belongs to no file here')
  })

  test('addresses outside every tunnel network go over the underlay', () => {
    const aside = exampleMesh(3, {}, true).replaceAll(/(Address|AllowedIPs) = 10\.20\.1\.1/g, '$1 = 10.99.0.1')
    expect(networkOfFixture(aside).way('db1', 'db2')).toBe('underlay')
  })

  test('without WireGuard files there is no network', () => {
    expect(networkOfFixture('#- cluster: 1x3').network).toBe(undefined)
  })
})

describe('nodes behind gateways', () => {
  const files = healthyCluster(2, 2)
  const gateway = (n: number, other: number, endpoint = true) =>
    `#- gw${n}/wg0.conf\n[Interface]\nPrivateKey = foretellExampleKeyOfDb${n}///////////////////A=\nAddress = 10.255.0.${n}/24\nListenPort = 51820\n[Peer]\nPublicKey = ${['aAie12XCsVY8aDCzBnNDC7nBUgzAVuEr4H3jfVbP3V0=', 'kJvsj6pTHg3MuqEW78dRvLixqTvFmZooGUgpnzbEgB8='][other - 1]}\nAllowedIPs = 10.255.0.${other}/32, 10.20.${other}.0/24\n${endpoint ? `Endpoint = 192.0.2.${other}:51820\n` : ''}`
  const cluster = [...files].map(([path, text]) => `#- ${path}\n${text}`).join('')

  test('send over the one gateway that carries them, and no further than a broken tunnel', () => {
    const { way, talk, network } = networkOfFixture(`${cluster}${gateway(1, 2)}${gateway(2, 1)}`)
    expect([way('db1', 'db3'), way('db4', 'db2'), way('db1', 'db2')]).toEqual(['gw1>gw2', 'gw2>gw1', 'underlay'])
    expect(talk('db1', 'db3')).toBe(true)
    expect(network.hosts.slice(4)).toEqual(['gw1', 'gw2'])
    expect(networkOfFixture(`${cluster}${gateway(1, 2, false)}${gateway(2, 1, false)}`).talk('db1', 'db3')).toBe(false)
  })
})
