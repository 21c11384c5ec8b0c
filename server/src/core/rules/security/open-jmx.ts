/** JMX from outside, without a password, is a remote shell. */

import { placeOf } from '../../model/agreement.ts'
import { jvmFacts } from '../../model/jvm-facts.ts'
import { booleanInEachRelease, settingInEachRelease } from '../../model/settings/in-each-release.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey, sayNode } from '../words.ts'

export default rule({
  id: 'security/open-jmx',
  scope: 'node',
  effects: ['exposes'],
  certainty: 'advice',
  releases: 'all',
  title: 'remote JMX without a password',
  why: 'Over JMX a node can be stopped, emptied and made to load code. With remote access and without authentication everybody who reaches the port can do so.',
  remedy: 'Leave LOCAL_JMX=yes, or keep authenticate=true with a password file and TLS.',
  sources: ['cassandra-env.sh: LOCAL_JMX', 'Apache Cassandra documentation: Security, JMX access', 'CVE-2015-0225'],
  bad: exampleCluster(
    '1x1',
    {},
    '#- dc1/db1/cassandra-env.sh\nLOCAL_JMX=no\nJMX_PORT="7199"\nJVM_OPTS="$JVM_OPTS -Dcassandra.jmx.remote.port=$JMX_PORT"\nJVM_OPTS="$JVM_OPTS -Dcom.sun.management.jmxremote.authenticate=false"\n#                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[security/open-jmx]: 7199\n',
  ),
  good: exampleCluster(
    '1x1',
    {},
    '#- dc1/db1/cassandra-env.sh\nLOCAL_JMX=yes\nJVM_OPTS="$JVM_OPTS -Dcassandra.jmx.local.port=7199"\nJVM_OPTS="$JVM_OPTS -Dcom.sun.management.jmxremote.authenticate=false"\n',
  ),
  *check(node) {
    const { properties } = jvmFacts(node)
    const remote = properties.get('cassandra.jmx.remote.port') ?? properties.get('com.sun.management.jmxremote.port')
    const login = properties.get('com.sun.management.jmxremote.authenticate')
    if (remote && login && /^false$/i.test(login.value))
      yield {
        at: login.span,
        message: `Anyone who reaches ${/^\d+$/.test(remote.value) ? `port ${remote.value}` : 'the JMX port'} controls ${sayNode(node)}: remote JMX asks for no password. Write authenticate=true, or LOCAL_JMX=yes.`,
        see: [{ at: remote.span, message: 'JMX is remote' }],
        about: [nodeKey(node)],
      }
    const asked = booleanInEachRelease(node, 'jmx_server_options.authenticate', true)
    if (knownValue(booleanInEachRelease(node, 'jmx_server_options.remote', false)) !== true || knownValue(asked) !== false) return
    const port = knownValue(settingInEachRelease(node, 'jmx_server_options.jmx_port'))
    yield {
      at: placeOf(asked) ?? node.span,
      message: `Anyone who reaches ${port === undefined ? 'the JMX port' : `port ${port}`} controls ${sayNode(node)}: remote JMX asks for no password. Write authenticate: true.`,
      about: [nodeKey(node), 'setting:jmx_server_options'],
    }
  },
})
