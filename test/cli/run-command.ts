/** The command line on files in memory: what it writes, what it complains about, its exit status. */
import type { Host } from '../../server/src/cli/host.ts'
import { run } from '../../server/src/cli/main.ts'
import { kindByName } from '../../server/src/core/syntax/file-kind.ts'

export interface Answer {
  readonly status: number
  readonly output: string
  readonly complaint: string
  /** After the command. */
  readonly files: ReadonlyMap<string, string>
}

export interface Circumstances {
  readonly standardInput?: string
  readonly columns?: number
  readonly today?: string
}

export async function runCommand(
  words: readonly string[],
  given: Iterable<readonly [string, string]>,
  circumstances: Circumstances = {},
): Promise<Answer> {
  const files = new Map(given)
  let output = ''
  let complaint = ''
  const host: Host = {
    version: '0.0.0',
    write: text => {
      output += text
    },
    complain: text => {
      complaint += text
    },
    terminal: { colours: false, columns: circumstances.columns ?? 80 },
    today: () => circumstances.today ?? '2026-06-01',
    standardInput: async () => circumstances.standardInput ?? '',
    readPaths: (_, paths, exclude) => {
      const found = new Map<string, string>()
      const named = new Set<string>()
      const unopened: { path: string; why: string }[] = []
      for (const path of paths) {
        const text = files.get(path)
        const inside = [...files].filter(([other]) => path === '.' || other.startsWith(`${path}/`))
        if (text !== undefined) {
          found.set(path, text)
          named.add(path)
        } else if (inside.length === 0 && path !== '.') unopened.push({ path, why: 'no such file or folder' })
        for (const [other, content] of inside) if (kindByName(other) !== undefined && !exclude(other)) found.set(other, content)
      }
      return { files: [...found].map(([path, text]) => ({ path, text })), unopened, tooBig: [], named }
    },
    readFile: (_, path) => {
      const text = files.get(path)
      return text === undefined ? { path, why: 'no such file or folder' } : { path, text }
    },
    writeFile: (_, path, text) => {
      files.set(path, text)
      return undefined
    },
    findForetellFileAbove: () => (files.has('foretell.yaml') ? { root: '', name: 'foretell.yaml' } : undefined),
    pathFrom: (_, path) => path,
    shownPath: (_, path) => path,
    startLanguageServer: async () => undefined,
  }
  const status = await run(words, host)
  return { status, output, complaint, files }
}
