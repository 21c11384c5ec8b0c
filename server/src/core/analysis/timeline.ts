/** What happens when, after a loss: the clock that starts with it. Seconds throughout. */
import { convictionSeconds, freshConvictionSeconds } from './failure-detection.ts'

export type TimelineEvent = 'convicted' | 'hints-stop' | 'hints-expire' | 'tombstones-expire'

export interface TimelineEntry {
  /** Seconds after the loss. */
  readonly after: number
  readonly event: TimelineEvent
  readonly text: string
}

export interface TimelineSettings {
  /** phi_convict_threshold; 8 when not set. */
  readonly phiConvictThreshold?: number
  /** max_hint_window; three hours when not set. */
  readonly maxHintWindow?: number
  readonly hintsEnabled?: boolean
  /** -Dcassandra.maxHintTTL. */
  readonly maxHintTimeToLive?: number
  /** gc_grace_seconds of the tables that are concerned; ten days for a table that says nothing. */
  readonly tables?: readonly { readonly name: string; readonly gcGraceSeconds: number }[]
}

export const usualHintWindow = 3 * 3600
export const usualGcGrace = 864_000

/** The events of a loss, by time; only those up to `until` when it is given. */
export function timelineOf(settings: TimelineSettings, until = Number.POSITIVE_INFINITY): readonly TimelineEntry[] {
  const { phiConvictThreshold = 8, maxHintWindow = usualHintWindow, hintsEnabled = true, tables = [] } = settings
  const convicted = convictionSeconds(phiConvictThreshold)
  const shortest = tables.reduce<{ name: string | undefined; gcGraceSeconds: number }>(
    (a, b) => (b.gcGraceSeconds < a.gcGraceSeconds ? b : a),
    { name: undefined, gcGraceSeconds: tables.length > 0 ? Number.POSITIVE_INFINITY : usualGcGrace }, // biome-ignore format: one call
  )
  const grace = shortest.gcGraceSeconds
  const hintLife = Math.min(grace, settings.maxHintTimeToLive ?? Number.POSITIVE_INFINITY)
  const ofTable = shortest.name === undefined ? '' : ` (${shortest.name})`
  const entries: TimelineEntry[] = [
    {
      after: convicted,
      event: 'convicted',
      text: `the others mark it down (phi_convict_threshold ${phiConvictThreshold}; up to ${freshConvictionSeconds(phiConvictThreshold).toFixed(1)} s just after a start); until then requests that wait for it end in timeouts`,
    },
    {
      after: hintsEnabled ? maxHintWindow : 0,
      event: 'hints-stop',
      text: hintsEnabled
        ? 'coordinators stop storing hints: from here on a repair is owed, and reads at ONE may be stale after its return'
        : 'hints are off: a repair is owed from the first write on, and reads at ONE may be stale after its return',
    },
    ...(hintsEnabled && hintLife < maxHintWindow
      ? [
          {
            after: hintLife,
            event: 'hints-expire' as const,
            text: `stored hints begin to expire${ofTable}, before the hint window ends: writes are lost to it without a repair`,
          },
        ]
      : []),
    {
      after: grace,
      event: 'tombstones-expire',
      text: `gc_grace_seconds${ofTable} is over: returning without a repair may bring deleted rows back; replace the node instead`,
    },
  ]
  if (hintsEnabled && hintLife >= maxHintWindow) {
    entries.push({ after: hintLife, event: 'hints-expire', text: `hints that were stored at once expire${ofTable}` })
  }
  return entries.filter(entry => entry.after <= until).sort((a, b) => a.after - b.after)
}

/** `18.4 s`, `27 min`, `3 h`, `10 d`. */
export function durationText(seconds: number): string {
  if (seconds < 120) return `${Number.isInteger(seconds) ? seconds : seconds.toFixed(1)} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  if (seconds < 172_800) return `${Math.round(seconds / 360) / 10} h`
  return `${Math.round(seconds / 8640) / 10} d`
}
