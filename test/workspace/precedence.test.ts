/** One finding for each root cause, and only the ones that it explains give way. */
import { expect, test } from 'vitest'
import { allRules } from '../../server/src/core/rules/all-rules.ts'
import { exampleCluster } from '../../server/src/core/rules/example-cluster.ts'
import type { EntityKey, Severity } from '../../server/src/core/rules/rule.ts'
import type { Finding } from '../../server/src/core/workspace/finding.ts'
import { leaveSilenced, precedence } from '../../server/src/core/workspace/precedence.ts'
import { snapshotOf } from '../check.ts'
import { parseFixture } from '../fixture.ts'

const file = { path: 'a', text: '' }
const finding = (rule: string, about: readonly EntityKey[], severity: Severity = 'warning'): Finding => ({
  rule,
  severity,
  effect: 'informs',
  certainty: 'proven',
  message: rule,
  span: { file, start: 0, end: 0 },
  related: [],
  about,
  fixes: () => [],
})
const left = (...findings: Finding[]) => leaveSilenced(findings).map(({ rule }) => rule)

test('a finding gives way only to one about the same thing', () => {
  expect(left(finding('seeds/islands', ['cluster:prod']), finding('seeds/lists-differ', ['cluster:prod']))).toEqual(['seeds/islands'])
  expect(left(finding('seeds/islands', ['cluster:prod']), finding('seeds/lists-differ', ['cluster:test']))).toHaveLength(2)
})

test('of two things that must both be shared, one is not enough', () => {
  const exceeds = finding('replication/factor-exceeds-nodes', ['keyspace:shop', 'datacenter:dc1'])
  expect(left(exceeds, finding('failure/lost-with-one-node', ['keyspace:shop', 'datacenter:dc1']))).toHaveLength(1)
  expect(left(exceeds, finding('failure/lost-with-one-node', ['keyspace:shop', 'datacenter:dc2']))).toHaveLength(2)
})

test('a remark about clients does not hide what is wrong with seeds', () => {
  const seeds = finding('seeds/lists-differ', ['node:db1'])
  expect(left(finding('identity/loopback-in-cluster', ['node:db1'], 'info'), seeds)).toHaveLength(2)
  expect(left(finding('identity/loopback-in-cluster', ['node:db1'], 'warning'), seeds)).toHaveLength(1)
})

test('drift gives way to a warning about its setting, not to an information', () => {
  const drift = finding('drift/differs-in-datacenter', ['setting:num_tokens', 'node:db1'], 'info')
  expect(left(finding('tokens/count-differs', ['setting:num_tokens']), drift)).toEqual(['tokens/count-differs'])
  expect(left(finding('tokens/many-tokens', ['setting:num_tokens'], 'info'), drift)).toHaveLength(2)
  expect(left(finding('detection/hasty-phi', ['setting:phi_convict_threshold']), drift)).toHaveLength(2)
})

test('a misspelt datacenter is one finding, whatever counts its nodes', () => {
  const found = snapshotOf(
    parseFixture(
      exampleCluster(
        '1x3',
        {},
        "#- dc1/db3/cassandra-rackdc.properties\ndc=DC1\nrack=r3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n",
      ),
    ),
  ).findings.filter(({ severity }) => severity === 'error' || severity === 'warning')
  expect(found.filter(({ rule }) => !rule.startsWith('security/')).map(({ rule }) => rule)).toEqual(['topology/names-nearly-equal'])
})

test('the table names rules and groups that exist', () => {
  const known = new Set(allRules.flatMap(({ id }) => [id, `${id.slice(0, id.indexOf('/'))}/*`]))
  const planned = /^(?:migration|assertions|reach|mtu|mesh|wireguard|settings|failure|seeds)\//
  const named = precedence.flatMap(({ over, silences }) => [...over, ...silences])
  expect(named.filter(id => !known.has(id) && !planned.test(id))).toEqual([])
})
