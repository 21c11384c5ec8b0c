/** The one list of rules, sorted by id. A rule that is not here does not exist; a test compares it with the files. */
import type { AnyRule } from './rule.ts'
import suppressionsExpired from './suppressions/expired.ts'
import suppressionsNeedless from './suppressions/needless.ts'
import suppressionsUnknownRule from './suppressions/unknown-rule.ts'
import suppressionsWithoutReason from './suppressions/without-reason.ts'
import syntaxForetellUnreadable from './syntax/foretell-unreadable.ts'

export const allRules: readonly AnyRule[] = [
  suppressionsExpired,
  suppressionsNeedless,
  suppressionsUnknownRule,
  suppressionsWithoutReason,
  syntaxForetellUnreadable,
]
