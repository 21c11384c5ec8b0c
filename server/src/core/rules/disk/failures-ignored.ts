/** What a node does when its disk fails. */
import { textSetting } from '../../model/identity-settings.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey, sayNode } from '../words.ts'

export default rule({
  id: 'disk/failures-ignored',
  scope: 'node',
  effects: ['breaks-later', 'informs'],
  certainty: 'advice',
  releases: 'all',
  title: 'node that goes on with a failing disk',
  why: 'With disk_failure_policy ignore a node keeps answering although it cannot read or write its disk: errors look like timeouts, and the others think it healthy. ignore is also what counts when the line is missing.',
  remedy: 'Write stop, as the shipped file does: the node leaves the cluster and stays for inspection.',
  sources: ['Cassandra: Config.disk_failure_policy', 'cassandra.yaml: disk_failure_policy'],
  bad: exampleCluster('1x1', {
    'dc1/db1': { disk_failure_policy: 'ignore\n#                    ^^^^^^ 💡 warning[disk/failures-ignored]: stop' },
  }),
  good: exampleCluster('1x1', { 'dc1/db1': { disk_failure_policy: 'stop' } }),
  *check(node) {
    const policy = textSetting(node.yaml, 'disk_failure_policy')
    if (policy.kind === 'known' && policy.value.toLowerCase() === 'ignore' && policy.span) {
      const { span } = policy
      yield {
        at: span,
        message: `A failing disk of ${sayNode(node)} keeps serving errors, and the other nodes think it healthy. Write stop.`,
        about: [nodeKey(node), 'setting:disk_failure_policy'],
        fixes: () => [{ title: 'Write stop', safe: false, edits: [{ at: span, newText: 'stop' }] }],
      }
    }
    if (policy.kind === 'absent' && node.yaml)
      yield {
        at: node.span,
        effect: 'informs',
        message: `disk_failure_policy is not set on ${sayNode(node)}: Cassandra then ignores failing disks, though its shipped file says stop.`,
        about: [nodeKey(node), 'setting:disk_failure_policy'],
        fixes: () => {
          const { file } = node.yaml!
          const end = file.text.length
          return [
            {
              title: 'Insert disk_failure_policy: stop',
              safe: false,
              edits: [{ at: { file, start: end, end }, newText: `${file.text.endsWith('\n') ? '' : '\n'}disk_failure_policy: stop\n` }],
            },
          ]
        },
      }
  },
})
