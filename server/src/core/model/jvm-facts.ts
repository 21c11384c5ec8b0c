/** What a node's JVM files come to: the flags Java is started with, heap, collector and system properties. */
import { releaseLines } from '../catalog/release.ts'
import type { JvmOptionLine, ParsedJvmOptions } from '../syntax/jvm-options.ts'
import { absent, type Fact, known, unknown } from '../text/fact.ts'
import { memo } from '../text/memo.ts'
import { withoutTemplateSuffix } from '../text/placeholder.ts'
import { baseName, type SourceFile } from '../text/source-file.ts'
import type { Span } from '../text/span.ts'
import type { Node } from './node.ts'

/** One flag, in the order in which Java meets it. */
export interface JvmFlag {
  readonly text: string
  readonly span: Span
  readonly file: SourceFile
  /** The Java whose file it stands in; undefined where every Java reads it. */
  readonly java: number | undefined
  readonly fromScript: boolean
  readonly placeholder: boolean
  readonly certain: boolean
}

export type Collector = 'G1' | 'CMS' | 'Parallel' | 'Serial' | 'Shenandoah' | 'ZGC'

export interface JvmFacts {
  /** Of the server, option files first, then cassandra-env.sh. */
  readonly flags: readonly JvmFlag[]
  /** The largest heap in bytes: -Xmx, else MAX_HEAP_SIZE; absent when cassandra-env.sh works it out from the memory. */
  readonly maxHeapBytes: Fact<number>
  readonly collector: Fact<Collector>
  /** System properties (`-Dname=value`), the last one counts; the empty text without `=`. */
  readonly properties: ReadonlyMap<string, JvmFlag & { readonly name: string; readonly value: string }>
  /** Some option file or script of the node is here and none of it is unreadable; without, an absent flag is unknown. */
  readonly complete: boolean
}

const collectorFlags: Readonly<Record<string, Collector>> = {
  UseG1GC: 'G1',
  UseConcMarkSweepGC: 'CMS',
  UseParallelGC: 'Parallel',
  UseParallelOldGC: 'Parallel',
  UseSerialGC: 'Serial',
  UseShenandoahGC: 'Shenandoah',
  UseZGC: 'ZGC',
}

export const jvmFacts: (node: Node) => JvmFacts = memo(node => {
  const flags = serverFlags(node)
  const properties = new Map<string, JvmFlag & { readonly name: string; readonly value: string }>()
  for (const flag of flags) {
    const cut = /^-D([^=]+)(?:=([\s\S]*))?$/.exec(flag.text)
    if (cut && flag.certain) properties.set(cut[1]!, { ...flag, name: cut[1]!, value: cut[2] ?? '' })
  }
  const script = node.environmentScript
  return {
    flags,
    properties,
    maxHeapBytes: maxHeap(node, flags),
    collector: collectorOf(flags),
    complete:
      (node.jvmOptions.some(file => file.audience === 'server') || script !== undefined) &&
      !node.jvmOptions.some(file => file.template) &&
      !script?.template &&
      flags.every(flag => flag.certain && !flag.placeholder),
  }
})

/** Option files that the server of this release reads: `jvm.options` until 3.11, `jvm-server.options` and `jvmN-server.options` from 4.0. */
export function isReadByServer(file: ParsedJvmOptions, node: Node): boolean {
  if (file.audience === 'clients') return false
  return node.release.candidates.some(line => {
    const old = line === releaseLines[0]
    const plain = /^jvm\.options$/i.test(baseName(withoutTemplateSuffix(file.file.path)))
    return old
      ? plain
      : !plain && !(node.declared.java !== undefined && file.java !== undefined && file.java !== javaFileFor(node, node.declared.java))
  })
}

/** The newest option file that is not newer than the Java that runs. */
function javaFileFor(node: Node, java: number): number | undefined {
  const versions = node.jvmOptions.flatMap(file =>
    file.audience === 'server' && file.java !== undefined && file.java <= java ? [file.java] : [],
  )
  return versions.length === 0 ? undefined : Math.max(...versions)
}

