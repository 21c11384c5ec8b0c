/** Findings as SARIF 2.1.0, as code scanning reads it. */
import { docsOf } from '../core/features/documentation-address.ts'
import { ruleNamed } from '../core/features/rule-page.ts'
import type { Severity } from '../core/rules/rule.ts'
import type { Span } from '../core/text/span.ts'
import type { Finding } from '../core/workspace/finding.ts'
import { rangeOf } from './print-json.ts'

const levels: { readonly [S in Severity]: 'error' | 'warning' | 'note' } = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
}

export function printSarif(findings: readonly Finding[], version: string, shownPath: (path: string) => string): string {
  const ids = [...new Set(findings.map(finding => finding.rule))].sort()
  const place = (span: Span) => {
    const { start, end } = rangeOf(span)
    return {
      physicalLocation: {
        artifactLocation: { uri: encodeURI(shownPath(span.file.path)) },
        region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
      },
    }
  }
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'foretell',
            semanticVersion: version,
            rules: ids.map(id => {
              const rule = ruleNamed(id)
              return {
                id,
                shortDescription: { text: rule?.title ?? id },
                fullDescription: { text: rule?.why ?? id },
                help: { text: rule?.remedy ?? id },
                helpUri: docsOf(id),
                properties: { certainty: rule?.certainty, effects: rule?.effects },
              }
            }),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map(finding => ({
          ruleId: finding.rule,
          ruleIndex: ids.indexOf(finding.rule),
          level: levels[finding.severity],
          message: { text: finding.message },
          locations: [place(finding.span)],
          ...(finding.related.length > 0
            ? { relatedLocations: finding.related.map(({ at, message }, id) => ({ id, ...place(at), message: { text: message } })) }
            : {}),
          properties: { effect: finding.effect, certainty: finding.certainty },
        })),
      },
    ],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}
