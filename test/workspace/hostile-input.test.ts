/** Real files, mutilated, inside a whole small cluster: an answer always, places inside the texts, fixes that apply and settle. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeFixesOf } from '../../server/src/core/features/quick-fix.ts'
import type { SourceFile } from '../../server/src/core/text/source-file.ts'
import type { Span } from '../../server/src/core/text/span.ts'
import { applyEdits } from '../../server/src/core/text/text-edit.ts'
import { createWorkspace } from '../../server/src/core/workspace/workspace.ts'
import { readCorpus } from '../read-corpus.ts'

const tree = readCorpus('multi-node/phanletrunghieu__cassandra-cluster')
const tunnel = `[Interface]
PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=
Address = 10.0.0.1/24
ListenPort = 51820
PostUp = iptables -A INPUT -p tcp --dport 7000 -j ACCEPT

[Peer]
PublicKey = HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=
AllowedIPs = 10.0.0.2/32, 10.1.0.5/24
Endpoint = 192.0.2.1:51820
`
const schema = `CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};
CREATE TABLE shop.t (a int PRIMARY KEY) WITH gc_grace_seconds = 60;
`
const cluster: readonly SourceFile[] = [
  // Comments make most of the shipped file: without them the mutations hit what is read.
  ...tree.map(({ path, text }) => ({ path, text: path.endsWith('cassandra.yaml') ? text.replace(/^[ \t]*#.*\n|^\s*\n/gm, '') : text })),
  { path: 'config/node1/wg0.conf', text: tunnel },
  { path: 'config/node1/jvm-server.options', text: '-Xms8G\n-Xmx8G\n-XX:+UseG1GC\n' },
  { path: 'schema/shop.cql', text: schema },
  {
    path: 'foretell.yaml',
    text: 'workloads:\n  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1] }\nlongestOutage: 6h\n',
  },
]

type Mutation = (text: string, at: number, other: number) => string
const insert =
  (what: string): Mutation =>
  (text, at) =>
    text.slice(0, at) + what + text.slice(at)

const mutations: readonly Mutation[] = [
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(at),
  (text, at, other) => text.slice(0, Math.min(at, other)) + text.slice(Math.max(at, other)),
  (text, at, other) => text + text.slice(Math.min(at, other), Math.max(at, other)),
  (text, at) => {
    const lines = text.split('\n')
    const line = at % lines.length
    return [...lines.slice(0, line), lines[line]!, ...lines.slice(line)].join('\n')
  },
  text => text.replaceAll('\n', '\r\n'),
  text => text.replaceAll('\n', '\r'),
  text => `\ufeff${text}`,
  (text, at, other) => insert('<<<<<<< ours\na: 1\n=======\na: 2\n>>>>>>> theirs\n')(text, text.lastIndexOf('\n', at) + 1, other),
  ...[
    '\0',
    '\x07',
    '\ufffd',
    '\ud800',
    '\u2028',
    '\x85',
    '\t',
    '"',
    "'",
    '/*',
    '$$',
    '{{ x',
    '{% if a %}',
    '${A}',
    '#',
    ':',
    '- ',
    '*a ',
    '&a ',
    '!b ',
  ].map(insert),
  insert('['.repeat(3000)),
  insert('\n[Peer]\n'.repeat(500)),
  insert('x'.repeat(50_000)),
  insert(`\na: &a [x]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: [${'*c,'.repeat(9)}]\n`),
]

const hostile = fc.record({
  file: fc.nat(cluster.length - 1),
  steps: fc.array(fc.record({ mutation: fc.constantFrom(...mutations), at: fc.nat(), other: fc.nat() }), { minLength: 1, maxLength: 3 }),
})

function findingsIn(files: readonly SourceFile[]) {
  const workspace = createWorkspace({ today: '2026-06-01' })
  workspace.apply({ set: files })
  return workspace.snapshot().findings
}

function isInside({ file, start, end }: Span): boolean {
  return start >= 0 && start <= end && end <= file.text.length
}

test('a mutilated file gives places inside the texts and fixes that settle', () => {
  fc.assert(
    fc.property(hostile, ({ file, steps }) => {
      let { text } = cluster[file]!
      for (const { mutation, at, other } of steps) text = mutation(text, at % (text.length + 1), other % (text.length + 1))
      let files = cluster.map((one, i) => (i === file ? { path: one.path, text } : one))
      let findings = findingsIn(files)
      for (const finding of findings) {
        expect(isInside(finding.span), finding.rule).toBe(true)
        expect(
          finding.related.every(({ at }) => isInside(at)),
          finding.rule,
        ).toBe(true)
        expect(finding.message).not.toMatch(/undefined|NaN|\[object/)
        for (const fix of finding.fixes())
          expect(
            fix.edits.every(({ at }) => isInside(at)),
            `${finding.rule}: ${fix.title}`,
          ).toBe(true)
      }
      // As --fix does: again and again, until nothing more is offered.
      for (let round = 0; ; round++) {
        const edits = safeFixesOf(findings)
        const fixed = files.map(one => ({ path: one.path, text: applyEdits(one, edits) }))
        if (fixed.every((one, i) => one.text === files[i]!.text)) break
        expect(round, 'rounds of fixes').toBeLessThan(20)
        files = fixed
        findings = findingsIn(files)
      }
    }),
    { numRuns: 60 },
  )
}, 120_000)
