/** Performance settings that differ from the rest of the datacenter. */
import { type Opinion, opinions } from '../../model/agreement.ts'
import type { Datacenter } from '../../model/datacenter.ts'
import { jvmFacts, sayBytes } from '../../model/jvm-facts.ts'
import type { Node } from '../../model/node.ts'
import { type ComparedSettings, disagreements, majorityEdit, sayValue } from '../../model/settings/compare-nodes.ts'
import { absent, type Fact, known, unknown } from '../../text/fact.ts'
import { memo } from '../../text/memo.ts'
import { exampleCluster } from '../example-cluster.ts'
import { type Report, rule } from '../rule.ts'
import { datacenterKey, list, nodeKey } from '../words.ts'

const concerned =
  /^(?:phi_convict_threshold|max_hint_window|native_transport_port|(?:disk|commit)_failure_policy|.*_timeout|.*throughput.*|.*_throttle|concurrent_.*|memtable_.*|commitlog_.*|.*_cache_.*)$/
const never = /director|class_name|disk_access_mode/

/** What is compared besides the settings of cassandra.yaml. */
const others: readonly {
  readonly name: string
  readonly fact: (node: Node) => Fact<string>
  readonly say: (value: string, usual: string) => string
}[] = [
  {
    name: 'heap',
    fact: memo(node => numberText(jvmFacts(node).maxHeapBytes)),
    say: value => sayBytes(Number(value)),
  },
  { name: 'garbage collector', fact: node => jvmFacts(node).collector, say: value => value },
  { name: 'JVM flags', fact: node => flagsOf(node), say: (value, usual) => sayFlags(value, usual) },
  {
    name: 'wireguard-tools',
    fact: ({ declared }) => (declared.wireguardTools === undefined ? absent : known(declared.wireguardTools, declared.span)),
    say: value => value,
  },
]

const compared: ComparedSettings = { concerns: name => concerned.test(name) && !never.test(name), nested: [] }

export default rule({
  id: 'drift/differs-in-datacenter',
  scope: 'datacenter',
  effects: ['costs'],
  certainty: 'advice',
  releases: 'all',
  title: 'setting that differs from the rest of its datacenter',
  why: 'Nodes of a datacenter carry the same load. One with other timeouts, throttles, caches or heap behaves differently under it, and the difference is usually a change that was tried once and never rolled out or back.',
  remedy: 'Use the value of the other nodes, or roll the new one out.',
  sources: ['Montecristo (Apache Cassandra health checks): configuration drift', 'cassandra-analyzer: configuration comparison'],
  bad: exampleCluster('1x3', {
    'dc1/db1': { phi_convict_threshold: '12' },
    'dc1/db2': { phi_convict_threshold: '12' },
    'dc1/db3': { phi_convict_threshold: '8\n#                      ^ 💡 info[drift/differs-in-datacenter]: 12' },
  }),
  good: exampleCluster('1x3', {
    'dc1/db1': { phi_convict_threshold: '8' },
  }),
  *check(datacenter) {
    const { nodes } = datacenter
    if (nodes.length < 3) return
    for (const { name, opinions } of disagreements(nodes, compared)) {
      const [most, ...rest] = opinions
      if (!isShared(most!, nodes)) continue
      const usual = most!.holders.find(({ span }) => span) ?? most!.holders[0]!
      for (const other of rest) {
        const odd = other.holders.find(({ span }) => span) ?? other.holders[0]!
        yield report(datacenter, other, most!, name, sayValue(odd, name), sayValue(usual, name), () => {
          const edits = other.holders.flatMap(holder => majorityEdit(holder, most!) ?? [])
          return edits.length === 0 ? [] : [{ title: `Use the value of ${usual.node.name}`, safe: false, edits }]
        })
      }
    }
    for (const { name, fact, say } of others) {
      const [most, ...rest] = opinions(nodes, fact)
      if (!most || !isShared(most, nodes)) continue
      for (const other of rest) yield report(datacenter, other, most, name, say(other.value, most.value), say(most.value, other.value))
    }
  },
})

function isShared(most: Opinion<string>, nodes: readonly Node[]): boolean {
  return most.holders.length * 3 >= nodes.length * 2
}

function report(
  datacenter: Datacenter,
  other: Opinion<string>,
  most: Opinion<string>,
  name: string,
  here: string,
  there: string,
  fixes?: NonNullable<Report['fixes']>,
): Report {
  const odd = other.holders.find(({ span }) => span) ?? other.holders[0]!
  const usual = most.holders.find(({ span }) => span)
  const verb = name.endsWith('flags') ? 'are' : 'is'
  return {
    at: odd.span ?? odd.node.span,
    message: `${name} of ${list(other.holders.map(({ node }) => node.name))} ${verb} ${here}, and ${there} on ${list(most.holders.map(({ node }) => node.name))} of ${datacenter.name}. Use one value.`,
    see: usual?.span ? [{ at: usual.span, message: `${name} on ${usual.node.name}` }] : [],
    about: [...other.holders.slice(0, 20).map(({ node }) => nodeKey(node)), datacenterKey(datacenter.name), `setting:${name}`],
    ...(fixes ? { fixes } : {}),
  }
}

function numberText(fact: Fact<number>): Fact<string> {
  return fact.kind === 'known' ? known(String(fact.value), fact.span) : fact
}

/** -XX flags but heap and collector, sorted; those of system properties often name the host. */
const flagsOf: (node: Node) => Fact<string> = memo(node => {
  const facts = jvmFacts(node)
  if (!facts.complete || facts.flags.length === 0) return unknown('the JVM options cannot be read')
  const byName = new Map<string, string>()
  for (const { text } of facts.flags) {
    const name = /^-XX:[+-]?(\w+)/.exec(text)?.[1]
    if (name && !/^Use\w*GC$|HeapSize|HeapDumpPath|ErrorFile|LogFile|NewSize|OnOutOfMemory/.test(name)) byName.set(name, text)
  }
  return known([...byName.values()].sort().join(' '), facts.flags[0]!.span)
})

function sayFlags(value: string, usual: string): string {
  const there = new Set(usual.split(' '))
  const own = value.split(' ').filter(flag => flag !== '' && !there.has(flag))
  return own.length === 0 ? 'without those' : list(own, 4)
}
