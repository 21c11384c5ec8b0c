/** `foretell check`: its contract with scripts (JSON, exit status), options that do not go together, baselines, fixes, suppressions. */
import { describe, expect, test } from 'vitest'
import { healthyCluster } from '../fixture.ts'
import { runCommand } from './run-command.ts'

const badForetell = new Map([['foretell.yaml', 'longestOutage: soon\nasertions: []\n']])
const json = (text: string) => JSON.parse(text)

describe('exit status', () => {
  test('0 when nothing is found', async () => {
    expect(await runCommand(['check'], healthyCluster(2, 3))).toMatchObject({ status: 0, complaint: '' })
  })
  test('1 with an error, 0 when only more serious findings count', async () => {
    expect((await runCommand(['check'], badForetell)).status).toBe(1)
    expect((await runCommand(['check', '--fail-on', 'never'], badForetell)).status).toBe(0)
  })
  test('a hint counts only with --fail-on hint', async () => {
    const files = new Map([['foretell.yaml', '# foretell: ignore seeds/too-few it was so\ncassandra: "5.0"\n']])
    expect((await runCommand(['check'], files)).status).toBe(0)
    expect((await runCommand(['check', '--fail-on', 'info'], files)).status).toBe(0)
    expect((await runCommand(['check', '--fail-on', 'hint'], files)).status).toBe(1)
  })
  test.each([
    [['chekc'], 'check'],
    [['check', '--formt', 'json'], '--format is meant'],
    [['check', '--format', 'xml'], '--format takes'],
    [['check', '--fail-on', 'errors'], '--fail-on takes'],
    [['check', '--cassandra', '2.1'], '--cassandra takes'],
    [['check', 'nowhere'], 'nowhere: no such file or folder'],
    [['check', '--config', 'nowhere.yaml'], 'nowhere.yaml: no such file or folder'],
    [['check', '--stdin'], '--stdin-filename'],
    [['check', '--stdin', '--stdin-filename', 'a.cql', '--fix'], '--fix'],
    [['check', '--cluster', 'nobody'], 'there is no cluster "nobody"'],
    [['check', '--baseline', 'none.json'], 'none.json'],
    [['explain', 'seeds/to-few'], 'seeds/too-few'],
    [['schema', '2.0'], 'schema takes'],
    [['simulate', '--for', 'ever'], '--for takes a duration'],
    [['--frobnicate'], 'no option'],
  ])('2 for %j, with the reason on standard error only', async (words, reason) => {
    const answer = await runCommand(words, healthyCluster(1, 3))
    expect(answer.status).toBe(2)
    expect(answer.complaint).toContain(reason)
    expect(answer.output).toBe('')
  })
})

