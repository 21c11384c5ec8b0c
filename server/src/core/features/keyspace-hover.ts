/** A keyspace's page over its name: what each level waits for in this very cluster, what it survives, and which reads see which writes. */
import { totalFactor } from '../analysis/cluster-shape.ts'
import { type ConsistencyLevel, readSeesWrite } from '../analysis/consistency-level.ts'
import type { Keyspace } from '../model/keyspace.ts'
import { type KeyspaceSurvival, keyspaceSurvival, type LevelSurvival, type Verdict } from './keyspace-survival.ts'

/** Markdown. */
export function keyspaceMarkdown(keyspace: Keyspace): string {
  const survival = keyspaceSurvival(keyspace)
  const where = keyspace.cluster ? ` in cluster **${escaped(keyspace.cluster.name)}**` : ''
  const title = `Keyspace **${escaped(keyspace.name)}**${where}`
  if ('why' in survival) return `${title}\n\nWhat it survives cannot be told: ${survival.why}.`
  return [
    title,
    replicationLine(survival),
    levelTable(survival),
    overlapLines(survival),
    survival.unknown.length ? `*As far as the files here tell: ${survival.unknown.join('; ')}.*` : '',
    keyspace.durableWrites.kind === 'known' && !keyspace.durableWrites.value
      ? '**durable_writes is false**: a node that stops loses what it had not flushed.'
      : '',
  ]
    .filter(Boolean)
    .join('\n\n')
}

function replicationLine({ replication, datacenters }: KeyspaceSurvival): string {
  if (replication.kind === 'simple') return `SimpleStrategy, ${totalFactor(replication)} copies, wherever the ring puts them`
  const parts = datacenters.map(({ name, factor, nodes, racks }) => {
    const copies = factor === 0 ? 'no copy' : factor === 1 ? '1 copy' : `${factor} copies`
    const place =
      nodes === undefined
        ? ''
        : ` on ${nodes} node${nodes === 1 ? '' : 's'}${racks === undefined ? '' : ` in ${racks} rack${racks === 1 ? '' : 's'}`}`
    return `**${escaped(name)}** ${copies}${place}`
  })
  return parts.join(' · ')
}

