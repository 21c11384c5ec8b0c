/** JVM options with which java, or cassandra-env.sh before it, stops. */
import type { Collector, JvmFlag } from '../../model/jvm-facts.ts'
import { jvmFacts, jvmSize } from '../../model/jvm-facts.ts'
import type { Node } from '../../model/node.ts'
import type { Span } from '../../text/span.ts'
import { exampleCluster } from '../example-cluster.ts'
import { type Fix, type Report, rule } from '../rule.ts'
import { nodeKey, sayNode } from '../words.ts'
import { flagsOfJava, javaOfRelease } from './flags-of-java-table.ts'

export default rule({
  id: 'jvm/startup-refused',
  scope: 'node',
  effects: ['refuses'],
  certainty: 'proven',
  releases: 'all',
  title: 'JVM options with which Cassandra does not start',
  why: 'cassandra-env.sh checks that heap sizes are set in pairs, and java stops at flags it does not know. The node is down before Cassandra writes a line to its log.',
  remedy: 'Set -Xms and -Xmx together and equal, leave -Xmn to the collector, and use the flags of the Java that reads the file.',
  sources: [
    'cassandra-env.sh (Please set or unset MAX_HEAP_SIZE and HEAP_NEWSIZE in pairs)',
    'OpenJDK 17: Unrecognized VM option',
    'JEP 363: Remove the Concurrent Mark Sweep Garbage Collector',
  ],
  bad: exampleCluster('1x1', {}, '#- dc1/db1/jvm-server.options\n-Xmx8G\n#^^^^^ error[jvm/startup-refused]: -Xms\n'),
  good: exampleCluster('1x1', {}, '#- dc1/db1/jvm-server.options\n-Xms8G\n-Xmx8G\n'),
  *check(node) {
    const facts = jvmFacts(node)
    const flags = facts.flags.filter(flag => flag.certain)
    yield* heapPairs(node, flags, facts.flags)
    yield* unknownFlags(node, flags)
    yield* collectors(node, flags)
    yield* unsupportedJava(node)
  },
})

function report(node: Node, at: Span, message: string, fixes?: () => readonly Fix[]): Report {
  return { at, message: `${sayNode(node)} does not start: ${message}`, about: [nodeKey(node), 'setting:heap'], ...(fixes ? { fixes } : {}) }
}

function* heapPairs(node: Node, flags: readonly JvmFlag[], all: readonly JvmFlag[]): Generator<Report> {
  const fromFiles = flags.filter(flag => !flag.fromScript)
  const inFiles = (start: string) => fromFiles.findLast(flag => flag.text.startsWith(start))
  const maybe = (start: string) => all.some(flag => flag.text.startsWith(start))
  const most = inFiles('-Xmx')
  const least = inFiles('-Xms')
  const young = inFiles('-Xmn')
  const g1 = fromFiles.find(flag => flag.text === '-XX:+UseG1GC')
  const script = node.environmentScript
  // The pair is checked by the script, which is there in every installation; what else an unread script does is unknown.
  if (most && !maybe('-Xms')) yield report(node, most.span, 'the option files set -Xmx without -Xms. Set both to the same size.')
  if (least && !maybe('-Xmx')) yield report(node, least.span, 'the option files set -Xms without -Xmx. Set both to the same size.')
  if (young && !maybe('-Xmx') && !least)
    yield report(node, young.span, '-Xmn needs -Xmx in the option files. Set the heap too, or remove it.')
  if (young && g1 && !node.release.candidates.includes('3.11'))
    yield report(node, young.span, 'with G1 a fixed young generation is refused. Remove -Xmn.', () => [
      removeLine('Comment -Xmn out', young),
    ])
  if (most && least) {
    const [low, high] = [jvmSize(least.text.slice(4)), jvmSize(most.text.slice(4))]
    if (low !== undefined && high !== undefined && low > high && least.java === most.java)
      yield report(
        node,
        least.span,
        `the initial heap ${least.text.slice(4)} is larger than the maximum ${most.text.slice(4)}. Set both to the same size.`,
      )
  }
  if (!script || g1 || node.jvmOptions.length === 0 || maybe('-Xmx') || all.some(flag => flag.text === '-XX:+UseG1GC')) return
  const size = script.assignments.findLast(one => one.name === 'MAX_HEAP_SIZE' && one.certain && !one.placeholder && one.value !== '')
  const newSize = script.assignments.findLast(one => one.name === 'HEAP_NEWSIZE' && one.certain && !one.placeholder && one.value !== '')
  const other = (name: string) =>
    script.assignments.some(
      one => one.name === name && (!one.certain || one.placeholder) && !/max_heap_size_in_mb|desired_yg/.test(one.value),
    )
  if (size && !newSize && !other('HEAP_NEWSIZE'))
    yield report(node, size.span, 'MAX_HEAP_SIZE without HEAP_NEWSIZE, and the collector is not G1. Set both or neither.')
  if (newSize && !size && !other('MAX_HEAP_SIZE'))
    yield report(node, newSize.span, 'HEAP_NEWSIZE without MAX_HEAP_SIZE. Set both or neither.')
}

