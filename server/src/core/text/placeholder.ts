/**
 * Placeholders of templates. A value that holds one is unknown, never wrong: `{{…}} {%…%} {#…#} <%…%> ${…} $(…) $NAME @@NAME@@ __NAME__`
 * and a whole value `<words>`. Each is at most a thousand characters long, so that hostile text costs linear time.
 */

const names = /\$[A-Za-z_]\w*|@@\w{1,99}@@|(?<![A-Za-z0-9])__[A-Za-z]\w{0,99}?__(?![A-Za-z0-9])/
const wholeValue = /^\s*["']?<[A-Za-z][\w .-]*>["']?\s*$/
const steering = /\{\{-?[ \t]*(?:if|range|with|else|end|template|include|define)\b|^[ \t]*%[ \t]*(?:if|for|end)\b/m
const templateSuffix = /\.(?:j2|erb|epp|tmpl|tpl|template)$/i

/** Whether a value holds a placeholder, so that what it will be is unknown. Linear in the value. */
export function holdsPlaceholder(value: string): boolean {
  if (!/[{<$@_]/.test(value)) return false
  return (
    encloses(value, '{{', '}}') ||
    encloses(value, '{%', '%}') ||
    encloses(value, '{#', '#}') ||
    encloses(value, '<%', '%>') ||
    enclosesInLine(value, '${', '}') ||
    enclosesInLine(value, '$(', ')') ||
    names.test(value) ||
    (value.length <= longest && wholeValue.test(value))
  )
}

/** Whether a text is steered by control structures of a template language (conditions, loops, includes). Linear in the text. */
export function holdsControlStructure(text: string): boolean {
  if (!/[{<%]/.test(text)) return false
  return encloses(text, '{%', '%}') || enclosesStatement(text) || steering.test(text)
}

const longest = 999

/** Whether some opening mark is closed within the length of a placeholder. */
function encloses(text: string, opening: string, closing: string): boolean {
  let end = -1
  for (let start = text.indexOf(opening); start >= 0; start = text.indexOf(opening, start + 1)) {
    const from = start + opening.length
    if (end < from) end = text.indexOf(closing, from)
    if (end < 0) return false
    if (end - from <= longest) return true
  }
  return false
}

/** `<% … %>` that is no expression (`<%=`). */
function enclosesStatement(text: string): boolean {
  let end = -1
  for (let start = text.indexOf('<%'); start >= 0; start = text.indexOf('<%', start + 2)) {
    if (text[start + 2] === '=') continue
    if (end < start + 2) end = text.indexOf('%>', start + 2)
    if (end < 0) return false
    if (end - start - 2 <= longest) return true
  }
  return false
}

/** As `encloses`, within one line. */
function enclosesInLine(text: string, opening: string, closing: string): boolean {
  let end = -1
  let lineEnd = -1
  for (let start = text.indexOf(opening); start >= 0; start = text.indexOf(opening, start + 1)) {
    const from = start + opening.length
    if (end < from) end = text.indexOf(closing, from)
    if (end < 0) return false
    if (lineEnd < from) lineEnd = text.indexOf('\n', from)
    if (lineEnd < 0) lineEnd = text.length
    if (end < lineEnd && end - from <= longest) return true
  }
  return false
}

/** Whether a file's name ends like a template's. */
export function hasTemplateSuffix(path: string): boolean {
  return templateSuffix.test(path)
}

/** The path without a template's suffix: `cassandra.yaml.j2` → `cassandra.yaml`. */
export function withoutTemplateSuffix(path: string): string {
  return path.replace(templateSuffix, '')
}
