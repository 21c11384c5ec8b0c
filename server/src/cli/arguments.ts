/** Options of the command line, read and judged: what is wrong is a UsageError. */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { parseRelease, type Release, releaseLines } from '../core/catalog/release.ts'
import { nearestName } from '../core/text/nearest-name.ts'
import { UsageError } from './usage.ts'

type OptionTable = NonNullable<ParseArgsConfig['options']>

/** Options of every command that reads a workspace. */
export const workspaceOptions = {
  cassandra: { type: 'string' },
  config: { type: 'string' },
  cluster: { type: 'string' },
} as const satisfies OptionTable

/** parseArgs, with its complaints as usage errors. */
export function readArguments<const T extends OptionTable>(
  words: readonly string[],
  options: T,
): ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>> {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const unknown = /Unknown option '(-+)([^']+)'/.exec(message)
    if (unknown) {
      const nearest = nearestName(unknown[2]!, Object.keys(options))
      throw new UsageError(`there is no option ${unknown[1]}${unknown[2]}${nearest ? `: --${nearest} is meant?` : ''}`)
    }
    throw new UsageError(message.split('. ')[0]!.replace(/^Option '([^']+)' argument missing$/, '$1 needs a value'))
  }
}

export function oneOf<const T extends string>(option: string, value: string | undefined, allowed: readonly T[], otherwise: T): T {
  if (value === undefined) return otherwise
  if ((allowed as readonly string[]).includes(value)) return value as T
  throw new UsageError(`${option} takes ${allowed.join(', ')}, not "${value}"`)
}

export function releaseOption(value: string | undefined): Release | undefined {
  if (value === undefined) return undefined
  const release = parseRelease(value)
  if (!release) throw new UsageError(`--cassandra takes ${releaseLines.join(', ')}, with a patch level or without, not "${value}"`)
  return release
}

/** `90s`, `30m`, `6h`, `10d` → seconds. */
export function durationOption(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const match = /^(\d+(?:\.\d+)?) ?(ms|s|m|min|h|d|w)$/.exec(value)
  const unit: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, min: 60, h: 3600, d: 86400, w: 604800 }
  if (!match) throw new UsageError(`${option} takes a duration such as 90s, 30m, 6h or 10d, not "${value}"`)
  return Number(match[1]) * unit[match[2]!]!
}

export function wholeOption(option: string, value: string | undefined, otherwise: number, least: number, most: number): number {
  if (value === undefined) return otherwise
  const number = Number(value)
  if (!/^\d+$/.test(value) || number < least || number > most)
    throw new UsageError(`${option} takes a whole number from ${least} to ${most}, not "${value}"`)
  return number
}
