/** Conversations: what an editor says and what the server answers, from the first scan to the last edit. */
import { afterEach, describe, expect, test } from 'vitest'
import { type Conversation, type ConversationOptions, converse, positionOf } from './conversation.ts'
import { twoDatacenters, yamlOf } from './two-datacenters.ts'

const open: Conversation[] = []
async function talk(files: Readonly<Record<string, string>>, options?: ConversationOptions): Promise<Conversation> {
  const conversation = await converse(files, options)
  open.push(conversation)
  return conversation
}
afterEach(async () => {
  for (const conversation of open.splice(0)) {
    expect(conversation.errors).toEqual([])
    await conversation.end()
  }
})

const rulesIn = (conversation: Conversation, path: string) => (conversation.published.get(path) ?? []).map(({ code }) => code)
const broken = yamlOf(1, 1).replace('num_tokens: 16', 'num_tokens: 16\nnum_tokenz: 16')

describe('diagnostics', () => {
  test('speak of files that nobody opened', async () => {
    const it = await talk({ ...twoDatacenters(), 'dc1/db11/cassandra.yaml': broken })
    expect(rulesIn(it, 'dc1/db11/cassandra.yaml')).toContain('settings/unknown-key')
    const [first] = it.published.get('dc1/db11/cassandra.yaml')!.filter(({ code }) => code === 'settings/unknown-key')
    expect(first).toMatchObject({
      severity: 1,
      source: 'foretell',
      range: { start: { line: 2, character: 0 }, end: { line: 2, character: 10 } },
    })
    expect(first!.codeDescription!.href).toMatch(/^https:.*rules\.md#/)
  })

  test('follow an edit, are sent only where they changed, and vanish when the file is clean', async () => {
    const it = await talk({
      ...twoDatacenters(),
      'dc1/db11/cassandra.yaml': broken,
      'dc2/db21/cassandra.yaml': yamlOf(2, 1).replace('num_tokens', 'num_tokenz'),
    })
    await it.open('dc1/db11/cassandra.yaml')
    it.log.length = 0
    await it.edit('dc1/db11/cassandra.yaml', yamlOf(1, 1))
    expect(rulesIn(it, 'dc1/db11/cassandra.yaml')).not.toContain('settings/unknown-key')
    expect(it.log.some(line => line.startsWith('dc2/db21'))).toBe(false)
    it.log.length = 0
    await it.edit('dc1/db11/cassandra.yaml', `${yamlOf(1, 1)}\n`)
    expect(it.log).toEqual([])
  })

  test('an edit of one file changes what is said of another', async () => {
    const it = await talk(twoDatacenters())
    await it.open('schema.cql')
    await it.edit('schema.cql', "CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc3': 3};\n")
    expect(rulesIn(it, 'schema.cql')).toContain('replication/unknown-datacenter')
    await it.open('dc2/db21/cassandra-rackdc.properties')
    await it.open('dc2/db22/cassandra-rackdc.properties')
    await it.open('dc2/db23/cassandra-rackdc.properties')
    for (const rack of [1, 2, 3]) await it.edit(`dc2/db2${rack}/cassandra-rackdc.properties`, `dc=dc3\nrack=r${rack}\n`)
    expect(rulesIn(it, 'schema.cql')).not.toContain('replication/unknown-datacenter')
  })

  test('closing a tab shows the disk again, and keeps its findings', async () => {
    const it = await talk({ ...twoDatacenters(), 'dc1/db11/cassandra.yaml': broken })
    await it.open('dc1/db11/cassandra.yaml')
    await it.edit('dc1/db11/cassandra.yaml', yamlOf(1, 1))
    expect(rulesIn(it, 'dc1/db11/cassandra.yaml')).not.toContain('settings/unknown-key')
    await it.close('dc1/db11/cassandra.yaml')
    expect(rulesIn(it, 'dc1/db11/cassandra.yaml')).toContain('settings/unknown-key')
  })

  test('edits come as pieces, and columns count as the protocol counts them', async () => {
    const it = await talk(twoDatacenters())
    const text = "/* 😀 */ CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n"
    await it.open('schema.cql', text)
    const start = positionOf(text, 'dc2', 2)
    await it.after(() =>
      it.client.sendNotification('textDocument/didChange', {
        textDocument: { uri: it.uri('schema.cql'), version: 2 },
        contentChanges: [
          { range: { start, end: { line: 0, character: start.character + 1 } }, text: '' },
          { range: { start, end: start }, text: '9' },
        ],
      }),
    )
    const found = it.published.get('schema.cql')!.find(({ code }) => code === 'replication/unknown-datacenter')!
    expect(text.slice(found.range.start.character, found.range.end.character)).toMatch(/^'?dc2'?$/)
    expect(found.message).toContain('dc9')
  })

  test('files that come, change and go on disk count, folders too', async () => {
    const it = await talk(twoDatacenters())
    const change = (path: string, type: number) =>
      it.after(() => it.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: it.uri(path), type }] }))
    it.disk.set('dc1/db11/cassandra.yaml', broken)
    await change('dc1/db11/cassandra.yaml', 2)
    expect(rulesIn(it, 'dc1/db11/cassandra.yaml')).toContain('settings/unknown-key')
    it.disk.set('dc3/db31/cassandra.yaml', yamlOf(3, 1).replace('num_tokens', 'num_tokenz'))
    expect((await change('dc3/db31/cassandra.yaml', 1)).nodes).toBe(7)
    expect(rulesIn(it, 'dc3/db31/cassandra.yaml')).toContain('settings/unknown-key')
    for (const path of [...it.disk.keys()]) if (path.startsWith('dc3/')) it.disk.delete(path)
    expect((await change('dc3', 3)).nodes).toBe(6)
    expect(rulesIn(it, 'dc3/db31/cassandra.yaml')).toEqual([])
  })

  test('a file outside the folders is judged alone', async () => {
    const it = await talk(twoDatacenters())
    const outside = 'file:///etc/cassandra/cassandra.yaml'
    await it.open(outside, broken, 'yaml')
    expect(rulesIn(it, outside)).toContain('settings/unknown-key')
    expect((await it.close(outside)).nodes).toBe(6)
    expect(rulesIn(it, outside)).toEqual([])
  })

  test('a statement in a document that was never saved is judged', async () => {
    const it = await talk({}, { folders: [] })
    await it.open(
      'untitled:Untitled-1',
      "CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': -3};\n",
      'cql',
    )
    expect(rulesIn(it, 'untitled:Untitled-1').length).toBeGreaterThan(0)
  })

  test('several folders are one workspace, and their files keep their addresses', async () => {
    const files = twoDatacenters()
    files['dc1/db11/cassandra.yaml'] = broken
    const it = await talk(files, { folders: ['dc1', 'dc2'] })
    expect(rulesIn(it, 'dc1/db11/cassandra.yaml')).toContain('settings/unknown-key')
    expect((await it.open('dc2/db21/cassandra.yaml')).nodes).toBe(6)
  })

  test('the release of the settings decides, and changes at once', async () => {
    let release = '5.0'
    const it = await talk(
      { 'db1/cassandra.yaml': yamlOf(1, 1) },
      { capabilities: { workspace: { configuration: true } }, settings: () => ({ cassandraRelease: release }) },
    )
    expect(rulesIn(it, 'db1/cassandra.yaml')).not.toContain('settings/key-from-another-version')
    release = '4.0'
    await it.after(() => it.client.sendNotification('workspace/didChangeConfiguration', { settings: null }))
    expect((it.published.get('db1/cassandra.yaml') ?? []).some(({ severity }) => severity === 1)).toBe(true)
  })
})

