/** CQL files: recognised by content, cut into statements, read forgivingly; an answer for any text. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { consistencyClauses } from '../../server/src/core/syntax/cql-consistency.ts'
import { type CqlKeyspaceStatement, type CqlTableStatement, looksLikeCql, parseCql } from '../../server/src/core/syntax/cql-file.ts'
import { judgeCqlText, judgeSyntax } from '../../server/src/core/syntax/cql-grammar.ts'
import { tokenizeCql } from '../../server/src/core/syntax/cql-lexer.ts'
import { cutStatements } from '../../server/src/core/syntax/cql-statements.ts'
import { textAt } from '../../server/src/core/text/span.ts'

const parse = (text: string) => parseCql({ path: 'a.cql', text })

describe('recognition', () => {
  test.each([
    ['a keyspace', 'CREATE KEYSPACE a WITH replication = {};'],
    ['a broken keyspace statement', 'create keyspace a replication = {'],
    ['a table', 'CREATE TABLE a (id int PRIMARY KEY);'],
    ['a column family after a comment', '/* old */ DROP COLUMNFAMILY a;'],
    ['a table whose comments speak SQL', "CREATE TABLE a (id int PRIMARY KEY); -- unique, not null, references b; DEFAULT 'x'\n"],
    ['a keyspace in use', 'USE shop;\n'],
    ['after a foreign preamble', '# made by hand\nALTER KEYSPACE a WITH durable_writes = true;'],
  ])('%s is CQL', (_, text) => {
    expect(looksLikeCql(text)).toBe(true)
  })

  test.each([
    ['Clinical Quality Language', 'library "x"\nusing FHIR version \'4.0.0\'\ncontext Patient\ndefine A: exists [Condition]\n'],
    ['Cypher', 'CREATE CONSTRAINT ON (m:Movie) ASSERT m.id IS UNIQUE;\nMATCH (n) RETURN n;'],
    ['Cypher in a database', 'USE neo4j MATCH (n) RETURN n;'],
    ['PL/SQL', 'CREATE TABLE emp (id NUMBER(10) NOT NULL, name VARCHAR2(50));\nCREATE OR REPLACE PROCEDURE p AS BEGIN NULL; END;'],
    ['MySQL', 'CREATE TABLE t (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;'],
    ['SQLite', "CREATE TABLE t (id INTEGER PRIMARY KEY, made TEXT DEFAULT 'x');"],
    ['PostgreSQL', 'CREATE TABLE t (id serial PRIMARY KEY, made timestamp DEFAULT now());'],
    ['data alone', "INSERT INTO t (id) VALUES ('create keyspace');"],
    ['a comment alone', '-- CREATE KEYSPACE a\n'],
    ['nothing', ''],
  ])('%s is not', (_, text) => {
    expect(looksLikeCql(text)).toBe(false)
  })
})

describe('statements', () => {
  test('quotes, comments, $$ and batches hide semicolons', () => {
    const text = `-- a; b
CREATE TABLE a (id int PRIMARY KEY) WITH comment = 'it''s; here';
CREATE FUNCTION f(x int) RETURNS NULL ON NULL INPUT RETURNS int LANGUAGE java AS $$ return x; $$;
BEGIN BATCH INSERT INTO a (id) VALUES (1); DELETE FROM a WHERE id = 2; APPLY BATCH;
/* ; */ USE "a;b"`
    const { statements } = parse(text)
    expect(statements.map(({ kind }) => kind)).toEqual(['create-table', 'other', 'other', 'use'])
    expect(textAt(statements[2]!.span)).toMatch(/^BEGIN BATCH[\s\S]*APPLY BATCH;$/)
    expect(statements[3]!.closed).toBe(false)
  })

  test('cqlsh commands end with their line and tell the level that follows', () => {
    const { statements } = parse("CONSISTENCY LOCAL_QUORUM\nSERIAL CONSISTENCY LOCAL_SERIAL\nSOURCE 'a.cql'\nUSE a;")
    expect(
      statements.map(statement => (statement.kind === 'cqlsh' ? [statement.command, statement.level?.value] : statement.kind)),
    ).toEqual([['consistency', 'LOCAL_QUORUM'], ['serial consistency', 'LOCAL_SERIAL'], ['source', undefined], 'use'])
  })

  test('data statements are only extents', () => {
    const parsed = parse("INSERT INTO a (b) VALUES ('x;y');\nselect * from a;\nUSE a;")
    expect(parsed.statements.map(({ kind }) => kind)).toEqual(['use'])
    expect(parsed.dataExtents).toEqual([0, 0, 33, 33, 34, 50])
  })

  test('plain INSERTs are cut where a careful reading cuts them', () => {
    const piece = fc.constantFrom(
      "'a'",
      "'it''s'",
      "';'",
      '1',
      '-2',
      '-',
      '--',
      '-- c\n',
      '//',
      '/* ; */',
      '"q"',
      '"',
      '$$;$$',
      ' ',
      '\n',
      ',',
      ';',
      '(',
      ')',
      '/',
      "'",
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
        const rest = pieces.join('')
        // A tab after the word keeps the careful way; a blank takes the quick one.
        expect(cutStatements(`INSERT ${rest}`)).toEqual(cutStatements(`INSERT\t${rest}`))
      }),
    )
  })
})

