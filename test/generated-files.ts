/** Files that are made from the code and committed: `npm run generate` writes them, generated.test.ts compares. */
import { printPretty } from '../server/src/cli/print-pretty.ts'
import { foretellSchema } from '../server/src/core/features/foretell-schema.ts'
import { exampleText } from '../server/src/core/features/rule-example.ts'
import { allRules } from '../server/src/core/rules/all-rules.ts'
import { type AnyRule, severityOf } from '../server/src/core/rules/rule.ts'
import { snapshotOf } from './check.ts'
import { parseFixture } from './fixture.ts'

/** Path from the root → text. */
export function generatedFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/rules.md', rulesDocument()],
    ['docs/foretell.schema.json', `${JSON.stringify(foretellSchema(), undefined, 2)}\n`],
  ])
}

function rulesDocument(): string {
  const groups = new Map<string, AnyRule[]>()
  for (const rule of allRules) {
    const group = rule.id.slice(0, rule.id.indexOf('/'))
    groups.set(group, [...(groups.get(group) ?? []), rule])
  }
  const contents = [...groups].map(
    ([group, rules]) =>
      `* **${group}**: ${rules.map(({ id }) => `[${id.slice(group.length + 1)}](#${id.replaceAll('/', '')})`).join(' · ')}`,
  )
  return [
    '<!-- Made by `npm run generate` from the rules themselves. Do not edit. -->',
    '# Rules',
    `${allRules.length} rules. What each severity means: an **error** is refused by Cassandra, Java or WireGuard, never works, loses data or breaks a promise; a **warning** works until something ordinary happens; an **info** is worth knowing; a **hint** is tidiness. *Proven*: the real program does it. *Advice*: the source named says so.`,
    'In the examples `#- path` starts a file; `#- cluster: 2x3` stands for the files of a healthy cluster of two datacenters with three nodes each, which the files after it replace; `#- today:` is the date.',
    contents.join('\n'),
    ...allRules.map(rulePage),
    '',
  ].join('\n\n')
}

function rulePage(rule: AnyRule): string {
  const severities = [...new Set(rule.effects.map(effect => `${severityOf[effect]} (${effect})`))].join(', ')
  const releases = rule.releases === 'all' ? 'every release' : `Cassandra ${rule.releases.join(', ')}`
  return [
    `## ${rule.id}`,
    `${rule.title.slice(0, 1).toUpperCase()}${rule.title.slice(1)}. ${severities}; ${rule.certainty}; ${releases}.`,
    `**Why it matters.** ${rule.why}`,
    `**What to do.** ${rule.remedy}`,
    'Found in',
    fenced(exampleText(rule.bad)),
    'where `foretell check` says',
    fenced(outputOf(rule)),
    'Not found in',
    fenced(exampleText(rule.good)),
    `Sources: ${rule.sources.join(' · ')}`,
  ].join('\n\n')
}

/** What the terminal shows of the bad example, this rule's findings only; why and remedy stand above already. */
function outputOf(rule: AnyRule): string {
  const findings = snapshotOf(parseFixture(rule.bad)).findings.filter(finding => finding.rule === rule.id)
  return printPretty({
    findings,
    files: 1,
    nodes: 0,
    clusters: 0,
    fixed: 0,
    columns: 80,
    colours: false,
    explained: false,
    shownPath: path => path,
  })
    .split('\n\n')
    .slice(0, -1)
    .join('\n\n')
    .replace(/\n\d+ (?:error|warning|info|hint).* in 1 file\.\n[\s\S]*$/, '')
}

function fenced(text: string): string {
  return `\`\`\`text\n${text.replaceAll('```', "'''").trimEnd()}\n\`\`\``
}
