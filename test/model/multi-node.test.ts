/** What a person reads in the fifteen real trees: nodes, datacenters, keyspaces. Written down by hand after looking at each. */
import { describe, expect, test } from 'vitest'
import { createWorkspace } from '../../server/src/core/workspace/workspace.ts'
import { corpusFolders, readCorpus } from '../read-corpus.ts'

interface Reading {
  readonly nodes: readonly string[]
  readonly datacenters: readonly string[]
  readonly keyspaces: readonly string[]
}

const nothing: Reading = { nodes: [], datacenters: [], keyspaces: [] }

const readings: Readonly<Record<string, Reading>> = {
  // Five hosts under GossipingPropertyFileSnitch, but no rackdc file: their datacenters are not in the tree.
  DoNguyenDung93__TransactionSystem: { nodes: ['node1', 'node2', 'node3', 'node4', 'node5'], datacenters: [], keyspaces: [] },
  // Two loopback nodes of one machine; the first has no telling folder.
  'HidemotoNakada__cassandra-udf': { nodes: ['127.0.0.1', 'conf1'], datacenters: ['datacenter1'], keyspaces: [] },
  // Compose services and JVM options, no cassandra.yaml.
  'Sharofiddin__cassandra-leaderless-experiment': { nodes: [], datacenters: [], keyspaces: ['social_network'] },
  'adambubenicek__arch-config': nothing,
  ajayreddyyeruva__cassandra: { nodes: ['node', 'seed'], datacenters: ['datacenter1'], keyspaces: [] },
  // One cassandra.yaml above four rackdc folders.
  'codewithz__apache-cassandra-cisco-july-2025': {
    nodes: ['dc1_rac1', 'dc1_rac2', 'dc2_rac1', 'dc2_rac2'],
    datacenters: ['DC1', 'DC2'],
    keyspaces: [],
  },
  'digitalis-io__apache-cassandra-multidc-docker-compose': {
    nodes: ['cass-alpha1', 'cass-alpha2', 'cass-alpha3', 'cass-alpha4', 'cass-omega1', 'cass-omega2', 'cass-omega3', 'cass-omega4'],
    datacenters: ['alpha', 'omega'],
    keyspaces: [
      'integrationtests_alpha_rf1',
      'integrationtests_alpha_rf2',
      'integrationtests_alpha_rf3',
      'integrationtests_multidc_allnodes',
      'integrationtests_multidc_alpha_allnodes',
      'integrationtests_multidc_omega_allnodes',
      'integrationtests_multidc_rf1',
      'integrationtests_multidc_rf2',
      'integrationtests_multidc_rf3',
    ],
  },
  'erebe__personal-server': nothing,
  'hcartiaux__dn42-as4242420263': nothing,
  hyangrunning__wg: nothing,
  iuxt__nebula: nothing,
  // An Ansible template: nodes of unknown number.
  'joeljacobson__cassandra-multi-dc': nothing,
  'phanletrunghieu__cassandra-cluster': { nodes: ['node1', 'node2'], datacenters: ['dc1', 'dc2'], keyspaces: [] },
  // `<PRIVATE_IP>` in the address: a template.
  'swapnilbansod__cassandra-multi-dc-project': nothing,
  'tzach__scylladb-multi-dc-docker-compose': nothing,
}

function read(tree: string): Reading {
  const workspace = createWorkspace()
  workspace.apply({ set: readCorpus(`multi-node/${tree}`) })
  const { nodes, clusters, keyspaces } = workspace.snapshot()
  return {
    nodes: nodes.map(node => node.name).sort(),
    datacenters: [...new Set(clusters.flatMap(cluster => cluster.datacenters.map(datacenter => datacenter.name as string)))].sort(),
    keyspaces: keyspaces.map(keyspace => keyspace.name as string).sort(),
  }
}

describe('real trees', () => {
  test.each(Object.entries(readings))('%s', (tree, expected) => {
    expect(read(tree)).toEqual(expected)
  })

  test('every tree of the corpus has its reading', () => {
    expect(corpusFolders('multi-node').filter(tree => !(tree in readings))).toEqual([])
  })

  test('the five nodes that name each other as seeds are one cluster', () => {
    const workspace = createWorkspace()
    workspace.apply({ set: readCorpus('multi-node/DoNguyenDung93__TransactionSystem') })
    expect(workspace.snapshot().clusters.map(({ name, nodes }) => [name, nodes.length])).toEqual([['cs4424h', 5]])
  })
})
