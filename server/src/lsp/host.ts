/** What the server asks of the machine it runs on: files, a timer, the date. Node, a browser's worker and the tests each bring their own. */

export interface Host {
  /** Whether some reader wants a file of this name. */
  mayMatter(path: string): boolean
  /** Addresses (URIs) of the files below a folder that may matter by name, in any order. Never rejects: an unreadable folder has no files. */
  listFiles(folder: string): Promise<readonly string[]>
  /** The text of a file; undefined when it is gone, unreadable or too big to be a configuration. Never rejects. */
  readFile(uri: string): Promise<string | undefined>
  /** Runs once after so many milliseconds; the returned function cancels. */
  after(milliseconds: number, run: () => void): () => void
  /** The date where the operator is, `YYYY-MM-DD`: suppressions expire by it. */
  today(): string
}
