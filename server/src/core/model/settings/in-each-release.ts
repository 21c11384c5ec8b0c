/** A setting of a node whose release is not stated: known only where it is the same in every release that the node may be. */
import { absent, type Fact, knownValue, unknown } from '../../text/fact.ts'
import { memo } from '../../text/memo.ts'
import type { Node } from '../node.ts'
import { effectiveSetting, type SettingValue } from './effective.ts'

const settingsOf: (node: Node) => Map<string, Fact<SettingValue>> = memo(() => new Map())

/** By the setting's newest name; units as in `effectiveSetting`. Remembered by node. */
export function settingInEachRelease(node: Node, name: string): Fact<SettingValue> {
  const known = settingsOf(node)
  let fact = known.get(name)
  if (!fact) {
    fact = agreedSetting(node, name)
    known.set(name, fact)
  }
  return fact
}

function agreedSetting(node: Node, name: string): Fact<SettingValue> {
  let agreed: Fact<SettingValue> | undefined
  for (const line of node.release.candidates) {
    const fact = effectiveSetting(node.yaml, line, name)
    if (fact.kind === 'unknown') return fact
    if (!agreed) agreed = fact
    else if (agreed.kind !== fact.kind || JSON.stringify(knownValue(agreed)) !== JSON.stringify(knownValue(fact)))
      return unknown(`${name} depends on the release`)
  }
  return agreed ?? absent
}

/** Numbers only: milliseconds, bytes, bytes a second, or plain. */
export function numberInEachRelease(node: Node, name: string): Fact<number> {
  const fact = settingInEachRelease(node, name)
  if (fact.kind !== 'known') return fact
  return typeof fact.value === 'number' ? (fact as Fact<number>) : unknown(`${name} is no number`, fact.span)
}
