/** What a model remembers of the last one, so that unchanged nodes and clusters stay the same objects. Dropping it changes only the time. */

interface Remembered<T> {
  readonly inputs: readonly unknown[]
  readonly value: T
}

/** Keyed by what names a thing; reused when every input is the very same. One generation lives: what is not asked for again is forgotten. */
export interface Recall<T> {
  recall(key: string, inputs: readonly unknown[], make: () => T): T
  /** Forgets what was not recalled since the last call. */
  settle(): void
}

export function createRecall<T>(): Recall<T> {
  let last = new Map<string, Remembered<T>>()
  let now = new Map<string, Remembered<T>>()
  return {
    recall(key, inputs, make) {
      const same = (old: Remembered<T> | undefined) =>
        old && old.inputs.length === inputs.length && old.inputs.every((input, i) => input === inputs[i])
      const old = [now.get(key), last.get(key)].find(same)
      const entry = old ?? { inputs, value: make() }
      now.set(key, entry)
      return entry.value
    },
    settle() {
      last = now
      now = new Map()
    },
  }
}
