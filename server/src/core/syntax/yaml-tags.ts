/** Tags that Cassandra's configuration may carry: YAML's own. Any other names a Java class or nothing, and is refused. */

export const knownTag =
  /^(?:!|!!(?:str|int|float|bool|null|seq|map|set|binary|timestamp|omap|pairs|merge)|!<tag:yaml\.org,2002:(?:str|int|float|bool|null|seq|map)>)$/

/** Tags that a list or a block may carry. */
export function fitsCollection(tag: string, isMapping: boolean): boolean {
  return tag === '!' || (isMapping ? /^!!(?:map|set|omap)$/ : /^!!(?:seq|omap|pairs)$/).test(tag) || !knownTag.test(tag)
}
