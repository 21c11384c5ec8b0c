/** Texts of errors, as servers gave them. */
import { describe, expect, it } from 'vitest'
import { errorMessage } from '../../server/src/core/analysis/error-messages.ts'

const quorum = { kind: 'unavailable', level: 'QUORUM', required: 4, alive: 3, datacenter: null } as const
const each = { kind: 'unavailable', level: 'EACH_QUORUM', required: 2, alive: 0, datacenter: 'dc2' } as const
const alone = { kind: 'unavailable', level: 'TWO', required: 2, alive: 0, datacenter: null } as const
const serial = { kind: 'unavailable', level: 'LOCAL_SERIAL', required: 2, alive: 1, datacenter: 'dc1' } as const

describe('error messages', () => {
  it('name the level, the datacenter and, in 6.0, the numbers', () => {
    const read = { operation: 'read', level: 'QUORUM', datacenter: 'dc1' } as const
    expect(errorMessage({ kind: 'ok' }, read, '5.0')).toBeUndefined()
    expect(errorMessage(quorum, read, '5.0')).toBe('Cannot achieve consistency level QUORUM')
    expect(errorMessage(quorum, read, '6.0')).toBe('Cannot achieve consistency level QUORUM. Required 4 but only 3 alive.')
    expect(errorMessage(each, { ...read, level: 'EACH_QUORUM' }, '6.0')).toBe('Cannot achieve consistency level EACH_QUORUM in DC dc2')
    expect(errorMessage(serial, { operation: 'lwt', level: 'LOCAL_SERIAL', paxos: 'v2', datacenter: 'dc1' }, '6.0')).toBe(
      'Cannot achieve consistency level LOCAL_SERIAL 2 > 1',
    )
    expect(errorMessage({ kind: 'truncate error' }, { operation: 'truncate', level: 'ALL', datacenter: 'dc1' }, '4.0')).toBe(
      'Error during truncate: Cannot achieve consistency level ALL',
    )
  })
  it('tell of the batchlog since 4.0', () => {
    const batch = { operation: 'batch', level: 'ONE', datacenter: 'dc1' } as const
    expect(errorMessage(alone, batch, '5.0')).toBe('Cannot achieve consistency level TWO for batchlog in local DC, required:2, available:0')
    expect(errorMessage({ ...alone, level: 'ONE', required: 1 }, batch, '3.11')).toBe('Cannot achieve consistency level ONE')
  })
})
