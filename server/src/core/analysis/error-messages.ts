/** The text that a client and the log of an operator show when a request is not served, release by release (measured). */
import type { Answer } from './request-answer.ts'
import type { AnalysisRelease, Request } from './request-checks.ts'

interface MessageStyle {
  /** Whether the text of a plain Unavailable ends with the numbers. */
  readonly numbers: boolean
  /** Whether the batchlog has a text of its own. */
  readonly batchlog: boolean
}

const styles: { readonly [L in AnalysisRelease]: MessageStyle } = {
  '3.11': { numbers: false, batchlog: false },
  '4.0': { numbers: false, batchlog: true },
  '4.1': { numbers: false, batchlog: true },
  '5.0': { numbers: false, batchlog: true },
  '6.0': { numbers: true, batchlog: true },
}

/** The error's text; undefined for an answer that is none. How many answers a timeout received is not deterministic and left out. */
export function errorMessage(answer: Answer, request: Request, release: AnalysisRelease): string | undefined {
  const style = styles[release]
  switch (answer.kind) {
    case 'ok':
      return undefined
    case 'truncate error':
      return 'Error during truncate: Cannot achieve consistency level ALL'
    case 'timeout':
      return 'Operation timed out - received only some of the responses.'
    case 'unavailable': {
      const plain = `Cannot achieve consistency level ${answer.level}`
      const batchlog = request.operation === 'batch' && answer.level === 'TWO' && answer.alive === 0 && request.level !== 'TWO'
      if (batchlog && style.batchlog) return `${plain} for batchlog in local DC, required:${answer.required}, available:${answer.alive}`
      if (answer.level === 'EACH_QUORUM' && answer.datacenter !== null) return `${plain} in DC ${answer.datacenter}`
      if (!style.numbers) return plain
      const serial = answer.level === 'SERIAL' || answer.level === 'LOCAL_SERIAL'
      return request.paxos === 'v2' && serial
        ? `${plain} ${answer.required} > ${answer.alive}`
        : `${plain}. Required ${answer.required} but only ${answer.alive} alive.`
    }
  }
}
