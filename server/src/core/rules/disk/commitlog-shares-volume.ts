/** The commit log writes in sequence; data files do not. */
import { textSetting } from '../../model/identity-settings.ts'
import type { Node } from '../../model/node.ts'
import { entryOf } from '../../syntax/yaml-tree.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey, sayNode } from '../words.ts'

export default rule({
  id: 'disk/commitlog-shares-volume',
  scope: 'node',
  effects: ['costs'],
  certainty: 'advice',
  releases: 'all',
  title: 'commit log and data on one volume',
  why: 'Every write waits for the commit log. On a volume that also compacts and reads data files it waits longer, and both fill up together.',
  remedy: 'Put commitlog_directory on a volume of its own; on a fast SSD this matters less.',
  sources: [
    'cassandra.yaml: commitlog_directory (when running on magnetic HDD, this should be a separate spindle)',
    'Apache Cassandra documentation: Hardware choices',
  ],
  bad: exampleCluster(
    '1x1',
    {
      'dc1/db1': {
        data_file_directories: '[/data/cassandra]',
        commitlog_directory: '/data/commitlog\n#                    ^^^^^^^^^^^^^^^ info[disk/commitlog-shares-volume]: sdb',
      },
    },
    '#- foretell.yaml\nnodes:\n  db1: { volumes: { /data: sdb } }\n',
  ),
  good: '#- cluster: 1x1',
  *check(node) {
    const { volumes } = node.declared
    const log = textSetting(node.yaml, 'commitlog_directory')
    if (!volumes || log.kind !== 'known') return
    const volume = volumeOf(log.value, volumes)
    if (volume === undefined) return
    const shared = dataDirectories(node).find(directory => volumeOf(directory, volumes) === volume)
    if (shared === undefined) return
    yield {
      at: log.span ?? node.span,
      message: `Commit log and data (${shared}) of ${sayNode(node)} share ${volume}: every write waits behind compactions. Give the commit log a volume of its own.`,
      about: [nodeKey(node), 'setting:commitlog_directory'],
    }
  },
})

/** The volume of the longest declared folder above a path. */
function volumeOf(path: string, volumes: Readonly<Record<string, string>>): string | undefined {
  let best: string | undefined
  for (const folder of Object.keys(volumes)) {
    const base = folder.replace(/\/+$/, '')
    if ((path === folder || path === base || path.startsWith(`${base}/`)) && (best === undefined || folder.length > best.length))
      best = folder
  }
  return best === undefined ? undefined : volumes[best]
}

function dataDirectories(node: Node): readonly string[] {
  const value = entryOf(node.yaml?.root, 'data_file_directories')?.value
  if (value?.kind === 'sequence') return value.items.flatMap(item => (item?.kind === 'scalar' && !item.placeholder ? [item.text] : []))
  const single = knownValue(textSetting(node.yaml, 'data_file_directories'))
  return single === undefined ? [] : [single]
}
