/** What a setting is now: on the nodes of a file, on the others of their cluster, and what follows from it there. No secret's value. */
import { findProperty, nameInLine, newestName, topClass } from '../catalog/settings-catalogue.ts'
import type { Cluster } from '../model/cluster.ts'
import type { Node } from '../model/node.ts'
import { effectiveSetting, type SettingValue } from '../model/settings/effective.ts'
import { settingInEachRelease } from '../model/settings/in-each-release.ts'
import { list } from '../rules/words.ts'
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import { memo } from '../text/memo.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { startDefaultValue } from './computed-defaults.ts'
import { counted } from './losable-things.ts'
import { machineFactsOf } from './machine-facts.ts'
import { consequencesOf } from './settings-consequences.ts'
import { type KeyInBlock, resolveKeys } from './settings-place.ts'
import { isSecret, kindOf, sayValue } from './settings-words.ts'

export interface NodesOfFile {
  readonly cluster: Cluster | undefined
  /** Nodes or templates that read the file. */
  readonly nodes: readonly Node[]
}

const ownersByPath = memo((snapshot: Snapshot): ReadonlyMap<string, NodesOfFile> => {
  const found = new Map<string, { cluster: Cluster | undefined; nodes: Node[] }>()
  const add = (cluster: Cluster | undefined, node: Node) => {
    const path = node.yaml?.file.path
    if (path === undefined) return
    const there = found.get(path)
    if (!there) found.set(path, { cluster, nodes: [node] })
    else if (!there.nodes.includes(node)) there.nodes.push(node)
  }
  for (const cluster of snapshot.clusters) for (const node of [...cluster.nodes, ...cluster.templates]) add(cluster, node)
  for (const node of [...snapshot.nodes, ...snapshot.templates]) add(undefined, node)
  return found
})

/** The nodes that a cassandra.yaml is of, and their cluster. */
export function nodesOfFile(snapshot: Snapshot, path: string): NodesOfFile | undefined {
  return ownersByPath(snapshot).get(path)
}

/** Different on every node by nature. */
const perNode = /^(?:listen_|broadcast_|rpc_address|rpc_interface|initial_token$)/

/** Lines of Markdown; none where nothing is known. */
export function settingOnNodes(snapshot: Snapshot, yaml: ParsedCassandraYaml, keys: readonly KeyInBlock[]): readonly string[] {
  const owners = nodesOfFile(snapshot, yaml.file.path)
  const node = owners?.nodes[0]
  if (!owners || !node || keys.some(({ key }) => isSecret(key))) return []
  const { line } = node.release
  const resolved = resolveKeys(line, keys)
  if (!resolved) return []
  const [first = '', ...rest] = resolved.names
  const newest = newestName(first)
  const name = [newest, ...rest].join('.')
  const key = keys.at(-1)!.key
  const own = nameInLine(line, newest)
  const keeper = rest.length === 0 && own !== undefined ? findProperty(line, topClass, own) : resolved.found
  const kind = keeper && kindOf(keeper)
  const say = (value: SettingValue) => sayValue(value, key, kind)
  const said: string[] = []
  const fact = effectiveSetting(yaml, line, name)
  const computed = rest.length === 0 ? startDefaultValue(newest, machineFactsOf(node)) : undefined
  const isComputed = fact.kind === 'absent' || (fact.kind === 'known' && !fact.span && (fact.value === 0 || fact.value === -1))
  if (computed !== undefined && isComputed) said.push(`Here **${computed}**, as it is not set.`)
  else if (fact.kind === 'known') {
    const text = say(fact.value)
    if (text !== undefined) said.push(`Here **${text}**${fact.span ? '' : ', the default'}.`)
  }
  if (owners.cluster) said.push(...others(owners.cluster, yaml, name, newest, say))
  return [...(said.length > 0 ? [said.join(' ')] : []), ...(rest.length === 0 ? consequencesOf(newest, node, owners.cluster) : [])]
}

function others(
  cluster: Cluster,
  yaml: ParsedCassandraYaml,
  name: string,
  newest: string,
  say: (value: SettingValue) => string | undefined,
): readonly string[] {
  const elsewhere = cluster.nodes.filter(node => node.yaml && node.yaml !== yaml)
  if (elsewhere.length === 0 || perNode.test(newest)) return []
  const groups = new Map<string, string[]>()
  for (const node of elsewhere) {
    const fact = settingInEachRelease(node, name)
    const text = fact.kind === 'known' ? say(fact.value) : fact.kind === 'absent' ? 'not set' : undefined
    if (text === undefined) continue
    const there = groups.get(text)
    if (there) there.push(node.name)
    else groups.set(text, [node.name])
  }
  if (groups.size === 0) return []
  const here = elsewhere.length
  const whole = `of ${counted(here, 'other node')} of ${cluster.name}`
  if (groups.size === 1) {
    const [[text, names]] = [...groups] as [[string, string[]]]
    const own = cluster.nodes.find(node => node.yaml === yaml)
    const mine = own && settingInEachRelease(own, name)
    const same = mine?.kind === 'known' ? say(mine.value) === text : mine?.kind === 'absent' && text === 'not set'
    if (names.length === here)
      return [`The ${counted(here, 'other node')} of ${cluster.name} ${same ? 'agree' : `${here === 1 ? 'has' : 'have'} **${text}**`}.`]
    return [`${names.length} ${whole}: ${text}.`]
  }
  const sorted = [...groups].sort((a, b) => b[1].length - a[1].length)
  if (sorted.length > 4) return [`${sorted.length} different values on ${counted(here, 'other node')} of ${cluster.name}.`]
  return [
    `On ${counted(here, 'other node')} of ${cluster.name}: ${sorted.map(([text, names]) => `**${text}** (${list(names)})`).join(', ')}.`,
  ]
}
