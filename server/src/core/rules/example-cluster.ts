/** Examples of rules without their ballast: a healthy cluster in which some files differ. */

/**
 * A fixture: `shape` (`2x3`: datacenters × nodes) and, for nodes named `dc1/db3`, settings that differ, appear or (undefined) are missing. Values may go on
 * with a mark line. `files` are appended as they are. Nodes of datacenter d are 10.20.d.11, 12, …; the first two of each are seeds.
 */
export function exampleCluster(
  shape: string,
  nodes: Readonly<Record<string, Readonly<Record<string, string | undefined>>>>,
  files = '',
): string {
  const [datacenters, size] = shape.split('x').map(Number) as [number, number]
  const seeds: string[] = []
  for (let d = 1; d <= datacenters; d++) for (let n = 1; n <= Math.min(2, size); n++) seeds.push(`10.20.${d}.${10 + n}`)
  const written = Object.entries(nodes).map(([path, differing]) => {
    const datacenter = Number(/dc(\d+)\//.exec(path)![1])
    const number = Number(/db(\d+)/.exec(path)![1]) - (datacenter - 1) * size
    const address = `10.20.${datacenter}.${10 + number}`
    const settings: Record<string, string | undefined> = {
      cluster_name: 'prod',
      num_tokens: '16',
      listen_address: address,
      rpc_address: address,
      endpoint_snitch: 'GossipingPropertyFileSnitch',
      partitioner: 'org.apache.cassandra.dht.Murmur3Partitioner',
      commitlog_sync: 'periodic',
      commitlog_sync_period: '10s',
      seeds: `"${seeds.join(',')}"`,
      ...differing,
    }
    return `#- ${path}/cassandra.yaml\n${Object.entries(settings).map(setting).join('')}`
  })
  return `#- cluster: ${shape}\n${written.join('')}${files}`
}

function setting([key, value]: [string, string | undefined]): string {
  if (value === undefined) return ''
  if (key !== 'seeds') return value.startsWith('\n') ? `${key}:${value}\n` : `${key}: ${value}\n`
  return `seed_provider:\n  - class_name: org.apache.cassandra.locator.SimpleSeedProvider\n    parameters:\n      - seeds: ${value}\n`
}
