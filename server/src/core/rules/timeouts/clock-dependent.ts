/** cross_node_timeout counts on clocks that agree. */
import { booleanInEachRelease } from '../../model/settings/in-each-release.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey, sayNode } from '../words.ts'

export default rule({
  id: 'timeouts/clock-dependent',
  scope: 'node',
  effects: ['informs'],
  certainty: 'proven',
  releases: ['3.11'],
  title: 'requests dropped by the sender’s clock',
  why: 'With cross_node_timeout a replica drops a request by the time at which the sender says it was sent. When the clocks differ by more than the timeout, every request is dropped, or none ever.',
  remedy: 'Run NTP or chrony on every node, and watch the offset.',
  sources: ['cassandra.yaml: cross_node_timeout', 'Cassandra: MessageIn.setCreateTime'],
  bad: `#- cassandra: 3.11\n${exampleCluster('1x1', { 'dc1/db1': { commitlog_sync_period: undefined, commitlog_sync_period_in_ms: '10000', cross_node_timeout: 'true\n#                   ^^^^ info[timeouts/clock-dependent]' } })}`,
  good: '#- cassandra: 3.11\n#- cluster: 1x1',
  *check(node) {
    const setting = booleanInEachRelease(node, 'cross_node_timeout')
    if (knownValue(setting) !== true || setting.kind !== 'known' || !setting.span) return
    yield {
      at: setting.span,
      message: `${sayNode(node)} drops requests by the sender's clock: run NTP or chrony on every node.`,
      about: [nodeKey(node), 'setting:cross_node_timeout'],
    }
  },
})
