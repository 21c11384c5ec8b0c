/** What a rule about one file is shown: the parsed file and what is known of the tools that will read it. */
import type { Release } from '../catalog/release.ts'
import type { ParsedFile } from '../syntax/parsed-file.ts'

export interface FileSubject {
  readonly parsed: ParsedFile
  readonly release: Release
  /** `1.0.20210914` …; undefined when not declared: the old tools are assumed. */
  readonly wireguardTools: string | undefined
  /** The file belongs to a Cassandra node; undefined when that is unknown (isolated). */
  readonly isCassandraNodes: boolean | undefined
  /** MTU of the network below tunnels, as foretell.yaml declares it. */
  readonly underlayMtu?: number | undefined
}
