/** What can be asked of the command line, in words; and what is said when it is asked wrongly. */
import { unknownNameText } from '../core/features/unknown-name.ts'

/** Wrong usage: the reason goes to standard error, the exit status is 2. */
export class UsageError extends Error {}

export const commands = ['check', 'simulate', 'resilience', 'replicas', 'tokens', 'explain', 'rules', 'schema', 'init', 'lsp'] as const
export type Command = (typeof commands)[number]

const workspaceOptions = `  --cassandra LINE[.PATCH]   judge for this release: 3.11, 4.0, 4.1, 5.0, 6.0
  --config FILE              this foretell.yaml instead of the one found
  --cluster NAME             only this cluster`

const lossOptions = `  --lose THING               node:NAME  rack:DC/RACK  dc:NAME  tunnel:A/B
                             gateway:NAME; repeat it for more`

const pages: Readonly<Record<Command, string>> = {
  check: `foretell check [PATH…]

Says what is wrong in the files, and what will break later and why.

  --format FORMAT            pretty, json, sarif, github, markdown
${workspaceOptions}
  --fail-on SEVERITY         error, warning, info, hint, never (default: error)
  --fix                      apply safe fixes, then say what is left
  --baseline FILE            do not show the findings that FILE knows
  --update-baseline          write all findings into the baseline
  --stdin                    read one file from standard input …
  --stdin-filename NAME      … as if it were NAME
  --isolated                 judge each file as if it were alone

Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage.`,
  simulate: `foretell simulate [PATH]

Foretells what still works once something is lost.

${lossOptions}
  --for DURATION             how long it stays lost: 90s, 30m, 6h, 10d
  --client-dc DC             only clients of this datacenter
  --keyspace NAME            only this keyspace
  --level LEVEL              only this consistency level
  --operation OPERATION      read, write, lwt, counter, batch, scan
  --format FORMAT            pretty, json, markdown
${workspaceOptions}`,
  resilience: `foretell resilience [PATH]

Says for each keyspace, level and client datacenter which smallest losses break
it, what is tolerated, and which nodes may be restarted together.

  --keyspace, --level, --operation, --client-dc   as for simulate
  --format FORMAT            pretty, json
${workspaceOptions}`,
  replicas: `foretell replicas [PATH]

Says which nodes hold what.

  --keyspace NAME            the keyspace; needed when there are several
  --key VALUE                the replicas of this key; repeat it for a
                             composite key …
  --type TYPE                … each with its type: text, int, bigint, uuid …
  --format FORMAT            pretty, json
${workspaceOptions}`,
  tokens: `foretell tokens

Plans a ring: tokens as Cassandra 4.0 and later allocate them to nodes that join
in turn over the racks, and how even the shares will be.

  --nodes N                  nodes of the datacenter
  --racks N                  racks (default: the factor)
  --num-tokens N             tokens of each node (default: 16)
  --factor N                 copies in the datacenter (default: 3)
  --dc NAME                  what the datacenter is called (default: dc1)
  --seed N                   another draw of the first tokens (default: 1)
  --format FORMAT            pretty, json`,
  explain: `foretell explain RULE

Prints a rule's page: why it matters, what to do, examples, sources.`,
  rules: `foretell rules

Lists all rules.

  --format FORMAT            pretty, json, markdown`,
  schema: `foretell schema [LINE]

Prints the JSON Schema of that release's cassandra.yaml; without a release, that
of foretell.yaml.`,
  init: `foretell init [PATH]

Prints a foretell.yaml from what was recognised.

  --write                    write it into PATH, if there is none`,
  lsp: `foretell lsp --stdio

The language server, for any editor.`,
}

export const overview = `Foretell judges the configuration of Apache Cassandra clusters and of the
WireGuard mesh between their datacenters, and foretells what keyspaces survive.

  foretell check [PATH…]       what is wrong, and what will break later
  foretell simulate [PATH]     what a loss breaks: --lose node:db1 rack:dc1/r1
  foretell resilience [PATH]   the smallest losses that break each keyspace
  foretell replicas [PATH]     which nodes hold what
  foretell tokens              plan a ring
  foretell explain RULE        a rule's page
  foretell rules               all rules
  foretell schema [LINE]       JSON Schema of cassandra.yaml, of foretell.yaml
  foretell init [PATH]         a foretell.yaml from what was recognised
  foretell lsp --stdio         the language server

  foretell COMMAND --help      the options of a command`

export function isCommand(word: string): word is Command {
  return (commands as readonly string[]).includes(word)
}

export function pageOf(command: Command): string {
  return pages[command]
}

/** A usage error about a name that does not exist. */
export function unknownName(kind: string, name: string, known: Iterable<string>): UsageError {
  return new UsageError(unknownNameText(kind, name, known))
}
