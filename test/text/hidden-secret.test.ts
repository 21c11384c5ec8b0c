/** No line that is shown holds a secret. */
import { expect, test } from 'vitest'
import { lineWithoutSecrets, withoutSecrets } from '../../server/src/core/text/hidden-secret.ts'

const key = 'yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk='

test.each([
  [`PrivateKey = ${key}`, key],
  [`PresharedKey=${key} # old`, key],
  [`privatekey = ${key}`, key],
  [`#PrivateKey = ${key}`, key],
  [`PostUp = wg set %i private-key <(echo ${key})`, key],
  ['    keystore_password: hunter2', 'hunter2'],
  ['    keystore_password: "hunter 2"', 'hunter'],
  ['  truststore_password: hunter2 # change', 'hunter2'],
  ['server_encryption_options: { keystore_password: hunter2, enabled: true }', 'hunter2'],
  ["CREATE ROLE a WITH PASSWORD = 'hunter2' AND LOGIN = true;", 'hunter2'],
  ["create user a with password 'hunter2'", 'hunter2'],
  ['JVM_OPTS="$JVM_OPTS -Djavax.net.ssl.keyStorePassword=hunter2"', 'hunter2'],
  ['-Dcom.sun.management.jmxremote.password=hunter2', 'hunter2'],
  ['nodetool -u me -pw hunter2 status # password', 'hunter2'],
  ['api_key: hunter2', 'hunter2'],
  ['  keystore_pasword: hunter2', 'hunter2'],
  ['  keystore_passwrd: hunter2', 'hunter2'],
  ['truststore_paswrod: hunter2', 'hunter2'],
  ['PrivatKey = hunter2', 'hunter2'],
  [`x${'y'.repeat(30000)} PrivateKey = ${key}`, key],
])('%.60s', (line, secret) => {
  const shown = withoutSecrets(line)
  expect(shown).not.toContain(secret)
  expect(shown).toHaveLength(line.length)
})

test.each([
  ['authenticator: PasswordAuthenticator'],
  ['keystore: conf/.keystore'],
  ['listen_address: 10.20.0.11'],
  ["CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3}"],
  ['require_client_auth: true'],
])('%s is shown as it is', line => {
  expect(withoutSecrets(line)).toBe(line)
})

test('of a public key the first letters are shown', () => {
  expect(withoutSecrets('PublicKey = HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=')).toBe(`PublicKey = HIgo${'•'.repeat(40)}`)
})

test('a long line costs no more than its length', () => {
  const shown = withoutSecrets(`password${'x'.repeat(1_000_000)}`)
  expect(shown).toHaveLength(1_000_008)
  expect(withoutSecrets(`a = 1, password = hunter2${'x'.repeat(5000)}`)).not.toContain('hunter2')
})

test('a value below its name is hidden with its name', () => {
  const lines = [
    'client_encryption_options:',
    '    keystore_password:',
    '        hunter2',
    '',
    '        hunter3',
    '    enabled: true',
    '    note:',
    '        words',
  ]
  const shown = lines.map((_, line) => lineWithoutSecrets(at => lines[at]!, line))
  expect(shown).toEqual([lines[0], lines[1], '        •••••••', '', '        •••••••', '    enabled: true', '    note:', '        words'])
})
