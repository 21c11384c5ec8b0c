/** Which lines of a template stand inside its control structures, so that they may be absent or repeated. */

const opening =
  /\{%[-+]?\s*(?:if|for|macro|block|call|filter)\b|<%[-=]?\s*(?:if|unless|for|while|case)\b|<%-?[^%\n]{0,200}\b(?:do|\{)\s*(?:\|[^|\n]{0,80}\|)?\s*-?%>|\{\{-?\s*(?:if|range|with|define|block)\b|^\s*%\s*(?:if|for)\b/g
const closing = /\{%[-+]?\s*end\w*|<%-?\s*(?:end|\})\s*-?%>|\{\{-?\s*end\b|^\s*%\s*end\w*/g

/** The depth after a line, from the depth before it; a line inside or on a control structure has a depth above 0 before or after. */
export function depthAfter(line: string, before: number): number {
  if (!line.includes('{%') && !line.includes('<%') && !line.includes('{{') && !line.trimStart().startsWith('%')) return before
  return Math.max(0, before + (line.match(opening)?.length ?? 0) - (line.match(closing)?.length ?? 0))
}
