/** What the client was last told, so that only differences are sent: changed lists, and an empty list where a file became clean. */
import type { Diagnostic } from 'vscode-languageserver'

export interface Published {
  /** Sends what differs from the last call. Keys are addresses as sent. */
  update(diagnostics: ReadonlyMap<string, readonly Diagnostic[]>): void
}

export function createPublished(send: (uri: string, diagnostics: readonly Diagnostic[]) => void): Published {
  let last = new Map<string, string>()
  return {
    update(diagnostics) {
      const now = new Map<string, string>()
      for (const [uri, list] of diagnostics) {
        if (!list.length) continue
        const text = JSON.stringify(list)
        now.set(uri, text)
        if (last.get(uri) !== text) send(uri, list)
      }
      for (const uri of last.keys()) if (!now.has(uri)) send(uri, [])
      last = now
    },
  }
}
