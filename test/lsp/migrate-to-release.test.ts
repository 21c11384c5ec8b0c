/** Migrate to Release: one edit of all files, after which the release finds nothing that is safe to fix, and a word on what is left. */
import { afterEach, expect, test } from 'vitest'
import type { WorkspaceEdit } from 'vscode-languageserver'
import { applyEdits } from '../../server/src/core/text/text-edit.ts'
import { type MigrateAnswer, migrateRequest } from '../../server/src/lsp/custom-requests.ts'
import { fromRange } from '../../server/src/lsp/from-lsp.ts'
import { type Conversation, converse } from './conversation.ts'
import { twoDatacenters, yamlOf } from './two-datacenters.ts'

let it: Conversation
afterEach(async () => {
  expect(it.errors).toEqual([])
  await it.end()
})

/** As 4.0 has it: 5.0 renames two settings and knows one no more. */
const old = (datacenter: number, rack: number) =>
  `${yamlOf(datacenter, rack).replace('commitlog_sync_period: 10s', 'commitlog_sync_period_in_ms: 10000')}read_request_timeout_in_ms: 5000\n`
const files = {
  ...twoDatacenters(),
  'dc1/db11/cassandra.yaml': old(1, 1),
  'dc2/db21/cassandra.yaml': `# foretell: cassandra 4.0\n${old(2, 1)}enable_dropped_thing: maybe\n`,
}

/** Texts after a WorkspaceEdit, by path. */
function edited(edit: WorkspaceEdit): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [path, text] of it.disk) {
    const file = { path, text }
    const edits = edit.changes?.[it.uri(path)] ?? []
    if (edits.length > 0)
      texts[path] = applyEdits(
        file,
        edits.map(({ range, newText }) => ({ at: fromRange(file, range), newText })),
      )
  }
  return texts
}

test('everything that is safe goes in one edit; asking changes nothing; what stays is named', async () => {
  it = await converse(files)
  const answer = await it.request<MigrateAnswer>(migrateRequest, { release: '5.0' })
  expect(answer.problem).toBeUndefined()
  const texts = edited(answer.edit!)
  expect(Object.keys(texts).sort()).toEqual(['dc1/db11/cassandra.yaml', 'dc2/db21/cassandra.yaml'])
  for (const text of Object.values(texts)) {
    expect(text).toContain('read_request_timeout: 5000ms')
    expect(text).not.toContain('_in_ms')
    expect(text).toContain('cluster_name: prod')
  }
  expect(answer).toMatchObject({ release: '5.0', files: 2 })
  expect(answer.settled + answer.left.count).toBe(answer.findings)
  expect(answer.left.first.join('\n')).toContain('enable_dropped_thing')
  expect(answer.markdown).toContain('These files state another release; say 5.0 there, too: dc2/db21/cassandra.yaml')
  for (const [path, text] of Object.entries(texts)) {
    await it.open(path)
    await it.edit(path, text)
  }
  const again = await it.request<MigrateAnswer>(migrateRequest, { release: '5.0' })
  expect(again.edit).toBeUndefined()
  expect(again).toMatchObject({ settled: 0, files: 0, left: { count: answer.left.count } })
})

test('back to an older release, the older names are said; a release that is none is a problem', async () => {
  it = await converse(twoDatacenters())
  const answer = await it.request<MigrateAnswer>(migrateRequest, { release: '4.0' })
  const said = [...Object.values(edited(answer.edit ?? {})), ...answer.left.first]
  expect(said.length).toBeGreaterThan(0)
  for (const text of said) expect(text).toContain('commitlog_sync_period_in_ms')
  expect(answer.findings).toBeGreaterThan(0)
  expect(await it.request<MigrateAnswer>(migrateRequest, { release: '2.2' })).toMatchObject({ problem: expect.stringContaining('2.2') })
})

test('an editor without our commands has the server apply it', async () => {
  it = await converse(files, { initializationOptions: {}, capabilities: { workspace: { applyEdit: true } } })
  expect(it.initialized.capabilities.executeCommandProvider?.commands).toContain('foretell.migrateToRelease')
  const applied: WorkspaceEdit[] = []
  it.client.onRequest('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
    applied.push(edit)
    return { applied: true }
  })
  const answer = await it.request<MigrateAnswer>('workspace/executeCommand', { command: 'foretell.migrateToRelease', arguments: ['5.0'] })
  expect(applied).toEqual([answer.edit])
})
