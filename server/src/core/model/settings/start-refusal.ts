/** What the start-up validation says no to, as data: which settings, which bound, which other setting. Words are the rules' matter. */
import type { Span } from '../../text/span.ts'

export type StartRefusalKind =
  /** A number beyond its bounds. */
  | 'out-of-range'
  /** Something that must be there is not. */
  | 'missing'
  /** Settings that cannot stand together. */
  | 'conflict'
  /** A class that the release does not bundle. */
  | 'unknown-class'
  /** A text that cannot be what it should be. */
  | 'bad-value'
  /** A token of another partitioner, or none at all. */
  | 'bad-token'

export interface StartRefusal {
  readonly kind: StartRefusalKind
  /** A stable word for the condition: `phi_convict_threshold`, `periodic-without-period` … */
  readonly check: string
  /** Settings concerned, by the names to show; the first one is the one to change. */
  readonly settings: readonly string[]
  readonly at: Span
  readonly others?: readonly { readonly name: string; readonly at: Span }[]
  /** As the file has it. */
  readonly found?: string
  /** What it must be, in words of numbers: `5 to 16`, `at least 2`. */
  readonly wanted?: string
  /** The nearest value that is taken. */
  readonly nearest?: string
  /** What the validation of the release itself says. */
  readonly says?: string
  /** Comes to light only after the validation: accepted there, yet the start fails. */
  readonly later?: true
}
