/** Which parser a file gets: by its name, then by what it holds. The only place that knows names of files. */

import { withoutTemplateSuffix } from '../text/placeholder.ts'
import { baseName, type SourceFile } from '../text/source-file.ts'
import { parseCassandraYaml, parseForetellYaml } from './cassandra-yaml.ts'
import { looksLikeCassandraYaml } from './cassandra-yaml-recognition.ts'
import { parseCompose } from './compose.ts'
import { looksLikeCql, parseCql } from './cql-file.ts'
import { parseEnvironmentScript } from './environment-script.ts'
import { parseJvmOptions } from './jvm-options.ts'
import type { ParsedFile } from './parsed-file.ts'
import { parseProperties } from './properties.ts'
import { looksLikeWireGuard, parseWireGuard } from './wireguard-file.ts'

export type FileKind = ParsedFile['kind']

/** What a name alone promises; `undefined` when no reader wants such a file. Hosts read only files that are wanted. */
export function kindByName(path: string): FileKind | undefined {
  const name = baseName(withoutTemplateSuffix(path)).toLowerCase()
  if (name === 'foretell.yaml' || name === 'foretell.yml') return 'foretell-yaml'
  if (/cassandra-rackdc\.properties$/.test(name)) return 'rackdc'
  if (/cassandra-topology\.properties$/.test(name)) return 'topology'
  if (/cassandra-env\.sh$/.test(name)) return 'cassandra-env'
  if (/jvm\d*(?:-server|-clients)?\.options$/.test(name)) return 'jvm-options'
  if (/^(?:docker-)?compose[\w.-]*\.ya?ml$/.test(name)) return 'compose'
  if (/cassandra[\w@.-]*\.ya?ml$/.test(name)) return 'cassandra-yaml'
  if (/\.conf$/.test(name)) return 'wireguard'
  if (/\.(?:cql|cqlsh|ddl)$/.test(name)) return 'cql'
  return undefined
}

/** Parses a file as what it is. Always answers. */
export function parseFile(file: SourceFile): ParsedFile {
  switch (kindByName(file.path)) {
    case 'foretell-yaml':
      return parseForetellYaml(file)
    case 'rackdc':
      return parseProperties(file, 'rackdc')
    case 'topology':
      return parseProperties(file, 'topology')
    case 'cassandra-env':
      return parseEnvironmentScript(file)
    case 'jvm-options':
      return parseJvmOptions(file)
    case 'compose':
      return parseCompose(file)
    case 'cassandra-yaml':
      if (looksLikeCassandraYaml(file)) return parseCassandraYaml(file)
      break
    case 'wireguard':
      if (looksLikeWireGuard(file.path, file.text)) return parseWireGuard(file)
      break
    case 'cql':
      if (looksLikeCql(file.text)) return parseCql(file)
      break
  }
  return { kind: 'unrecognised', file, problems: [] }
}
