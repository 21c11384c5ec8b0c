/** cassandra.yaml as a release loads it: settings by the names that it keeps them under, and everything that it refuses while loading. */
import type { ReleaseLine } from '../../catalog/release.ts'
import { classShape, findPath, topClass } from '../../catalog/settings-catalogue.ts'
import type { ParsedCassandraYaml } from '../../syntax/parsed-file.ts'
import type { YamlEntry, YamlMapping } from '../../syntax/yaml-tree.ts'
import { type Construction, construct, lastEntries, refused, settle, snakeOf, type Where } from './construct-value.ts'
import { isBean, type LoadedBean, type LoadedField, type LoadRefusal } from './loaded-value.ts'

export interface LoadedSettings {
  readonly line: ReleaseLine
  /** By present name; only what the file sets. Nested classes are beans. */
  readonly fields: ReadonlyMap<string, LoadedField>
  readonly refusals: readonly LoadRefusal[]
}

/** Flags of the JVM that change what is refused. */
export interface LoadFlags {
  /** `-Dcassandra.allow_new_old_config_keys=true` */
  readonly allowNewAndOldKeys: boolean
  /** `-Dcassandra.allow_duplicate_config_keys=false` */
  readonly refuseRepeatedKeys: boolean
}
export const usualFlags: LoadFlags = { allowNewAndOldKeys: false, refuseRepeatedKeys: false }

const remembered = new WeakMap<YamlMapping, Map<string, LoadedSettings>>()

/** Loads the file for a line. Remembered by the parsed tree. */
export function loadSettings(yaml: ParsedCassandraYaml, line: ReleaseLine, flags: LoadFlags = usualFlags): LoadedSettings {
  if (!yaml.root) return { line, fields: new Map(), refusals: [] }
  const key = `${line} ${flags.allowNewAndOldKeys}`
  let answers = remembered.get(yaml.root)
  if (!answers) {
    answers = new Map()
    remembered.set(yaml.root, answers)
  }
  let answer = answers.get(key)
  if (!answer) {
    answer = load(yaml.root, line, flags)
    answers.set(key, answer)
  }
  return answer
}

function load(root: YamlMapping, line: ReleaseLine, flags: LoadFlags): LoadedSettings {
  const context: Construction = { line, snake: snakeOf(line), refusals: [] }
  const fields = new Map<string, LoadedField>()
  const entries = lastEntries(root)
  for (const entry of entries) {
    if (entry.key.placeholder) continue
    const name = entry.key.text
    const where: Where = { path: name, owner: topClass, keySpan: entry.key.span }
    const steps = findPath(line, name)
    const found = steps?.at(-1)
    if (!steps || !found || found.property.readOnly) {
      context.refusals.push({ kind: 'unknown-key', path: name, owner: topClass, at: entry.key.span, keySpan: entry.key.span })
      continue
    }
    const value = construct(entry.value, found, where, context)
    if (value === refused) continue
    const field = fieldOf(entry, value)
    const settled = settle(field, found, where, context)
    if (settled)
      setPath(
        fields,
        steps.map(step => step.name),
        steps.map(step => step.type),
        settled,
      )
  }
  if (!flags.allowNewAndOldKeys && (line === '4.1' || line === '5.0' || line === '6.0')) refuseTwoNames(entries, line, context)
  return { line, fields, refusals: context.refusals }
}

function fieldOf(entry: YamlEntry, value: LoadedField['value']): LoadedField {
  return {
    value,
    key: entry.key.text,
    keySpan: entry.key.span,
    ...(entry.value ? { node: entry.value, span: entry.value.span } : { span: entry.key.span }),
  }
}

/** Sets a value below the beans of a dotted key; they are made when the file does not. */
function setPath(fields: Map<string, LoadedField>, names: readonly string[], types: readonly string[], field: LoadedField): void {
  const [name, ...rest] = names
  if (name === undefined) return
  if (rest.length === 0) {
    fields.set(name, field)
    return
  }
  const before = fields.get(name)
  const inner = new Map(isBean(before?.value) ? before.value.fields : [])
  setPath(inner, rest, types.slice(1), field)
  const bean: LoadedBean = { kind: 'bean', className: types[0] ?? '', fields: inner }
  fields.set(name, { ...(before ?? field), value: bean })
}

/** Old and new name of any class, both at the top: refused, even when the old name belongs to a nested class. */
function refuseTwoNames(entries: readonly YamlEntry[], line: ReleaseLine, context: Construction): void {
  const byName = new Map(entries.map(entry => [entry.key.text, entry]))
  for (const className of classesWithOldNames(line))
    for (const [old, renamed] of Object.entries(classShape(line, className)?.replaced ?? {})) {
      if (old === renamed.by) continue
      const first = byName.get(old)
      const second = byName.get(renamed.by)
      if (!first || !second) continue
      context.refusals.push({
        kind: 'old-and-new-name',
        path: old,
        owner: className,
        at: first.key.span,
        keySpan: first.key.span,
        other: { name: renamed.by, span: second.key.span },
      })
    }
}

function classesWithOldNames(line: ReleaseLine): readonly string[] {
  return [topClass, 'EncryptionOptions.ServerEncryptionOptions', 'EncryptionOptions', 'EncryptionOptions.ClientEncryptionOptions'].filter(
    name => classShape(line, name)?.replaced,
  )
}
