/** auto_bootstrap: false is for the first nodes of a datacenter, not for a file that stays. */
import { textSetting } from '../../model/identity-settings.ts'
import type { Node } from '../../model/node.ts'
import { seedMap, seedNodes } from '../../model/seed-map.ts'
import { type Fact, knownValue } from '../../text/fact.ts'
import { memo } from '../../text/memo.ts'
import type { Span } from '../../text/span.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, nodeKey } from '../words.ts'

export default rule({
  id: 'seeds/auto-bootstrap-off',
  scope: 'cluster',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'node that joins without its data',
  why: 'With auto_bootstrap: false a node that is added takes over ranges without streaming their data and answers reads with nothing. A replacement of a dead node is refused.',
  remedy:
    'Remove the line, unless the datacenter is being built and will be filled by nodetool rebuild: then declare it as joining in foretell.yaml.',
  sources: ['Cassandra: StorageService.shouldBootstrap', 'Cassandra: StorageService (Replacing a node without bootstrapping …)'],
  bad: exampleCluster('1x3', { 'dc1/db3': { auto_bootstrap: 'false\n#               ^^^^^ 💡 warning[seeds/auto-bootstrap-off]: db3' } }),
  good: '#- cluster: 1x3',
  *check(cluster) {
    const joining = new Set(
      cluster.datacenters.filter(datacenter => datacenter.declared?.state !== undefined).map(datacenter => datacenter.name),
    )
    const places: { readonly at: Span; readonly names: string[] }[] = []
    for (const [node, seeds] of seedMap(cluster).listOf) {
      const setting = autoBootstrap(node)
      if (setting.kind !== 'known' || !setting.span || !/^(?:false|no|off)$/i.test(setting.value)) continue
      const where = knownValue(node.location.datacenter)
      if (node.declared.state !== undefined || (where !== undefined && joining.has(where))) continue
      // Its own seed: it would not stream anyway. A host name may be itself.
      if (seedNodes(seeds).has(node) || seeds.some(seed => seed.target === 'name')) continue
      const there = places.find(place => place.at.file === setting.span!.file)
      if (there) there.names.push(node.name)
      else places.push({ at: setting.span, names: [node.name] })
    }
    const [first, ...rest] = places
    if (!first) return
    const names = places.flatMap(place => place.names)
    yield {
      at: first.at,
      message: `Added or replaced with this file, ${list(names)} ${names.length === 1 ? 'owns' : 'own'} ranges without their data, and a replacement is refused. Remove the line once the cluster is built.`,
      see: rest.slice(0, 20).map(place => ({ at: place.at, message: `and ${list(place.names)}` })),
      about: [...names.map(name => nodeKey({ name })), 'setting:auto_bootstrap'],
      fixes: () => [{ title: 'Write true', safe: false, edits: places.map(place => ({ at: place.at, newText: 'true' })) }],
    }
  },
})

const autoBootstrap: (node: Node) => Fact<string> = memo(node => textSetting(node.yaml, 'auto_bootstrap'))
