/** A rule's page as Markdown: what the editor's *Explain Rule* and the terminal's `explain` show, and what docs/rules.md is made of. */
import { allRules } from '../rules/all-rules.ts'
import { type AnyRule, severityOf } from '../rules/rule.ts'
import { exampleText } from './rule-example.ts'

export function ruleNamed(id: string): AnyRule | undefined {
  return allRules.find(rule => rule.id === id)
}

/** Every rule for a pick list, in the order of ids. */
export function ruleTitles(): readonly { readonly id: string; readonly title: string }[] {
  return allRules.map(({ id, title }) => ({ id, title })).sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Markdown that starts with a heading of the first level. */
export function rulePage(rule: AnyRule): string {
  const releases = rule.releases === 'all' ? 'every release' : `Cassandra ${rule.releases.join(', ')}`
  const severities = [...new Set(rule.effects.map(effect => `${severityOf[effect]} (${effect})`))].join(', ')
  return [
    `# ${rule.id}`,
    `**${sentence(rule.title)}** · ${severities} · ${rule.certainty} · ${releases}`,
    '## Why it matters',
    rule.why,
    '## What to do',
    rule.remedy,
    '## Found in',
    fenced(exampleText(rule.bad)),
    '## Not found in',
    fenced(exampleText(rule.good)),
    '## Sources',
    rule.sources.map(source => `- ${source}`).join('\n'),
    `To leave it alone in one place, write above the line: \`# foretell: ignore ${rule.id} <the reason>\`. To turn it off, in foretell.yaml: \`rules: { "${rule.id}": "off" }\`.`,
  ].join('\n\n')
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

function fenced(fixture: string): string {
  return `\`\`\`text\n${fixture.replaceAll('```', "'''").trim()}\n\`\`\``
}