describe('reading', () => {
  test('a keyspace statement', () => {
    const [statement] = parse(
      `CREATE KEYSPACE IF NOT EXISTS Shop WITH replication = {'class': $$SimpleStrategy$$, 'replication_factor': 3} AND DURABLE_WRITES = false;`,
    ).statements as CqlKeyspaceStatement[]
    expect(statement).toMatchObject({ kind: 'create-keyspace', conditional: true, name: { text: 'shop', quoted: false } })
    expect(statement!.properties.map(({ name }) => name.value)).toEqual(['replication', 'durable_writes'])
    const map = statement!.properties[0]!.value
    expect(map?.kind === 'map' && map.entries.map(({ key, value }) => [key.text, value?.text])).toEqual([
      ['class', 'SimpleStrategy'],
      ['replication_factor', '3'],
    ])
  })

  test('a table: columns, keys and options', () => {
    const [table] = parse(
      `CREATE TABLE shop."Carts" (id uuid, day date, item frozen<map<text, int>>, note text static, PRIMARY KEY ((id, day), item)) WITH CLUSTERING ORDER BY (item DESC) AND gc_grace_seconds = 60 AND compaction = {'class': 'LeveledCompactionStrategy'};`,
    ).statements as CqlTableStatement[]
    expect(table!.keyspace?.text).toBe('shop')
    expect(table!.name?.text).toBe('Carts')
    expect(table!.columns.map(({ name, type, isStatic }) => [name.text, textAt(type), isStatic])).toEqual([
      ['id', 'uuid', false],
      ['day', 'date', false],
      ['item', 'frozen<map<text, int>>', false],
      ['note', 'text', true],
    ])
    expect(table!.partitionKey.map(({ text }) => text)).toEqual(['id', 'day'])
    expect(table!.clusteringKey.map(({ text }) => text)).toEqual(['item'])
    expect(table!.properties.map(({ name }) => name.value)).toEqual(['gc_grace_seconds', 'compaction'])
  })

  test('roles tell their datacenters', () => {
    const [role] = parse("CREATE ROLE a WITH PASSWORD = 'x' AND LOGIN = true AND ACCESS TO DATACENTERS {'dc1', 'dc2'};").statements
    expect(role?.kind === 'create-role' && role.datacenters !== 'all' && role.datacenters?.map(({ value }) => value)).toEqual([
      'dc1',
      'dc2',
    ])
  })

  test.each([
    "CREATE KEYSPACE {{ name }} WITH replication = {'class': 'NetworkTopologyStrategy', '{{ dc }}': {{ rf }}};",
    "CREATE KEYSPACE $KEYSPACE$ WITH replication = {'class': 'SimpleStrategy', 'replication_factor': $RF$};",
    "CREATE KEYSPACE <%= @name %> WITH replication = {'class': 'SimpleStrategy', 'replication_factor': <%= @rf %>};",
    "CREATE KEYSPACE @@NAME@@ WITH replication = {'class': 'SimpleStrategy', 'replication_factor': ${RF}};",
    "CREATE KEYSPACE <keyspace name> WITH replication = {'class': 'SimpleStrategy', 'replication_factor': <rf>};",
  ])('placeholders are unknown, not wrong: %s', text => {
    const [statement] = parse(text).statements as CqlKeyspaceStatement[]
    expect(statement!.placeholder).toBe(true)
    expect(statement!.name?.placeholder).toBe(true)
    const map = statement!.properties[0]!.value
    expect(map?.kind === 'map' && map.entries.at(-1)!.value?.placeholder).toBe(true)
    expect(judgeSyntax(statement!, '5.0').accepted).toBeUndefined()
  })
})

