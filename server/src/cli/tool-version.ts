/** The version of this tool: the one of package.json, which a test compares. */

export const toolVersion = '0.1.0'
