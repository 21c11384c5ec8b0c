/** Ids of rules that are gone. A name is never used again: suppressions and links out there still mean the old rule. */

export const retiredIds: ReadonlySet<string> = new Set<string>([])
