/**
 * A setting of a node, also where its release is not stated: known only where it is the same in every release that the node may be. By the newest name,
 * nested ones dotted; units as in `effectiveSetting`. `whenAbsent` is what a release does that has no value of its own, or no such setting.
 */
import { nameInLine } from '../../catalog/settings-catalogue.ts'
import { absent, type Fact, known, knownValue, unknown } from '../../text/fact.ts'
import { memo } from '../../text/memo.ts'
import type { Node } from '../node.ts'
import { effectiveSetting, type SettingValue, settingEntry } from './effective.ts'

interface Answer {
  readonly whenAbsent: number | boolean | string | undefined
  readonly fact: Fact<SettingValue>
}
const settingsOf: (node: Node) => Map<string, Answer> = memo(() => new Map())

/** Remembered by node. */
export function settingInEachRelease(node: Node, name: string, whenAbsent?: number | boolean | string): Fact<SettingValue> {
  const facts = settingsOf(node)
  let answer = facts.get(name)
  if (!answer || answer.whenAbsent !== whenAbsent) {
    answer = { whenAbsent, fact: agreedSetting(node, name, whenAbsent) }
    facts.set(name, answer)
  }
  return answer.fact
}

function agreedSetting(node: Node, name: string, whenAbsent: number | boolean | string | undefined): Fact<SettingValue> {
  let agreed: Fact<SettingValue> | undefined
  for (const line of node.release.candidates) {
    const own = effectiveSetting(node.yaml, line, name)
    const fact = own.kind === 'absent' && whenAbsent !== undefined ? known<SettingValue>(whenAbsent) : own
    if (fact.kind === 'unknown') return fact
    if (!agreed) agreed = fact
    else if (agreed.kind !== fact.kind || !sameValue(knownValue(agreed), knownValue(fact))) return unknown(`${name} depends on the release`)
  }
  return agreed ?? absent
}

/** Releases keep some truths as texts (`require_client_auth` in 6.0): what is written alike is the same. */
function sameValue(a: SettingValue | undefined, b: SettingValue | undefined): boolean {
  if (typeof a === 'object' && typeof b === 'object') return JSON.stringify(a) === JSON.stringify(b)
  return a === b || (typeof a !== 'object' && typeof b !== 'object' && String(a) === String(b))
}

/** Numbers only: milliseconds, bytes, bytes a second, or plain. */
export function numberInEachRelease(node: Node, name: string, whenAbsent?: number): Fact<number> {
  const fact = settingInEachRelease(node, name, whenAbsent)
  if (fact.kind !== 'known') return fact
  return typeof fact.value === 'number' ? (fact as Fact<number>) : unknown(`${name} is no number`, fact.span)
}

export function booleanInEachRelease(node: Node, name: string, whenAbsent?: boolean): Fact<boolean> {
  const fact = settingInEachRelease(node, name, whenAbsent)
  if (fact.kind !== 'known' || typeof fact.value === 'boolean') return fact as Fact<boolean>
  if (fact.value === 'true' || fact.value === 'false') return known(fact.value === 'true', fact.span)
  return unknown(`${name} is neither true nor false`, fact.span)
}

export function textInEachRelease(node: Node, name: string, whenAbsent?: string): Fact<string> {
  const fact = settingInEachRelease(node, name, whenAbsent)
  if (fact.kind !== 'known') return fact
  return typeof fact.value === 'string' ? (fact as Fact<string>) : unknown(`${name} is no text`, fact.span)
}

/** The name of a top-level setting as the node's file writes it, else as its release calls it. */
export function writtenName(node: Node, name: string): string {
  const { line } = node.release
  return settingEntry(node.yaml?.root, line, name)?.key.text ?? nameInLine(line, name) ?? name
}
