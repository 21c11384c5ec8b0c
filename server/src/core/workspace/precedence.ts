/** One finding for each root cause. (Stand-in until the table of precedence arrives.) */
import type { Finding } from './finding.ts'

export function leaveSilenced(findings: readonly Finding[]): readonly Finding[] {
  return findings
}