describe('JSON', () => {
  test('has exactly the keys of version 1', async () => {
    const report = json((await runCommand(['check', '--format', 'json'], badForetell)).output)
    expect(Object.keys(report)).toEqual(['version', 'tool', 'summary', 'findings'])
    expect(report.version).toBe(1)
    expect(report.tool).toEqual({ name: 'foretell', version: '0.0.0' })
    expect(report.summary).toEqual({ files: 1, nodes: 0, clusters: 0, errors: 2, warnings: 0, infos: 0, hints: 0 })
    expect(Object.keys(report.findings[0])).toEqual([
      'rule',
      'severity',
      'effect',
      'certainty',
      'message',
      'file',
      'range',
      'related',
      'docs',
      'fixes',
    ])
  })
  test('counts lines and columns from 1, the end exclusive', async () => {
    const [first, second] = json((await runCommand(['check', '--format', 'json'], badForetell)).output).findings
    expect(first.range).toEqual({ start: { line: 1, column: 16 }, end: { line: 1, column: 20 } })
    expect(second.range).toEqual({ start: { line: 2, column: 1 }, end: { line: 2, column: 10 } })
    expect(second.fixes).toEqual([{ title: 'Write assertions', safe: false }])
    expect(second.docs).toMatch(/^https:\/\/\S+#syntaxforetell-unreadable$/)
  })
  test('counts nodes and clusters, none when isolated', async () => {
    const files = healthyCluster(2, 3)
    expect(json((await runCommand(['check', '--format', 'json'], files)).output).summary).toMatchObject({
      files: 12,
      nodes: 6,
      clusters: 1,
    })
    expect(json((await runCommand(['check', '--format', 'json', '--isolated'], files)).output).summary).toMatchObject({
      files: 12,
      nodes: 0,
      clusters: 0,
    })
  })
})

describe('options', () => {
  test('--stdin overlays a file of the workspace', async () => {
    const files = new Map([['foretell.yaml', 'cassandra: "5.0"\n']])
    const answer = await runCommand(['check', '--format', 'json', '--stdin', '--stdin-filename', 'foretell.yaml'], files, {
      standardInput: 'cassandra: now\n',
    })
    expect(json(answer.output).findings.map((finding: { rule: string }) => finding.rule)).toEqual(['syntax/foretell-unreadable'])
  })
  test('--config stands in for the foretell.yaml that is there', async () => {
    const files = new Map([...badForetell, ['other.yaml', 'cassandra: "5.0"\n'] as const])
    const found = json((await runCommand(['check', '--format', 'json', '--config', 'other.yaml'], files)).output).findings
    expect(found.filter((finding: { file: string }) => finding.file === 'other.yaml')).toEqual([])
  })
  test('--fix applies safe fixes only, and says what is left', async () => {
    const files = new Map([['foretell.yaml', '# foretell: ignore seeds/too-few it was so\nasertions: []\n']])
    const answer = await runCommand(['check', '--fix', '--format', 'json'], files)
    expect(answer.files.get('foretell.yaml')).toBe('asertions: []\n')
    expect(json(answer.output).findings).toHaveLength(1)
  })
  test('--fix leaves a file alone whose bytes it could not read', async () => {
    const text = '# foretell: ignore seeds/too-few it was so \ufffd\n'
    const answer = await runCommand(['check', '--fix'], new Map([['foretell.yaml', text]]))
    expect(answer.files.get('foretell.yaml')).toBe(text)
  })
  test('exclude leaves files out, unless they are named', async () => {
    const bad = '# foretell: ignore seeds/too-few it was so\ndc=dc1\nrack=r1\n'
    const files = new Map([
      ['foretell.yaml', 'exclude: [attic]\n'],
      ['attic/cassandra-rackdc.properties', bad],
    ])
    const rules = async (...paths: string[]) =>
      json((await runCommand(['check', '--format', 'json', ...paths], files)).output).findings.map(
        (finding: { rule: string }) => finding.rule,
      )
    expect(await rules()).toEqual([])
    expect(await rules('attic/cassandra-rackdc.properties')).toContain('suppressions/needless')
  })
})

describe('a baseline', () => {
  test('hides what it knows, shows what is new, and says what it need not know', async () => {
    const written = await runCommand(['check', '--update-baseline', '--baseline', 'known.json'], badForetell)
    expect(written.status).toBe(0)
    const files = new Map([...written.files])
    expect(await runCommand(['check', '--baseline', 'known.json'], files)).toMatchObject({ status: 0 })
    files.set('foretell.yaml', '\n\nlongestOutage: soon\nbaselin: x\n')
    const found = json((await runCommand(['check', '--baseline', 'known.json', '--format', 'json'], files)).output).findings
    expect(found.map((finding: { rule: string; file: string }) => [finding.rule, finding.file])).toEqual([
      ['syntax/foretell-unreadable', 'foretell.yaml'],
      ['suppressions/needless', 'known.json'],
    ])
  })
  test('may be named in foretell.yaml', async () => {
    const files = new Map([['foretell.yaml', 'baseline: known.json\nasertions: []\n']])
    const written = await runCommand(['check', '--update-baseline'], files)
    expect(written.files.has('known.json')).toBe(true)
    expect(await runCommand(['check'], written.files)).toMatchObject({ status: 0 })
  })
})

describe('pretty', () => {
  test('shows the line, carets, why, what to do and a summary, within 80 columns', async () => {
    const { output } = await runCommand(['check'], badForetell)
    expect(output).toContain('foretell.yaml:1:16')
    expect(output).toContain('   1 │ longestOutage: soon\n     │                ^^^^')
    expect(output).toMatch(/\n {2}why {3}\S/)
    expect(output).toMatch(/\n {2}do {4}\S/)
    expect(output.trimEnd().split('\n').at(-1)).toBe('2 errors in 1 file.')
    expect(Math.max(...output.split('\n').map(line => line.length))).toBeLessThanOrEqual(80)
  })
  test('says the same of many files once', async () => {
    const files = new Map(
      Array.from(
        { length: 20 },
        (_, i) => [`n${i}/cassandra-rackdc.properties`, '# foretell: ignore identity/none because\ndc=dc1\nrack=r1\n'] as const,
      ),
    )
    const { output } = await runCommand(['check'], files)
    expect(output.match(/identity\/none is no rule/g)).toHaveLength(1)
    expect(output).toContain('more places')
  })
  test('crops a line of a megabyte and moves no cursor', async () => {
    const { output } = await runCommand(['check'], new Map([['foretell.yaml', `longestOutage: \u001b[2J${'x'.repeat(1_000_000)}\n`]]))
    expect(Math.max(...output.split('\n').map(line => line.length))).toBeLessThanOrEqual(80)
    expect(output).not.toContain('\u001b')
  })
})

describe('formats for reviews', () => {
  test('github escapes what would end a command', async () => {
    const { output } = await runCommand(['check', '--format', 'github'], badForetell)
    expect(output.split('\n')[0]).toMatch(
      /^::error file=foretell\.yaml,line=1,endLine=1,col=16,endColumn=20,title=syntax\/foretell-unreadable::\S/,
    )
  })
  test('markdown is a table', async () => {
    const { output } = await runCommand(['check', '--format', 'markdown'], badForetell)
    expect(output).toContain('| error | `foretell.yaml:1` |')
  })
  test('sarif has every rule that speaks', async () => {
    const log = json((await runCommand(['check', '--format', 'sarif'], badForetell)).output)
    expect(log.version).toBe('2.1.0')
    expect(log.runs[0].tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual(['syntax/foretell-unreadable'])
    expect(log.runs[0].results).toHaveLength(2)
    expect(log.runs[0].results[0].locations[0].physicalLocation.region).toEqual({
      startLine: 1,
      startColumn: 16,
      endLine: 1,
      endColumn: 20,
    })
  })
})