describe('answers', () => {
  test('hover over a keyspace shows the arithmetic of this cluster', async () => {
    const it = await talk(twoDatacenters())
    const text = it.disk.get('schema.cql')!
    const hover = await it.request<{ contents: { value: string } } | null>('textDocument/hover', {
      textDocument: { uri: it.uri('schema.cql') },
      position: positionOf(text, 'shop', 1),
    })
    expect(hover?.contents.value).toContain('| LOCAL_QUORUM | 2 of 3 | 1 |')
    expect(hover?.contents.value).toContain('**dc1** 3 copies on 3 nodes in 3 racks')
  })

  test('a setting says what it is for and what the other nodes have, and what is missing is offered', async () => {
    const files = twoDatacenters()
    files['dc1/db12/cassandra.yaml'] = yamlOf(1, 2).replace('num_tokens: 16', 'num_tokens: 8')
    const it = await talk(files)
    const textDocument = { uri: it.uri('dc1/db11/cassandra.yaml') }
    const text = files['dc1/db11/cassandra.yaml']!
    const hover = await it.request<{ contents: { value: string } } | null>('textDocument/hover', {
      textDocument,
      position: positionOf(text, 'num_tokens', 2),
    })
    expect(hover?.contents.value).toContain('num_tokens')
    expect(hover?.contents.value).toContain('On 5 other nodes of prod: **16** (db13, db21 and 2 more), **8** (db12).')
    await it.open('dc1/db11/cassandra.yaml')
    await it.edit('dc1/db11/cassandra.yaml', `${text}phi_\n`)
    const items = await it.request<{ label: string }[]>('textDocument/completion', {
      textDocument,
      position: { line: text.split('\n').length - 1, character: 4 },
    })
    expect(items.map(({ label }) => label)).toContain('phi_convict_threshold')
    expect(items.map(({ label }) => label)).not.toContain('num_tokens')
  })

  test('lenses stand on keyspaces, racks and nodes, and name what they lose', async () => {
    const it = await talk(twoDatacenters())
    const lensesOf = async (path: string) =>
      (
        await it.request<{ command: { title: string; command: string; arguments?: unknown[] } }[]>('textDocument/codeLens', {
          textDocument: { uri: it.uri(path) },
        })
      ).map(({ command }) => `${command.title} ${JSON.stringify(command.arguments?.[0] ?? null)}`)
    expect(await lensesOf('schema.cql')).toEqual([
      'LOCAL_QUORUM survives any 1 node, 1 rack, 1 other datacenter {"keyspace":"shop","cluster":"prod"}',
      'Simulate failure… {"keyspace":"shop","cluster":"prod"}',
    ])
    expect(await lensesOf('dc1/db12/cassandra-rackdc.properties')).toContain(
      'Simulate losing rack r2… {"lose":["rack:dc1/r2"],"cluster":"prod"}',
    )
    expect(await lensesOf('dc1/db12/cassandra.yaml')).toContain('Simulate losing db12… {"lose":["node:db12"],"cluster":"prod"}')
  })

  test('things to lose are those of the workspace, and losing them is foretold', async () => {
    const it = await talk(twoDatacenters())
    const things = await it.request<{ id: string }[]>('foretell/losableThings', {})
    expect(things.map(({ id }) => id)).toEqual(expect.arrayContaining(['dc:dc1', 'rack:dc2/r3', 'node:db11']))
    const answer = await it.request<{ markdown: string; problem?: string; report?: unknown }>('foretell/simulate', {
      lose: ['rack:dc1/r1', 'rack:dc1/r2'],
    })
    expect(answer.problem).toBeUndefined()
    expect(answer.markdown).toContain('LOCAL_QUORUM')
    const wrong = await it.request<{ problem?: string }>('foretell/simulate', { lose: ['node:nobody'] })
    expect(wrong.problem).toContain('nobody')
  })

  test('fixes, suppressions and a page are offered at a finding; all safe fixes at once', async () => {
    const it = await talk({ ...twoDatacenters(), 'dc1/db11/cassandra.yaml': yamlOf(1, 1).replace('num_tokens', 'num_tokenz') })
    const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 2 } }
    const textDocument = { uri: it.uri('dc1/db11/cassandra.yaml') }
    const actions = await it.request<{ title: string; edit?: { changes: Record<string, { newText: string; range: unknown }[]> } }[]>(
      'textDocument/codeAction',
      {
        textDocument,
        range,
        context: { diagnostics: [] },
      },
    )
    const titles = actions.map(({ title }) => title)
    expect(titles).toEqual(expect.arrayContaining(['Suppress settings/unknown-key here, with a reason', 'Explain settings/unknown-key']))
    const suppress = actions.find(({ title }) => title === 'Suppress settings/unknown-key here, with a reason')!
    const edit = Object.values(suppress.edit!.changes)[0]![0]!
    expect(edit.newText).toMatch(/^# foretell: ignore settings\/unknown-key \S/)
    const text = it.disk.get('dc1/db11/cassandra.yaml')!
    await it.open('dc1/db11/cassandra.yaml')
    await it.edit('dc1/db11/cassandra.yaml', text.replace('num_tokenz', `${edit.newText}num_tokenz`))
    expect(rulesIn(it, 'dc1/db11/cassandra.yaml')).not.toContain('settings/unknown-key')
  })

  test('a datacenter is found from a keyspace, and renamed in every file', async () => {
    const it = await talk(twoDatacenters())
    const params = { textDocument: { uri: it.uri('schema.cql') }, position: positionOf(it.disk.get('schema.cql')!, 'dc2', 1) }
    const places = await it.request<{ uri: string }[]>('textDocument/definition', params)
    expect(places.map(({ uri }) => uri).sort()).toEqual([1, 2, 3].map(rack => it.uri(`dc2/db2${rack}/cassandra-rackdc.properties`)))
    const edit = await it.request<{ changes: Record<string, unknown[]> }>('textDocument/rename', { ...params, newName: 'west' })
    expect(Object.keys(edit.changes).sort()).toEqual([...places.map(({ uri }) => uri), it.uri('schema.cql')].sort())
  })

  test('the outline of a file holds its names and no values', async () => {
    const it = await talk({
      'db1/cassandra.yaml': `${yamlOf(1, 1)}client_encryption_options:\n  enabled: true\n  keystore_password: hunter2\n`,
    })
    const symbols = await it.request('textDocument/documentSymbol', { textDocument: { uri: it.uri('db1/cassandra.yaml') } })
    expect(JSON.stringify(symbols)).toContain('keystore_password')
    expect(JSON.stringify(symbols)).not.toContain('hunter2')
  })

  test('a rule explains itself; an unknown one is answered with nothing', async () => {
    const it = await talk({})
    const page = await it.request<{ markdown: string; rules: { id: string }[] }>('foretell/explainRule', { rule: 'settings/unknown-key' })
    expect(page.markdown).toMatch(/^# settings\/unknown-key/)
    expect((await it.request<{ markdown: string }>('foretell/explainRule', { rule: 'no/such' })).markdown).toBe('')
  })

  test('colours, folds, formats and explains a replication map while it is written', async () => {
    const it = await talk(twoDatacenters())
    const text = "create keyspace  logs WITH replication = {\n  'class':'NetworkTopologyStrategy',\n  'dc1': 3 };\n"
    await it.open('logs.cql', text)
    const textDocument = { uri: it.uri('logs.cql') }
    const tokens = await it.request<{ data: number[] }>('textDocument/semanticTokens/full', { textDocument })
    expect(tokens.data.slice(0, 5)).toEqual([0, 0, 6, 0, 0])
    expect(tokens.data.length % 5).toBe(0)
    expect(await it.request('textDocument/foldingRange', { textDocument })).toContainEqual({ startLine: 0, endLine: 2, kind: 'region' })
    const [edit] = await it.request<{ newText: string }[]>('textDocument/formatting', {
      textDocument,
      options: { tabSize: 2, insertSpaces: true },
    })
    expect(edit?.newText).toBeDefined()
    const help = await it.request<{ signatures: { label: string }[] } | null>('textDocument/signatureHelp', {
      textDocument,
      position: { line: 2, character: 9 },
    })
    expect(help?.signatures[0]?.label).toContain('class')
    const items = await it.request<{ label: string }[]>('textDocument/completion', { textDocument, position: positionOf(text, "'dc1'", 1) })
    expect(items.map(({ label }) => label)).toContain('dc2')
  })

  test('a rolling restart takes a rack at a time, and a keyspace says what breaks it first', async () => {
    const it = await talk(twoDatacenters())
    const { markdown } = await it.request<{ markdown: string }>('foretell/restartPlan', {})
    const batches = markdown.split('\n').filter(line => /^\| \d/.test(line))
    expect(batches.length).toBeGreaterThanOrEqual(2)
    for (const node of ['db11', 'db12', 'db13', 'db21', 'db22', 'db23']) expect(batches.filter(line => line.includes(node))).toHaveLength(1)
    const page = await it.request<{ markdown: string }>('foretell/simulate', { lose: [], keyspace: 'shop' })
    expect(page.markdown).toContain('What breaks it first')
    expect(page.markdown).toMatch(/LOCAL_QUORUM.*\| dc1 \| 1 \| 1 \| 1 \|/)
  })

  test('things of the workspace are found by their letters', async () => {
    const it = await talk(twoDatacenters())
    const found = await it.request<{ name: string }[]>('workspace/symbol', { query: 'D21' })
    expect(found.map(({ name }) => name)).toEqual(['db21'])
  })

  test('an old revision of a file is no file', async () => {
    const it = await talk(twoDatacenters())
    const old = 'git:/workspace/dc1/db11/cassandra.yaml?%7B%7D'
    expect((await it.open(old, broken, 'yaml')).nodes).toBe(6)
    expect(it.published.get(old)).toBeUndefined()
  })

  test('an editor without our commands gets them from the server', async () => {
    const it = await talk(twoDatacenters(), { initializationOptions: {} })
    expect(it.initialized.capabilities.executeCommandProvider?.commands).toContain('foretell.simulate')
    const answer = await it.request<{ markdown: string }>('workspace/executeCommand', {
      command: 'foretell.simulate',
      arguments: [{ lose: ['node:db11'] }],
    })
    expect(answer.markdown).not.toBe('')
  })
})

