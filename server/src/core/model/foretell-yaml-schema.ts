/** The one description of foretell.yaml: what is accepted, and its JSON Schema for editors. Meanings stand beside the keys. */
import * as z from 'zod/mini'
import { consistencyLevels } from '../analysis/consistency-level.ts'
import { datePattern, durationPattern, ratePattern, sizePattern } from './foretell-yaml-values.ts'

const meaning = (text: string) => z.describe(text)

const release = z.union([z.string(), z.number()], 'a release such as "4.1" or "5.0.3"').check(
  z.refine(
    value => /^v?(?:3\.0|3\.11|4\.0|4\.1|5\.0|6\.0)(?:\.\d+)?(?:-\w+)?$/.test(String(value)),
    'a release: 3.11, 4.0, 4.1, 5.0 or 6.0, with a patch level or without',
  ),
  meaning('Release of Cassandra: a line such as "5.0", or a patch level such as "4.1.10".'),
)
const toolsVersion = z.union([z.string(), z.number()], 'a version such as "1.0.20210914"').check(meaning('Version of wireguard-tools.'))
const duration = z.string('a duration such as 80ms, 6h or 7d').check(z.regex(durationPattern, 'a duration such as 80ms, 6h or 7d'))
const size = z.string('a size such as 64GiB').check(z.regex(sizePattern, 'a size such as 64GiB'))
const rate = z.string('a rate such as 1Gbit/s').check(z.regex(ratePattern, 'a rate such as 1Gbit/s'))
const words = z.array(z.string('a word'), 'a list')
const text = z.string('text')
const yesOrNo = z.boolean('true or false')
const whole = z.number('a whole number').check(z.int('a whole number'), z.positive('a number above 0'))
const mtu = z
  .number('an MTU in bytes')
  .check(z.int('a whole number of bytes'), z.minimum(576, 'an MTU from 576 bytes'), z.maximum(65535, 'an MTU up to 65535 bytes'))
const state = z.enum(['new', 'joining'], 'new or joining').check(meaning('Not yet, or only just, part of the ring.'))
const levels = [...consistencyLevels, 'NODE_LOCAL'] as const
const anyLevel = (of: readonly string[]) => z.enum(of as [string, ...string[]], `a consistency level: ${of.join(', ')}`)
const named = <T extends z.ZodMiniType>(value: T) => z.record(z.string(), value, 'names, each with its settings')

const node = z.strictObject(
  {
    files: z.optional(words.check(meaning('Globs of the files that belong to this node, relative to this file.'))),
    address: z.optional(text.check(meaning('The address that other nodes dial.'))),
    datacenter: z.optional(text),
    rack: z.optional(text),
    cluster: z.optional(text.check(meaning('The cluster that it belongs to.'))),
    memory: z.optional(size.check(meaning('Memory of the machine.'))),
    cores: z.optional(whole),
    java: z.optional(whole.check(meaning('Major version of Java.'))),
    volumes: z.optional(
      z.record(z.string(), z.string('a volume'), 'folders, each with its volume').check(meaning('Folder → volume it lies on.')),
    ),
    tokens: z.optional(
      text.check(meaning('File with its tokens, or the output of nodetool ring or nodetool info -T; relative to this file.')),
    ),
    gateway: z.optional(yesOrNo.check(meaning('It forwards for other nodes.'))),
    state: z.optional(state),
    cassandra: z.optional(release),
    wireguardTools: z.optional(toolsVersion),
  },
  'the settings of a node',
)

const datacenter = z.strictObject(
  {
    role: z.optional(z.enum(['operational', 'analytics', 'search'], 'operational, analytics or search')),
    state: z.optional(state),
    cassandra: z.optional(release),
  },
  'the settings of a datacenter',
)

const link = z.strictObject(
  {
    between: z.tuple([text, text], 'two datacenters: [dc1, dc2]'),
    roundTrip: z.optional(duration),
    rate: z.optional(rate),
    mtu: z.optional(mtu),
  },
  'the settings of a link',
)

const workload = z.strictObject(
  {
    keyspace: text,
    // What the server refuses for reads or writes is the rules' matter.
    read: z.optional(anyLevel(levels)),
    write: z.optional(anyLevel(levels)),
    serial: z.optional(anyLevel(['SERIAL', 'LOCAL_SERIAL'])),
    strong: z.optional(yesOrNo.check(meaning('Reads must see the latest write.'))),
    clients: z.optional(words.check(meaning('Datacenters that clients are in.'))),
    failover: z.optional(words.check(meaning('Datacenters that clients turn to when theirs is lost.'))),
  },
  'the settings of a workload',
)

const suppression = z.strictObject(
  {
    rule: text,
    entity: z.optional(text.check(meaning('Name of the node, datacenter, keyspace, setting … that it is limited to.'))),
    until: z.optional(z.string('a date such as 2027-01-31').check(z.regex(datePattern, 'a date such as 2027-01-31'))),
    reason: z.optional(text),
  },
  'the settings of a suppression',
)

export const foretellYaml = z.strictObject(
  {
    cassandra: z.optional(release),
    upgradeTo: z.optional(release.check(meaning('The release that an upgrade is planned to.'))),
    java: z.optional(whole.check(meaning('Major version of Java.'))),
    wireguardTools: z.optional(toolsVersion),
    clusters: z.optional(named(z.strictObject({ cassandra: z.optional(release) }, 'the settings of a cluster'))),
    datacenters: z.optional(named(datacenter)),
    nodes: z.optional(named(node)),
    layout: z.optional(words.check(meaning('Paths that carry meaning: {datacenter}/{node}/**'))),
    exclude: z.optional(words.check(meaning('Globs of files that are not read, relative to this file.'))),
    network: z.optional(
      z.strictObject({ underlayMtu: z.optional(mtu), links: z.optional(z.array(link, 'a list of links')) }, 'the settings of the network'),
    ),
    workloads: z.optional(z.array(workload, 'a list of workloads').check(meaning('Who reads what, how, from where.'))),
    longestOutage: z.optional(duration.check(meaning('The longest outage to be survived without a repair.'))),
    repair: z.optional(
      z.strictObject(
        {
          interval: z.optional(duration),
          windows: z.optional(z.record(z.string(), z.string('a window such as Sat 02:00-06:00'), 'datacenters, each with its window')),
        },
        'the settings of repair',
      ),
    ),
    assertions: z.optional(
      words.check(
        meaning(
          'Promises that are checked in the editor and in CI: "shop LOCAL_QUORUM from dc1 survives any 1 rack", "shop survives datacenter dc2", "every datacenter reaches every other without any 1 gateway".',
        ),
      ),
    ),
    rules: z.optional(
      z
        .record(
          z.string(),
          z.enum(['off', 'error', 'warning', 'info', 'hint'], '"off", error, warning, info or hint'),
          'rules, each with a severity',
        )
        .check(meaning('Rule → "off" or a severity.')),
    ),
    suppress: z.optional(z.array(suppression, 'a list of suppressions')),
    baseline: z.optional(text.check(meaning('File of the findings that are known and not shown.'))),
  },
  'a mapping',
)

export type ForetellYaml = z.output<typeof foretellYaml>

/** The JSON Schema (draft 2020-12) of foretell.yaml. */
export function foretellYamlJsonSchema(): unknown {
  return { title: 'foretell.yaml', ...z.toJSONSchema(foretellYaml, { io: 'input', unrepresentable: 'any' }) }
}
