/**
 * The notation of fixtures: one text holds several files and marks the places that a reader should look at.
 *
 * `#- path` starts a file. A line such as `#      ^^^^ 💡 error[group/rule]: words` marks the line above it; a comment sign that is glued to the
 * carets counts as carets, so that column 0 can be marked. Mark lines are comments of the format and stay in the text. `$0` is the cursor.
 * `#- cluster: 2x3` makes the files of a healthy cluster of two datacenters of three nodes, which later files of the same path replace.
 * `#- cassandra: 4.1` states the release, `#- today: 2027-01-31` the date, `#- isolated` judges each file by itself.
 */
import { parseRelease, type Release } from '../server/src/core/catalog/release.ts'
import { lineText, positionAt } from '../server/src/core/text/line-index.ts'
import type { SourceFile } from '../server/src/core/text/source-file.ts'

export interface Mark {
  readonly path: string
  /** From 0. */
  readonly line: number
  readonly column: number
  readonly length: number
  readonly hasFix: boolean
  readonly severity: string
  readonly rule: string
  /** What the message must contain. */
  readonly words: string | undefined
}

export interface Fixture {
  readonly files: readonly SourceFile[]
  readonly marks: readonly Mark[]
  readonly cursor: { readonly file: SourceFile; readonly offset: number } | undefined
  readonly release: Release | undefined
  readonly today: string | undefined
  readonly isolated: boolean
}

const directive = /^#- (.+?)\s*$/
const markLine = /^(\s*)(#|--|\/\/|!)(\s*)(\^+)\s*(💡)?\s*(error|warning|info|hint)\[([a-z0-9-]+\/[a-z0-9-]+)\](?::\s*(.*?))?\s*$/u

/** The files, marks and circumstances that a fixture describes. */
export function parseFixture(text: string): Fixture {
  const contents = new Map<string, string>()
  let current: string | undefined
  let release: Release | undefined
  let today: string | undefined
  let isolated = false
  for (const line of text.replace(/^\n/, '').split('\n')) {
    const header = directive.exec(line)
    if (header) {
      const words = header[1]!
      const cluster = /^cluster: (\d+)x(\d+)$/.exec(words)
      const stated = /^cassandra: (\S+)$/.exec(words)
      const date = /^today: (\S+)$/.exec(words)
      if (cluster) for (const [path, content] of healthyCluster(Number(cluster[1]), Number(cluster[2]))) contents.set(path, content)
      else if (stated) release = parseRelease(stated[1]!)
      else if (date) today = date[1]
      else if (words === 'isolated') isolated = true
      else {
        current = words
        contents.set(current, '')
      }
    } else if (current !== undefined) {
      contents.set(current, `${contents.get(current)}${line}\n`)
    } else if (line.trim() !== '') {
      throw new Error(`a fixture starts with "#- path", not with: ${line}`)
    }
  }
  let cursor: Fixture['cursor']
  const files: SourceFile[] = []
  const marks: Mark[] = []
  for (const [path, content] of contents) {
    const offset = content.indexOf('$0')
    const file = { path, text: offset < 0 ? content : content.slice(0, offset) + content.slice(offset + 2) }
    if (offset >= 0) cursor = { file, offset }
    files.push(file)
    marks.push(...marksOf(file))
  }
  return { files, marks, cursor, release, today, isolated }
}

function marksOf(file: SourceFile): Mark[] {
  const marks: Mark[] = []
  const last = positionAt(file, file.text.length).line
  let marked = -1
  for (let line = 0; line <= last; line++) {
    const match = markLine.exec(lineText(file, line))
    if (!match) {
      marked = line
      continue
    }
    const [, indent, sign, gap, carets, bulb, severity, rule, words] = match
    const glued = gap === ''
    const column = indent!.length + (glued ? 0 : sign!.length + gap!.length)
    const length = carets!.length + (glued ? sign!.length : 0)
    marks.push({ path: file.path, line: marked, column, length, hasFix: bulb !== undefined, severity: severity!, rule: rule!, words })
  }
  return marks
}

/** A cluster without a fault: `datacenters` × `nodes`, each node in a rack of its own, two seeds per datacenter. */
export function healthyCluster(datacenters: number, nodes: number): Map<string, string> {
  const files = new Map<string, string>()
  const all: { name: string; datacenter: string; rack: string; address: string }[] = []
  for (let d = 1; d <= datacenters; d++)
    for (let n = 1; n <= nodes; n++)
      all.push({ name: `db${(d - 1) * nodes + n}`, datacenter: `dc${d}`, rack: `r${n}`, address: `10.20.${d}.${10 + n}` })
  const seeds = all.filter(node => Number(node.rack.slice(1)) <= 2).map(node => node.address)
  for (const node of all) {
    files.set(
      `${node.datacenter}/${node.name}/cassandra.yaml`,
      [
        'cluster_name: prod',
        'num_tokens: 16',
        `listen_address: ${node.address}`,
        `rpc_address: ${node.address}`,
        'endpoint_snitch: GossipingPropertyFileSnitch',
        'partitioner: org.apache.cassandra.dht.Murmur3Partitioner',
        'commitlog_sync: periodic',
        'commitlog_sync_period: 10s',
        'seed_provider:',
        '  - class_name: org.apache.cassandra.locator.SimpleSeedProvider',
        '    parameters:',
        `      - seeds: "${seeds.join(',')}"`,
        '',
      ].join('\n'),
    )
    files.set(`${node.datacenter}/${node.name}/cassandra-rackdc.properties`, `dc=${node.datacenter}\nrack=${node.rack}\n`)
  }
  return files
}