function levelTable({ levels }: KeyspaceSurvival): string {
  const withDatacenters = levels.some(row => row.datacenter !== 'does not apply')
  const clients = new Set(levels.map(row => row.clientDatacenter).filter(name => name !== null))
  const everyClient = (names: readonly string[]) => names.length === clients.size
  const head = [
    'level',
    'waits for',
    'may be down',
    'without 1 node',
    'without 1 rack',
    ...(withDatacenters ? ['without 1 other datacenter'] : []),
  ]
  const rows = merged(levels).map(row => [
    row.level + (row.clients.length && !everyClient(row.clients) ? ` from ${row.clients.map(escaped).join(', ')}` : ''),
    row.required
      .map(({ needed, of, datacenter }) => `${needed} of ${of}${datacenter === null ? '' : ` in ${escaped(datacenter)}`}`)
      .join(', '),
    row.tolerated < 0 ? '**can never be met**' : `${row.tolerated}${row.required.length > 1 ? ' in each' : ''}`,
    sign(row.node),
    sign(row.rack),
    ...(withDatacenters ? [sign(row.datacenter)] : []),
  ])
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

/** Local levels with the same numbers in several datacenters stand in one row. */
function merged(levels: readonly LevelSurvival[]): readonly (LevelSurvival & { readonly clients: readonly string[] })[] {
  const rows: (LevelSurvival & { clients: string[] })[] = []
  const same = (a: LevelSurvival, b: LevelSurvival) =>
    a.level === b.level &&
    a.node === b.node &&
    a.rack === b.rack &&
    a.datacenter === b.datacenter &&
    a.tolerated === b.tolerated &&
    a.required[0]?.needed === b.required[0]?.needed &&
    a.required[0]?.of === b.required[0]?.of
  for (const level of levels) {
    const row = level.clientDatacenter === null ? undefined : rows.find(candidate => candidate.clients.length > 0 && same(candidate, level))
    if (row) row.clients.push(level.clientDatacenter!)
    else rows.push({ ...level, clients: level.clientDatacenter === null ? [] : [level.clientDatacenter] })
  }
  return rows.map(row =>
    row.clients.length > 1 ? { ...row, required: row.required.map(clause => ({ ...clause, datacenter: null })) } : row,
  )
}

const signs: { readonly [V in Verdict]: string } = {
  survives: '✓ ok',
  fails: '✗ **fails**',
  'some keys': '◐ in part',
  unknown: '? unknown',
  'does not apply': '–',
}

function sign(verdict: Verdict): string {
  return signs[verdict]
}

/** Which reads must see which acknowledged writes: the pairs that people use. */
function overlapLines({ replication, datacenters }: KeyspaceSurvival): string {
  const clients = datacenters.filter(place => replication.kind === 'simple' || place.factor > 0).map(place => place.name)
  const [first] = clients
  if (first === undefined) return ''
  const second = clients[1]
  const sees = (read: ConsistencyLevel, write: ConsistencyLevel, from = first, to = first) =>
    readSeesWrite(replication, { level: read, datacenter: from }, { level: write, datacenter: to })
  const line = (text: string, holds: boolean) => `- ${holds ? '✓' : '✗'} ${text}`
  const word = (holds: boolean) => (holds ? 'sees every write' : 'may miss a write')
  const local = sees('LOCAL_QUORUM', 'LOCAL_QUORUM')
  const one = sees('LOCAL_ONE', 'LOCAL_QUORUM')
  const lines = [
    line(`LOCAL_QUORUM after LOCAL_QUORUM in the same datacenter ${word(local)}`, local),
    line(`LOCAL_ONE after LOCAL_QUORUM in the same datacenter ${word(one)}`, one),
  ]
  if (second !== undefined) {
    const across = sees('LOCAL_QUORUM', 'LOCAL_QUORUM', second, first)
    const each = sees('LOCAL_QUORUM', 'EACH_QUORUM', second, first)
    const quorum = sees('QUORUM', 'QUORUM', second, first)
    lines.push(line(`LOCAL_QUORUM after LOCAL_QUORUM in another datacenter ${word(across)}`, across))
    lines.push(line(`LOCAL_QUORUM after EACH_QUORUM in another datacenter ${word(each)}`, each))
    lines.push(line(`QUORUM after QUORUM anywhere ${word(quorum)}`, quorum))
  }
  return `**Reading what was written** (R + W > copies)\n\n${lines.join('\n')}`
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+\-.!|]/g, found => `\\${found}`)
}

/** One line for a lens: what LOCAL_QUORUM (or QUORUM, where no datacenter is known) survives at worst. */
export function survivalInOneLine(keyspace: Keyspace): string | undefined {
  const survival = keyspaceSurvival(keyspace)
  if ('why' in survival) return undefined
  const local = survival.levels.filter(row => row.level === 'LOCAL_QUORUM' && row.required.some(clause => clause.of > 0))
  const rows = local.length ? local : survival.levels.filter(row => row.level === 'QUORUM')
  if (rows.length === 0) return undefined
  const level = rows[0]!.level
  const never = rows.find(row => row.tolerated < 0)
  if (never) return `${level} can never be met${never.clientDatacenter ? ` in ${never.clientDatacenter}` : ''}`
  const all = (pick: (row: LevelSurvival) => Verdict) => rows.every(row => pick(row) === 'survives')
  if (rows.some(row => row.node === 'fails')) return `${level} does not survive the loss of one node`
  const kept = [
    all(row => row.node) ? 'node' : '',
    all(row => row.rack) ? 'rack' : '',
    all(row => row.datacenter) ? 'other datacenter' : '',
  ].filter(Boolean)
  return kept.length === 0 ? undefined : `${level} survives any 1 ${kept.join(', 1 ')}`
}
