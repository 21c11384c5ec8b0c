/** A rule's example as a reader sees it: the files, without the marks that its test reads. */

const mark = /^\s*(?:#|--|\/\/|!)\s*\^+\s*(?:💡)?\s*(?:error|warning|info|hint)\[/u

export function exampleText(fixture: string): string {
  return fixture
    .split('\n')
    .filter(line => !mark.test(line))
    .join('\n')
    .replaceAll('$0', '')
    .trim()
}
