/** A password in a file that many people and machines read. */
import { writtenPasswords } from '../../model/password-settings.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list } from '../words.ts'

export default rule({
  id: 'security/plain-password',
  scope: 'file',
  effects: ['exposes'],
  certainty: 'advice',
  releases: 'all',
  title: 'password in plain text',
  why: 'Configuration files are copied, backed up and kept in repositories. Whoever reads a keystore password and gets the keystore can pose as the node.',
  remedy:
    'Fill the password in when the file is delivered, from a vault or a variable; from 5.0 on use the …_password_file settings. A password that was published counts as known: change it.',
  sources: ['cassandra.yaml: server_encryption_options, client_encryption_options', 'Apache Cassandra documentation: TLS/SSL encryption'],
  bad: exampleCluster('1x1', {
    'dc1/db1': {
      server_encryption_options:
        '\n  internode_encryption: all\n  keystore: conf/.keystore\n  keystore_password: s3cret-of-db1\n#                    ^^^^^^^^^^^^^ warning[security/plain-password]: keystore_password',
    },
  }),
  good: exampleCluster('1x1', {
    'dc1/db1': { server_encryption_options: '\n  internode_encryption: none\n  keystore: conf/.keystore\n  keystore_password: cassandra' },
  }),
  *check({ parsed }) {
    const plain = writtenPasswords(parsed).filter(password => !password.isStock || password.inUse === true)
    const [first, ...rest] = plain
    if (!first) return
    const stock = plain.every(password => password.isStock)
    yield {
      at: first.span,
      message: stock
        ? `The shipped password protects ${list([...new Set(plain.map(password => password.key))])} although encryption is on: everybody knows it. Choose your own, and fill it in when the file is delivered.`
        : `${plain.length === 1 ? 'A password is' : `${plain.length} passwords are`} in plain text in this file (${list([...new Set(plain.map(password => password.key))])}). Fill ${plain.length === 1 ? 'it' : 'them'} in when the file is delivered, and change what was published.`,
      see: rest.slice(0, 20).map(password => ({ at: password.span, message: password.key })),
      about: [`file:${parsed.file.path}`],
    }
  },
})
