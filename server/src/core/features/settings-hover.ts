/** What a setting is, over its key or value: meaning, type and unit, default, bounds, releases, other names. Never the value of a secret. */
import { quantityType, unitsOf } from '../catalog/quantity.ts'
import { type Release, type ReleaseLine, releaseLines } from '../catalog/release.ts'
import { enumOf, type FoundProperty, findProperty, namesOf, newestName, topClass } from '../catalog/settings-catalogue.ts'
import { proseOf } from '../catalog/settings-prose.ts'
import { ranges } from '../model/settings/start-ranges.ts'
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import { startDefaultWords } from './computed-defaults.ts'
import type { Hover } from './editor-types.ts'
import { linesWith, propertyAt, settingAt } from './settings-place.ts'

/** Undefined off any key and value. */
export function settingsHover(yaml: ParsedCassandraYaml, release: Release, offset: number): Hover | undefined {
  const place = settingAt(yaml, offset)
  if (!place || place.entry.key.placeholder) return undefined
  const markdown = settingMarkdown(place.path, release)
  return markdown === undefined ? undefined : { span: place.span, markdown }
}

/** The page of one setting; undefined when no release knows it. */
export function settingMarkdown(path: readonly string[], release: Release): string | undefined {
  const lines = linesWith(path, releaseLines)
  const line = lines.includes(release.line) ? release.line : lines.at(-1)
  const found = line === undefined ? undefined : propertyAt(line, path)
  if (line === undefined || !found) return undefined
  const name = path.join('.')
  const parts = [`**${name}** · ${typeWords(line, found)}`]
  const prose = path.length === 1 ? proseOf(newestName(path[0]!)) : undefined
  if (prose) parts.push(prose.advice ? `${prose.what}\n\n${prose.advice}` : prose.what)
  const facts: string[] = []
  if (!lines.includes(release.line))
    facts.push(`Cassandra ${release.line} **refuses** this key; ${lines.join(', ')} ${lines.length === 1 ? 'has' : 'have'} it.`)
  else facts.push(`In ${sayLines(lines)}.`)
  facts.push(`Default in ${line}: ${defaultWords(line, path, found)}.`)
  const bound =
    path.length === 1 || path[0] === 'sai_options'
      ? ranges.find(range => range.setting === [newestName(path[0]!), ...path.slice(1)].join('.') && range.lines.includes(line))
      : undefined
  if (bound) facts.push(`Must be ${bound.words}.`)
  if (found.renamed && found.name !== path.at(-1)) facts.push(`Old name of \`${found.name}\`.`)
  else if (path.length === 1) {
    const others = namesOf(path[0]!).filter(other => other !== path[0])
    if (others.length > 0) facts.push(`Also known as ${others.map(other => `\`${other}\``).join(', ')}.`)
  }
  if (found.property.deprecated !== undefined && !found.renamed) facts.push('Marked for removal.')
  parts.push(facts.join('  \n'))
  if (prose?.source) parts.push(`_${prose.source}_`)
  return parts.join('\n\n')
}

function sayLines(lines: readonly ReleaseLine[]): string {
  if (lines.length === releaseLines.length) return 'every release from 3.11'
  const last = lines.at(-1)
  return last === releaseLines.at(-1) ? `${lines[0]} and later` : lines.length === 1 ? `${lines[0]} only` : `${lines[0]} to ${last}`
}

/** `duration (ms, s, m, h, d)`, `one of all, dc, none`, `whole number`. */
export function typeWords(line: ReleaseLine, found: FoundProperty): string {
  const { type } = found
  const quantity = quantityType(type)
  if (quantity) return `${{ duration: 'duration', storage: 'size', rate: 'rate' }[quantity.kind]} (${unitsOf(quantity).join(', ')})`
  const words = enumOf(line, type)
  if (words) return `one of ${words.join(', ')}`
  switch (type) {
    case 'boolean':
    case 'Boolean':
      return 'true or false'
    case 'int':
    case 'Integer':
    case 'long':
    case 'Long':
      return `whole number${unitOfName(found)}`
    case 'double':
    case 'Double':
    case 'float':
    case 'Float':
      return `number${unitOfName(found)}`
    case 'String':
      return 'text'
    case 'ParameterizedClass':
      return 'class with parameters'
  }
  if (type.endsWith('[]') || type === 'List' || type === 'Set') return 'list'
  return 'block of options'
}

function unitOfName(found: FoundProperty): string {
  const unit = /_in_(ms|kb|mb|bytes|minutes|secs?)$|_(mb|kb)$|_(megabits_per_sec|mb_per_sec|seconds)$/.exec(found.renamed ? '' : found.name)
  const words: { readonly [unit: string]: string } = {
    ms: 'milliseconds',
    kb: 'KiB',
    mb: 'MiB',
    bytes: 'bytes',
    minutes: 'minutes',
    sec: 'seconds',
    secs: 'seconds',
    seconds: 'seconds',
    megabits_per_sec: 'Mbit/s',
    mb_per_sec: 'MiB/s',
  }
  const word = unit && words[(unit[1] ?? unit[2] ?? unit[3])!]
  return word ? `, in ${word}` : ''
}

function defaultWords(line: ReleaseLine, path: readonly string[], found: FoundProperty): string {
  if (/password/i.test(path.at(-1)!)) return 'set by the release'
  const value = found.property.default
  if (value === undefined || value === null) return (path.length === 1 ? startDefaultWords(newestName(path[0]!)) : undefined) ?? 'none'
  if (typeof value === 'object')
    return Array.isArray(value) ? (value.length === 0 ? 'an empty list' : `\`${JSON.stringify(value)}\``) : 'its own options'
  if (value === '') return 'empty'
  const shown = found.renamed && findProperty(line, topClass, found.name) ? `\`${value}\` of \`${found.name}\`` : `\`${value}\``
  return shown
}
