/** How a finding speaks when no key tells whose block it is: a warning at most, and the message says so. */

import type { MeshPeer } from '../../model/mesh.ts'
import { isCertain } from '../../model/mesh-facts.ts'
import type { Report } from '../rule.ts'

/** The report as it is, or, of blocks that only addresses tie to their hosts, as advice. */
export function unlessLikely(report: Report, ...peers: readonly (MeshPeer | undefined)[]): Report {
  if (isCertain(...peers)) return report
  return {
    ...report,
    effect: 'breaks-later',
    certainty: 'advice',
    message: `${report.message} (Hosts told by their addresses: the private keys are not in the files.)`,
  }
}