function serverFlags(node: Node): JvmFlag[] {
  const flags: JvmFlag[] = []
  const files = node.jvmOptions.filter(file => isReadByServer(file, node)).sort((a, b) => (a.java ?? 0) - (b.java ?? 0))
  for (const file of files) for (const line of file.lines) if (line.taken) for (const flag of wordsOf(line, file)) flags.push(flag)
  for (const flag of node.environmentScript?.flags ?? []) flags.push({ ...flag, file: flag.span.file, java: undefined, fromScript: true })
  return flags
}

function* wordsOf(line: JvmOptionLine, file: ParsedJvmOptions): Generator<JvmFlag> {
  for (const word of line.text.matchAll(/\S+/g)) {
    if (word[0].startsWith('#')) return
    const start = line.span.start + word.index
    yield {
      text: word[0],
      span: { file: file.file, start, end: start + word[0].length },
      file: file.file,
      java: file.java,
      fromScript: false,
      placeholder: line.placeholder,
      certain: line.certain,
    }
  }
}

function maxHeap(node: Node, flags: readonly JvmFlag[]): Fact<number> {
  const stated = flags.filter(flag => /^-Xmx|^-XX:MaxHeapSize=/.test(flag.text) && !/MAX_HEAP_SIZE/.test(flag.text))
  const sizes = new Set<number | undefined>()
  for (const flag of stated)
    sizes.add(flag.certain && !flag.placeholder ? jvmSize(flag.text.replace(/^-Xmx|^-XX:MaxHeapSize=/, '')) : undefined)
  const last = stated.at(-1)
  if (last) {
    // Files of several Javas: known only when all agree.
    const size = jvmSize(last.text.replace(/^-Xmx|^-XX:MaxHeapSize=/, ''))
    const perJava = stated.some(flag => flag.java !== undefined)
    if (size === undefined || !last.certain || last.placeholder || (perJava && sizes.size > 1))
      return unknown('the heap cannot be read', last.span)
    return known(size, last.span)
  }
  const assignment = node.environmentScript?.assignments.findLast(one => one.name === 'MAX_HEAP_SIZE' && (one.certain || !one.placeholder))
  if (!assignment) return node.jvmOptions.length === 0 && !node.environmentScript ? unknown('no JVM options are here') : absent
  const size = assignment.certain && !assignment.placeholder ? jvmSize(assignment.value) : undefined
  return size === undefined ? unknown('the heap cannot be read', assignment.valueSpan) : known(size, assignment.valueSpan)
}

function collectorOf(flags: readonly JvmFlag[]): Fact<Collector> {
  const on = flags.flatMap(flag => {
    const name = /^-XX:\+(\w+)$/.exec(flag.text)?.[1]
    const collector = name ? collectorFlags[name] : undefined
    return collector ? [{ collector, flag }] : []
  })
  if (on.length === 0) return absent
  const distinct = new Set(on.map(one => one.collector))
  const last = on.at(-1)!
  return distinct.size === 1 && on.every(one => one.flag.certain)
    ? known(last.collector, last.flag.span)
    : unknown('several collectors are named')
}

/** A flag as messages may show it: values of passwords, keys and secrets are left out. */
export function shownFlag(text: string): string {
  return text.replace(/((?:passw|secret|credential|token|apikey|api_key)[\w.-]*[=:]).*$/i, '$1…')
}

const unitBytes: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 }

/** `4G`, `512m`, `1073741824` → bytes, as Java reads sizes; undefined when Java would not. */
export function jvmSize(text: string): number | undefined {
  const match = /^(\d{1,18})([kmgt]?)$/i.exec(text)
  return match ? Number(match[1]) * unitBytes[match[2]!.toLowerCase()]! : undefined
}

/** `8 GiB`, `512 MiB`: as messages say sizes. */
export function sayBytes(bytes: number): string {
  for (const [unit, size] of [
    ['GiB', 2 ** 30],
    ['MiB', 2 ** 20],
    ['KiB', 2 ** 10],
  ] as const)
    if (bytes >= size) {
      const amount = bytes / size
      return `${Number.isInteger(amount) ? amount : amount.toFixed(1)} ${unit}`
    }
  return `${bytes} bytes`
}
