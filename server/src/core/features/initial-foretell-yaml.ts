/** A first foretell.yaml from what was recognised: the operator keeps what is right and fills in what no file says. */
import { knownValue } from '../text/fact.ts'
import type { Snapshot } from '../workspace/snapshot.ts'

/** YAML that foretell.yaml's own schema accepts; what must be filled in stands as comments. */
export function initialForetellYaml(snapshot: Snapshot): string {
  const lines = ['# What no other file says. All of it is optional; `foretell schema` describes every key.']
  const releases = [...new Set(snapshot.clusters.map(cluster => cluster.release.line))]
  lines.push(releases.length === 1 ? `cassandra: "${releases[0]}"` : '# cassandra: "5.0"')
  const datacenters = [
    ...new Set(snapshot.clusters.flatMap(cluster => cluster.datacenters.map(datacenter => datacenter.name as string))),
  ].sort()
  if (datacenters.length > 0) {
    lines.push('', 'datacenters:')
    for (const name of datacenters) lines.push(`  ${quoted(name)}: { role: operational }`)
  }
  if (snapshot.nodes.length > 0) {
    lines.push('', 'nodes:')
    for (const node of snapshot.nodes) {
      const address = knownValue(node.addresses.effectiveBroadcast)
      lines.push(
        `  ${quoted(node.name)}: {${address === undefined ? '' : ` address: ${quoted(address)} `}} # memory: 64GiB, cores: 16, gateway: true`,
      )
    }
  }
  const keyspaces = [...new Set(snapshot.keyspaces.filter(keyspace => !keyspace.isSystem).map(keyspace => keyspace.name as string))].sort()
  if (keyspaces.length > 0) {
    lines.push('', '# Who reads and writes what, how, and from where.', 'workloads:')
    for (const name of keyspaces)
      lines.push(
        `  - { keyspace: ${quoted(name)}, read: LOCAL_QUORUM, write: LOCAL_QUORUM${datacenters.length > 0 ? `, clients: [${datacenters.map(quoted).join(', ')}]` : ''} }`,
      )
  }
  if (datacenters.length > 1) {
    lines.push('', 'network:', '  underlayMtu: 1500', '  # links:')
    for (const [i, a] of datacenters.entries())
      for (const b of datacenters.slice(i + 1))
        lines.push(`  #   - { between: [${quoted(a)}, ${quoted(b)}], roundTrip: 80ms, rate: 1Gbit/s }`)
  }
  lines.push('', '# longestOutage: 6h', '# repair: { interval: 7d }')
  if (keyspaces.length > 0 && datacenters.length > 0) {
    lines.push('', '# Promises that are checked in the editor and in CI.', '# assertions:')
    for (const name of keyspaces.slice(0, 3)) lines.push(`#   - ${name} LOCAL_QUORUM from ${datacenters[0]} survives any 1 rack`)
  }
  return `${lines.join('\n')}\n`
}

/** A plain scalar where YAML reads it as the same text, else a quoted one. */
function quoted(text: string): string {
  return /^[A-Za-z][\w.-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text) ? text : JSON.stringify(text)
}
