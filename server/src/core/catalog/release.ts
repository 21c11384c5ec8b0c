/** Release lines of Cassandra, and what is known of the release that a file is for. */

export const releaseLines = ['3.11', '4.0', '4.1', '5.0', '6.0'] as const
export type ReleaseLine = (typeof releaseLines)[number]

/** The newest stable line: shown when nothing says more. */
export const newestStableLine: ReleaseLine = '5.0'

export interface Release {
  /** Named by `--cassandra`, foretell.yaml or a marker comment: verdicts are those of that line alone. */
  readonly stated: boolean
  /** The line that is shown; the one stated, or the newest stable of the candidates. */
  readonly line: ReleaseLine
  /** Patch level, when stated (`4.0.13`). */
  readonly patch?: number
  /** All lines that it may be, in order; exactly one when stated. A version-dependent finding must hold in each. */
  readonly candidates: readonly ReleaseLine[]
  /** The segment of a path that decided between the candidates of the keys. */
  readonly namedBy?: string
  /** 3.0 is judged as 3.11, with one information. */
  readonly judgedAs30?: boolean
}

export function isReleaseLine(text: string): text is ReleaseLine {
  return (releaseLines as readonly string[]).includes(text)
}

/** Negative when `a` is older than `b`. */
export function compareLines(a: ReleaseLine, b: ReleaseLine): number {
  return releaseLines.indexOf(a) - releaseLines.indexOf(b)
}

export function atLeast(line: ReleaseLine, other: ReleaseLine): boolean {
  return compareLines(line, other) >= 0
}

/** `4.1`, `4.1.10`, `3.0` … as an operator writes it; undefined when it names no line that is judged. */
export function parseRelease(text: string): Release | undefined {
  const match = /^\s*v?(\d+\.\d+)(?:\.(\d+))?(?:[-.].*)?\s*$/.exec(text)
  if (!match) return undefined
  const old = match[1] === '3.0'
  const line = old ? '3.11' : match[1]!
  if (!isReleaseLine(line)) return undefined
  const release: Release = { stated: true, line, candidates: [line] }
  if (old) return { ...release, judgedAs30: true }
  return match[2] === undefined ? release : { ...release, patch: Number(match[2]) }
}
