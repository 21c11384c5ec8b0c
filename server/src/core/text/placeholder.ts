/**
 * Placeholders of templates. A value that holds one is unknown, never wrong: `{{…}} {%…%} {#…#} <%…%> ${…} $(…) $NAME @@NAME@@ __NAME__`
 * and a whole value `<words>`. Each is at most a thousand characters long, so that hostile text costs linear time.
 */

const anywhere =
  /\{\{[\s\S]{0,999}?\}\}|\{%[\s\S]{0,999}?%\}|\{#[\s\S]{0,999}?#\}|<%[\s\S]{0,999}?%>|\$\{[^}\n]{0,999}\}|\$\([^)\n]{0,999}\)|\$[A-Za-z_]\w*|@@\w{1,99}@@|(?<![A-Za-z0-9])__[A-Za-z]\w{0,99}?__(?![A-Za-z0-9])/
const wholeValue = /^\s*["']?<[A-Za-z][\w .-]*>["']?\s*$/
const control =
  /\{%[\s\S]{0,999}?%\}|<%(?!=)[\s\S]{0,999}?%>|\{\{-?[ \t]*(?:if|range|with|else|end|template|include|define)\b|^[ \t]*%[ \t]*(?:if|for|end)\b/m
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
