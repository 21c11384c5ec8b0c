/** Where the documentation is on the web: one constant, from which every address of a rule's page is made. */

export const documentationAddress = 'https://github.com/foretell-cassandra/foretell/blob/main/docs'

/** The page of a rule: the anchor is its id as a heading gives it. */
export function docsOf(rule: string): string {
  return `${documentationAddress}/rules.md#${rule.toLowerCase().replaceAll('/', '')}`
}
