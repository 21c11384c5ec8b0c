/** The few settings that a user has in the editor. Foreign data: anything unexpected means the default. */
import { parseRelease, type Release } from '../core/catalog/release.ts'
import { isRecord } from './from-lsp.ts'

export interface ClientSettings {
  /** `foretell.cassandraRelease`: missing when it is to be found from the files. */
  readonly statedRelease?: Release
  readonly codeLenses: boolean
  readonly inlayHints: boolean
}

export const defaultSettings: ClientSettings = { codeLenses: true, inlayHints: true }

/** Reads the answer to `workspace/configuration` for the section `foretell`. */
export function readSettings(section: unknown): ClientSettings {
  if (!isRecord(section)) return defaultSettings
  const release = typeof section.cassandraRelease === 'string' ? parseRelease(section.cassandraRelease) : undefined
  return {
    ...(release ? { statedRelease: release } : {}),
    codeLenses: enabled(section.codeLenses),
    inlayHints: enabled(section.inlayHints),
  }
}

function enabled(value: unknown): boolean {
  return value !== false && !(isRecord(value) && value.enabled === false)
}
