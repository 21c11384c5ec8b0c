/** A CQL dump of 5 MB with 50,000 INSERTs: from text to keyspaces, findings and line numbers, beside reading its characters once. Prints, asserts nothing. */

import { looksLikeCql, parseCql } from '../../server/src/core/syntax/cql-file.ts'
import { createWorkspace } from '../../server/src/core/workspace/workspace.ts'

const head = `CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};
CREATE TABLE shop.orders (id uuid PRIMARY KEY, customer text, note text, total decimal);
`
const rows = Array.from(
  { length: 50_000 },
  (_, i) => `INSERT INTO shop.orders (id, customer, note, total) VALUES (uuid(), 'name ${i}', 'it''s ${i}; ok', ${i}.5);`,
)
const tail = "\nALTER KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n"
const dump = head + rows.join('\n') + tail

const measured: Readonly<Record<string, (text: string) => unknown>> = {
  'reading every character once': text => {
    let sum = 0
    for (let i = 0; i < text.length; i++) sum = (sum + text.charCodeAt(i)) | 0
    return sum
  },
  'recognise and parse': text => looksLikeCql(text) && parseCql({ path: 'dump.cql', text }),
  'workspace: text to findings': text => {
    const workspace = createWorkspace({ today: '2026-06-01' })
    workspace.apply({ set: [{ path: 'dump.cql', text }] })
    return workspace.snapshot().findings
  },
}

/** Smallest of the runs, in turn, each with a fresh text so that nothing is remembered; milliseconds. */
const fastest = new Map<string, number>()
for (let run = 0; run < 25; run++) {
  for (const [what, measure] of Object.entries(measured)) {
    const text = Buffer.from(dump).toString('latin1')
    const start = performance.now()
    measure(text)
    fastest.set(what, Math.min(fastest.get(what) ?? Number.POSITIVE_INFINITY, performance.now() - start))
  }
}

const [reading] = fastest.values()
console.log(`${(dump.length / 1e6).toFixed(1)} MB, ${rows.length} INSERTs`)
for (const [what, milliseconds] of fastest)
  console.log(`${what.padEnd(32)} ${milliseconds.toFixed(1).padStart(7)} ms  ${(milliseconds / reading!).toFixed(2).padStart(6)} × reading`)