function removeLine(title: string, flag: JvmFlag): Fix {
  return { title, safe: false, edits: [{ at: { file: flag.span.file, start: flag.span.start, end: flag.span.start }, newText: '#' }] }
}

/** The Java that reads a flag: its file's, the declared one, or for `jvm.options` of 3.x Java 8. */
function javaOf(node: Node, flag: JvmFlag): number | undefined {
  if (node.declared.java !== undefined) return node.declared.java
  if (flag.java !== undefined) return flag.java
  return /(?:^|\/)jvm\.options/.test(flag.file.path) ? 8 : undefined
}

function* unknownFlags(node: Node, flags: readonly JvmFlag[]): Generator<Report> {
  const lenient = flags.some(flag => flag.text === '-XX:+IgnoreUnrecognizedVMOptions')
  for (const flag of flags) {
    const option = /^-XX:(?:[+-](\w+)|(\w+)=(.*))$/.exec(flag.text)
    const name = option?.[1] ?? option?.[2]
    const java = javaOf(node, flag)
    if (name === undefined || java === undefined || lenient || flag.placeholder) continue
    if (name === 'ThreadPriorityPolicy' && java >= 17 && !/^[01]$/.test(option?.[3] ?? '')) {
      yield report(node, flag.span, `Java ${java} takes ThreadPriorityPolicy 0 or 1 only.`)
      continue
    }
    const known = flagsOfJava.find(one => one.name.test(name))
    if (!known) continue
    const gone = known.goneIn !== undefined && java >= known.goneIn
    const early = known.since !== undefined && java < known.since
    if (gone)
      yield report(node, flag.span, `Java ${java} does not know ${name}.${known.instead ? ` Use ${known.instead}.` : ' Remove it.'}`)
    if (early) yield report(node, flag.span, `${name} exists from Java ${known.since}, and Java ${java} reads this file.`)
  }
}

const selecting: Readonly<Record<string, Collector>> = {
  UseG1GC: 'G1',
  UseConcMarkSweepGC: 'CMS',
  UseParallelGC: 'Parallel',
  UseSerialGC: 'Serial',
  UseShenandoahGC: 'Shenandoah',
  UseZGC: 'ZGC',
}

/** Two collectors in what one Java reads. */
function* collectors(node: Node, flags: readonly JvmFlag[]): Generator<Report> {
  const javas = new Set(flags.flatMap(flag => flag.java ?? []))
  for (const java of javas.size === 0 ? [undefined] : javas) {
    const state = new Map<Collector, JvmFlag>()
    for (const flag of flags) {
      const option = /^-XX:([+-])(\w+)$/.exec(flag.text)
      const collector = option ? selecting[option[2]!] : undefined
      if (!collector || (flag.java !== undefined && flag.java !== java)) continue
      if (option![1] === '+') state.set(collector, flag)
      else state.delete(collector)
    }
    const chosen = [...state]
    if (chosen.length < 2) continue
    const last = chosen.at(-1)!
    yield {
      ...report(node, last[1].span, `two collectors are chosen, ${chosen[0]![0]} and ${last[0]}. Keep one.`),
      see: [{ at: chosen[0]![1].span, message: `${chosen[0]![0]} is chosen here` }],
    }
  }
}

/** The start script's own check of the Java that foretell.yaml declares. */
function* unsupportedJava(node: Node): Generator<Report> {
  const { java, span } = node.declared
  if (java === undefined) return
  const wanted = node.release.candidates.map(line => javaOfRelease[line])
  if (wanted.some(one => one === undefined || one.takes(java))) return
  yield report(node, span ?? node.span, `Cassandra ${node.release.line} needs ${wanted[0]!.words}, and Java ${java} is declared.`)
}
