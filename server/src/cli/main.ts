/** The command line: which command is asked for, and what its exit status is. */
import { check } from './check.ts'
import { explain } from './explain.ts'
import type { Host } from './host.ts'
import { init } from './init.ts'
import { replicas } from './replicas.ts'
import { resilience } from './resilience.ts'
import { rules } from './rules.ts'
import { schema } from './schema.ts'
import { simulate } from './simulate.ts'
import { tokens } from './tokens.ts'
import { type Command, commands, isCommand, overview, pageOf, UsageError, unknownName } from './usage.ts'

const runners: { readonly [C in Command]: (words: readonly string[], host: Host) => Promise<number> } = {
  check,
  simulate,
  resilience,
  replicas,
  tokens,
  explain,
  rules,
  schema,
  init,
  lsp: async (_, host) => {
    await host.startLanguageServer()
    return 0
  },
}

/** Runs one command. Exit status 2: wrong usage, an unknown name, or a path that cannot be opened, with the reason on standard error. */
export async function run(words: readonly string[], host: Host): Promise<number> {
  const [first, ...rest] = words
  try {
    if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
      host.write(`${rest[0] !== undefined && isCommand(rest[0]) ? pageOf(rest[0]) : overview}\n`)
      return first === undefined ? 2 : 0
    }
    if (first === '--version' || first === '-V') {
      host.write(`foretell ${host.version}\n`)
      return 0
    }
    if (!isCommand(first))
      throw first.startsWith('-')
        ? new UsageError(`there is no option ${first}; foretell --help lists the commands`)
        : unknownName('command', first, commands)
    if (rest.includes('--help') || rest.includes('-h')) {
      host.write(`${pageOf(first)}\n`)
      return 0
    }
    return await runners[first](rest, host)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    host.complain(`foretell: ${error.message}\n`)
    return 2
  }
}