describe('grammar', () => {
  test.each([
    ["CREATE KEYSPACE a WITH replication = {'class': 'X',};", ',', 'no comma'],
    ["CREATE KEYSPACE a WITH replication = {class: 'X'};", 'class', "'class'"],
    ['CREATE KEYSPACE a WITH replication = {\'class\': "X"};', '"X"', "'X'"],
    ['CREATE KEYSPACE a durable_writes = true;', 'durable_writes', 'WITH'],
    ['CREATE KEYSPACE my-ks WITH durable_writes = true;', '-', 'WITH'],
    ['CREATE KEYSPACE table WITH durable_writes = true;', 'table', 'reserved'],
    ["USE 'a';", "'a'", 'without quotes'],
    ['CREATE TABLE a (id int PRIMARY KEY)\nINSERT INTO a (id) VALUES (1);', 'INSERT', '`;`'],
    ['CREATE TABLE a (id int PRIMARY KEY, t vector<float, 3>);', undefined, ''],
    ['DROP KEYSPACE a -- bye', '-- bye', 'line break'],
    ["CREATE KEYSPACE a WITH comment = 'x;", "'x;", "closing `'`"],
  ])('%s', (text, token, expected) => {
    const verdict = judgeCqlText(text, '5.0')
    if (token === undefined) expect(verdict).toEqual({ accepted: true })
    else {
      expect(verdict).toMatchObject({ accepted: false, expected: expect.stringContaining(expected) })
      if (verdict.accepted === false) expect(text.slice(verdict.start, verdict.end)).toBe(token)
    }
  })

  test('what a release has not yet, it refuses', () => {
    const answers = (text: string) =>
      (['3.11', '4.0', '4.1', '5.0', '6.0'] as const).map(line => (judgeCqlText(text, line).accepted ? 'a' : 'r')).join('')
    expect(answers('ALTER KEYSPACE IF EXISTS a WITH durable_writes = true')).toBe('rraaa')
    expect(answers("CREATE SCHEMA a WITH replication = {'class': 'X'}")).toBe('arrrr')
    expect(answers('CREATE TABLE a (id int PRIMARY KEY, v vector<float, 3>)')).toBe('rrraa')
    expect(answers('CREATE TABLE a (id int PRIMARY KEY, v text MASKED WITH DEFAULT)')).toBe('rrraa')
    expect(answers('CREATE TABLE a (id int CHECK id > 3 PRIMARY KEY)')).toBe('rrrra')
    expect(answers('CREATE TABLE a LIKE b')).toBe('rrrra')
    expect(answers('CREATE KEYSPACE default WITH durable_writes = true')).toBe('raaaa')
  })
})

test('consistency clauses are found outside quotes', () => {
  const text = "INSERT INTO a (b) VALUES ('USING CONSISTENCY ONE') USING CONSISTENCY QUORUM; SELECT * FROM a WITH CL = ONE;"
  expect(consistencyClauses(text, 0, text.length).map(({ start, end, level }) => [text.slice(start, end), level])).toEqual([
    ['USING CONSISTENCY QUORUM', 'QUORUM'],
    ['WITH CL = ONE', 'ONE'],
  ])
})

test('a cut goes through words and numbers, not into letters', () => {
  expect(tokenizeCql('CREATE KEYSPACE', 0, 10).map(({ text }) => text)).toEqual(['create', 'key'])
  expect(tokenizeCql('1234567', 0, 3).map(({ text }) => text)).toEqual(['123'])
})

describe('any text', () => {
  const word = fc.constantFrom(
    'CREATE',
    'KEYSPACE',
    'TABLE',
    'ALTER',
    'WITH',
    'replication',
    '=',
    '{',
    '}',
    "'",
    '"',
    '$$',
    '--',
    '/*',
    '*/',
    ';',
    ':',
    ',',
    '(',
    ')',
    '<',
    '>',
    '{{',
    '}}',
    '\n',
    ' ',
    'a',
    '1',
    '\u0000',
    '\ufeff',
    'é',
    '😀',
    'USE',
    'BEGIN',
    'INSERT ',
    'PRIMARY',
    'KEY',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(word, { maxLength: 60 }).map(words => words.join('')),
  )

  test('is parsed, with places inside it and in order', () => {
    fc.assert(
      fc.property(text, content => {
        const parsed = parse(content)
        let last = 0
        for (const statement of parsed.statements) {
          expect(statement.span.start).toBeGreaterThanOrEqual(last)
          expect(statement.span.end).toBeGreaterThan(statement.span.start)
          expect(statement.span.end).toBeLessThanOrEqual(content.length)
          last = statement.span.end
          judgeSyntax(statement, '3.11')
          judgeSyntax(statement, '6.0')
        }
        looksLikeCql(content)
      }),
    )
  })

  test('is cut into tokens that do not overlap', () => {
    fc.assert(
      fc.property(text, content => {
        let last = 0
        for (const token of tokenizeCql(content, 0, content.length)) {
          expect(token.start).toBeGreaterThanOrEqual(last)
          expect(token.end).toBeGreaterThan(token.start)
          last = token.end
        }
        expect(last).toBeLessThanOrEqual(content.length)
      }),
    )
  })
})
