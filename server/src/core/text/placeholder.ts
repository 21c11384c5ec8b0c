/**
 * Placeholders of templates. A value that holds one is unknown, never wrong: `{{…}} {%…%} {#…#} <%…%> ${…} $(…) $NAME @@NAME@@ __NAME__`
 * and a whole value `<words>`.
 */

const anywhere =
  /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}|<%[\s\S]*?%>|\$\{[^}\n]*\}|\$\([^)\n]*\)|\$[A-Za-z_]\w*|@@\w+@@|(?<![A-Za-z0-9])__[A-Za-z]\w*?__(?![A-Za-z0-9])/
const wholeValue = /^\s*["']?<[A-Za-z][\w .-]*>["']?\s*$/
const control = /\{%[\s\S]*?%\}|<%(?!=)[\s\S]*?%>|\{\{-?\s*(?:if|range|with|else|end|template|include|define)\b|^\s*%\s*(?:if|for|end)/m
const templateSuffix = /\.(?:j2|erb|epp|tmpl|tpl|template)$/i

/** Whether a value holds a placeholder, so that what it will be is unknown. */
export function holdsPlaceholder(value: string): boolean {
  return anywhere.test(value) || wholeValue.test(value)
}

/** Whether a text is steered by control structures of a template language (conditions, loops, includes). */
export function holdsControlStructure(text: string): boolean {
  return control.test(text)
}

/** Whether a file's name ends like a template's. */
export function hasTemplateSuffix(path: string): boolean {
  return templateSuffix.test(path)
}

/** The path without a template's suffix: `cassandra.yaml.j2` → `cassandra.yaml`. */
export function withoutTemplateSuffix(path: string): string {
  return path.replace(templateSuffix, '')
}
