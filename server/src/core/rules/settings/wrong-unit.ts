/** A quantity without its unit, or with one that Cassandra does not read. */
import { quantityType, textOfAmount } from '../../catalog/quantity.ts'
import { namesOf } from '../../catalog/settings-catalogue.ts'
import { loadRefusalsOf } from '../../model/settings/judge-settings.ts'
import type { LoadRefusal } from '../../model/settings/loaded-value.ts'
import { unitOfOldName } from '../../model/settings/start-config.ts'
import { replace } from '../line-edits.ts'
import { type Fix, rule } from '../rule.ts'
import { quoted, settingKey, wantedType } from './setting-words.ts'

export default rule({
  id: 'settings/wrong-unit',
  scope: 'node',
  effects: ['refuses'],
  certainty: 'proven',
  releases: ['4.1', '5.0', '6.0'],
  title: 'duration, size or rate in a unit that Cassandra does not read',
  why: 'From 4.1 durations, sizes and rates carry their unit: a bare number, a blank before the unit, KB for KiB or a unit below the least one keeps the node down.',
  remedy: 'Write a whole number and one of the units, without a blank, in their exact case.',
  sources: ['Cassandra: DurationSpec, DataStorageSpec, DataRateSpec', 'asked of the jars of 4.1.10, 5.0.9 and 6.0-alpha2'],
  bad: `#- cassandra: 4.1
#- cassandra.yaml
cluster_name: prod
endpoint_snitch: SimpleSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period: 10 s
#                      ^^^^ 💡 error[settings/wrong-unit]: 10s
read_request_timeout: 5000
#                     ^^^^ 💡 error[settings/wrong-unit]: 5s
commitlog_segment_size: 32MB
#                       ^^^^ 💡 error[settings/wrong-unit]: 32MiB
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`,
  good: '#- cluster: 1x1',
  *check(node) {
    const { line } = node.release
    for (const refusal of loadRefusalsOf(node)) {
      if (refusal.kind !== 'wrong-unit') continue
      const better = meantBy(refusal)
      const problem =
        refusal.quantityProblem === 'unit-too-small'
          ? 'its unit is too small'
          : refusal.quantityProblem === 'too-large'
            ? 'it is too large'
            : refusal.quantityProblem === 'negative'
              ? 'it is negative'
              : 'it is not a whole number with a unit that Cassandra reads'
      const found = quoted(refusal.path, refusal.text ?? '')
      yield {
        at: refusal.at,
        message: `Cassandra refuses ${found} for \`${refusal.path}\`: ${problem}. Write ${better ?? wantedType(line, refusal.type)}.${refusal.suffix}`,
        about: [settingKey(refusal.path)],
        fixes: () => fixesOf(refusal, better),
      }
    }
  },
})

function fixesOf(refusal: LoadRefusal, better: string | undefined): readonly Fix[] {
  return better === undefined ? [] : [{ title: `Write ${better}`, safe: false, edits: [replace(refusal.at, better)] }]
}

const likelyUnits: { readonly [unit: string]: string } = {
  b: 'B',
  byte: 'B',
  bytes: 'B',
  k: 'KiB',
  kb: 'KiB',
  kib: 'KiB',
  m: 'MiB',
  mb: 'MiB',
  mib: 'MiB',
  g: 'GiB',
  gb: 'GiB',
  gib: 'GiB',
}
const likelyTimes: { readonly [unit: string]: string } = {
  ms: 'ms',
  msec: 'ms',
  millis: 'ms',
  s: 's',
  sec: 's',
  secs: 's',
  seconds: 's',
  min: 'm',
  mins: 'm',
  minutes: 'm',
  m: 'm',
  h: 'h',
  hour: 'h',
  hours: 'h',
  d: 'd',
  day: 'd',
  days: 'd',
  us: 'us',
  ns: 'ns',
}

/** What was meant, as Cassandra reads it: a bare number in the unit of the old name, a unit in its right spelling. */
function meantBy(refusal: LoadRefusal): string | undefined {
  const type = quantityType(refusal.type ?? '')
  const match = /^\s*(\d{1,15})\s*([a-zA-Zµ]*)(\/s(?:ec)?)?\s*$/.exec(refusal.text ?? '')
  if (!type || !match) return undefined
  const [, digits = '', unit = '', perSecond] = match
  if (unit === '') {
    const old = namesOf(refusal.path)
      .map(unitOfOldName)
      .find(size => size !== undefined)
    return old === undefined ? undefined : textOfAmount(Number(digits) * old, type)
  }
  const lower = unit.toLowerCase()
  if (type.kind === 'duration') {
    const known = unit === 'M' ? undefined : likelyTimes[lower]
    if (known === undefined || refusal.quantityProblem === 'too-large') return undefined
    const sizes: { readonly [unit: string]: number } = { ns: 1e-6, us: 1e-3, ms: 1, s: 1000, m: 60000, h: 3600000, d: 86400000 }
    const amount = Number(digits) * sizes[known]!
    if (refusal.quantityProblem === 'unit-too-small')
      return amount >= sizes[type.least]!
        ? textOfAmount(Math.round(amount / sizes[type.least]!) * sizes[type.least]!, type)
        : `1${type.least}`
    return `${digits}${known}`
  }
  const known = likelyUnits[lower]
  if (known === undefined || refusal.quantityProblem !== 'grammar') return undefined
  if (type.kind === 'rate') return known === 'GiB' ? `${Number(digits) * 1024}MiB/s` : `${digits}${known}/s`
  return perSecond === undefined ? `${digits}${known}` : undefined
}