describe('bad input', () => {
  test.each([
    ['nothing', ''],
    ['bytes', '\u0000\u0001\ufffd\ud800\u0000'],
    ['half a file', yamlOf(1, 1).slice(0, 171)],
    ['a conflict', '<<<<<<< ours\nnum_tokens: 1\n=======\nnum_tokens: 2\n>>>>>>> theirs\n'],
    ['a long line', `seeds: "${'1,'.repeat(200_000)}"`],
  ])('%s is answered, wherever the cursor is', async (_, text) => {
    const it = await talk(twoDatacenters())
    for (const path of [
      'dc1/db11/cassandra.yaml',
      'schema.cql',
      'dc1/db11/wg0.conf',
      'dc1/db11/cassandra-rackdc.properties',
      'foretell.yaml',
    ]) {
      await it.open(path, text)
      const textDocument = { uri: it.uri(path) }
      for (const position of [
        { line: 0, character: 0 },
        { line: 3, character: 7 },
        { line: 9999, character: 9999 },
      ]) {
        const range = { start: position, end: position }
        for (const method of ['hover', 'completion', 'definition', 'references', 'prepareRename', 'signatureHelp'])
          await it.request(`textDocument/${method}`, { textDocument, position })
        await it.request('textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } })
        await it.request('textDocument/inlayHint', { textDocument, range })
      }
      for (const method of ['documentSymbol', 'foldingRange', 'semanticTokens/full'])
        await it.request(`textDocument/${method}`, { textDocument })
      await it.request('textDocument/formatting', { textDocument, options: { tabSize: 2, insertSpaces: true } })
      await it.request('textDocument/codeLens', { textDocument })
    }
  })
})
