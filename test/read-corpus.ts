/** Reads folders of test/corpus as a host would read a workspace: paths relative to the folder, text as UTF-8. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { SourceFile } from '../server/src/core/text/source-file.ts'

/** Tests and benchmarks run from the root of the repository. */
export const corpusRoot = join(process.cwd(), 'test/corpus')

/** All files below a folder of the corpus, in path order. */
export function readCorpus(folder: string): SourceFile[] {
  const root = join(corpusRoot, folder)
  const walk = (at: string): string[] =>
    readdirSync(at)
      .sort()
      .flatMap(name => (statSync(join(at, name)).isDirectory() ? walk(join(at, name)) : [join(at, name)]))
  return walk(root).map(path => ({ path: relative(root, path).split('\\').join('/'), text: readFileSync(path, 'utf8') }))
}

/** The folders directly below a folder of the corpus. */
export function corpusFolders(folder: string): string[] {
  return readdirSync(join(corpusRoot, folder))
    .filter(name => statSync(join(corpusRoot, folder, name)).isDirectory())
    .sort()
}
