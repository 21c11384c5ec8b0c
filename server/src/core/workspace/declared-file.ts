/** What a foretell.yaml declares, for hosts that must know before they read the other files: which are excluded, which are named. */
import type { Declared } from '../model/declared.ts'
import { readForetellYaml } from '../model/foretell-yaml.ts'
import { matchesPattern } from '../model/path-pattern.ts'
import { parseForetellYaml } from '../syntax/cassandra-yaml.ts'
import type { SourceFile } from '../text/source-file.ts'

export { tokenFilePaths } from '../model/node-tokens.ts'

export function declaredBy(file: SourceFile): Declared {
  return readForetellYaml(parseForetellYaml(file))
}

/** Whether a path is excluded; `folder` is that of foretell.yaml. */
export function isExcludedBy(declared: Declared, folder: string, path: string): boolean {
  return declared.exclude.length > 0 && matchesPattern(path, declared.exclude, folder)
}
