/** foretell.yaml holds what no schema of it accepts: a promise that is not read is not kept. */
import { declarationsOf } from '../../model/foretell-yaml.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'syntax/foretell-unreadable',
  scope: 'file',
  effects: ['breaks-promise'],
  certainty: 'proven',
  releases: 'all',
  title: 'foretell.yaml with something that is not understood',
  why: 'What is not understood is left out: a promise that stands there is not checked, a suppression does not count.',
  remedy: 'Write it as the message says; `foretell schema foretell.yaml` prints what is accepted.',
  sources: ['Foretell: JSON Schema of foretell.yaml'],
  bad: `
#- foretell.yaml
cassandra: "5.0"
longestOutage: soon
#              ^^^^ error[syntax/foretell-unreadable]: a duration such as 80ms, 6h or 7d
asertions:
#^^^^^^^^ 💡 error[syntax/foretell-unreadable]: assertions is meant
  - shop survives any 1 datacenter
workloads:
  - { keyspace: shop, read: LOCAL_QUORUMS }
#                           ^^^^^^^^^^^^^ error[syntax/foretell-unreadable]: a consistency level
`,
  good: `
#- foretell.yaml
cassandra: "5.0"
longestOutage: 6h
datacenters:
  dc3: { role: analytics, state: joining }
nodes:
  db1: { address: 10.20.0.11, memory: 64GiB, cores: 16 }
network:
  underlayMtu: 1500
  links: [{ between: [dc1, dc2], roundTrip: 80ms, rate: 1Gbit/s, mtu: 1400 }]
`,
  *check({ parsed }) {
    if (parsed.kind !== 'foretell-yaml') return
    for (const problem of declarationsOf(parsed).problems) {
      if (problem.kind === 'merge-conflict') continue
      const suggestion = problem.kind.startsWith('unknown-key:') ? problem.kind.slice('unknown-key:'.length) : undefined
      yield {
        at: problem.span,
        message: `${problem.detail}.`,
        ...(suggestion
          ? { fixes: () => [{ title: `Write ${suggestion}`, safe: false, edits: [{ at: problem.span, newText: suggestion }] }] }
          : {}),
      }
    }
  },
})
