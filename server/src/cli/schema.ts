/** `foretell schema [LINE]`: JSON Schemas for editors and other tools. */
import { isReleaseLine, releaseLines } from '../core/catalog/release.ts'
import { foretellSchema } from '../core/features/foretell-schema.ts'
import { settingsSchema } from '../core/features/settings-schema.ts'
import { readArguments } from './arguments.ts'
import type { Host } from './host.ts'
import { UsageError } from './usage.ts'

export async function schema(words: readonly string[], host: Host): Promise<number> {
  const { positionals } = readArguments(words, {})
  const [line, second] = positionals
  if (second !== undefined) throw new UsageError('schema takes one release line')
  if (line === undefined || line === 'foretell.yaml') {
    host.write(`${JSON.stringify(foretellSchema(), undefined, 2)}\n`)
    return 0
  }
  if (!isReleaseLine(line)) throw new UsageError(`schema takes ${releaseLines.join(', ')}, or nothing for foretell.yaml, not "${line}"`)
  host.write(`${JSON.stringify(settingsSchema(line), undefined, 2)}\n`)
  return 0
}
