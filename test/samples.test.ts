/**
 * Every sample says what its expected.txt shows: a transcript of commands (`$ foretell …`) and what the terminal prints at 80 columns. After a change
 * that is meant, `UPDATE=1 npx vitest run test/samples.test.ts` rewrites them; the difference is reviewed as behaviour.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCommand } from './cli/run-command.ts'

const folder = join(import.meta.dirname, '../samples')
const samples = readdirSync(folder, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name)
  .sort()

function filesOf(sample: string): Map<string, string> {
  const root = join(folder, sample)
  return new Map(
    readdirSync(root, { withFileTypes: true, recursive: true })
      .filter(entry => entry.isFile() && entry.name !== 'expected.txt')
      .map(entry => join(entry.parentPath, entry.name))
      .sort()
      .map(path => [relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')] as const),
  )
}

async function transcript(sample: string, commands: readonly string[]): Promise<string> {
  const parts: string[] = []
  for (const command of commands) {
    const { output, complaint, status } = await runCommand(command.split(' '), filesOf(sample))
    parts.push(`$ foretell ${command}\n${output}${complaint}${status === 0 ? '' : `(exit status ${status})\n`}`)
  }
  return parts.join('\n')
}

describe.each(samples)('samples/%s', sample => {
  const path = join(folder, sample, 'expected.txt')
  const expected = readFileSync(path, 'utf8')
  const commands = [...expected.matchAll(/^\$ foretell (.+)$/gm)].map(match => match[1]!)

  test('says what expected.txt shows; UPDATE=1 rewrites it', async () => {
    expect(commands.length).toBeGreaterThan(0)
    const now = await transcript(sample, commands)
    if (process.env.UPDATE === '1') writeFileSync(path, now)
    else expect(now).toBe(expected)
  })
})

test('there are healthy and broken ones', async () => {
  const statuses = await Promise.all(
    samples.map(async sample => (await runCommand(['check', '--fail-on', 'warning'], filesOf(sample))).status),
  )
  expect(new Set(statuses)).toEqual(new Set([0, 1]))
})
