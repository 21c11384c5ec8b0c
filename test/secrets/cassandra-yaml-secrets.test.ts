/** Passwords in broken places of cassandra.yaml: behind signs that YAML reads as its own, below their names, under wrong names. */
import { expect, test } from 'vitest'
import { runCommand } from '../cli/run-command.ts'

const secret = (n: number) => `Zx9secretQ${n}z`

const readable = `cluster_name: prod
num_tokens: 16
client_encryption_options:
    enabled: true
    keystore_password:
        ${secret(1)}
    truststore_password: |
        ${secret(2)}
    keystore_passwrod: ${secret(3)}
    passphrase: [${secret(4)}]
    keystore_password: ${secret(5)} # ${secret(6)}
server_encryption_options: {internode_encryption: all, keystore_password: 0x${secret(7)}}
jmx_password: ${secret(8)}
`
const unreadable = [
  `*${secret(11)}`,
  `!${secret(12)}`,
  `!${secret(13)}!x`,
  `"${secret(14)}`,
  `@${secret(15)}`,
  `a: ${secret(16)}`,
  `&a ${secret(17)} : b`,
  `{${secret(18)}`,
]

const files = [
  ['readable/cassandra.yaml', readable] as const,
  ...unreadable.map(
    (value, i) =>
      [
        `broken${i}/cassandra.yaml`,
        `cluster_name: prod\nnum_tokens: 16\nclient_encryption_options:\n    keystore_password: ${value}\n`,
      ] as const,
  ),
]

test.each(['pretty', 'json', 'sarif', 'github', 'markdown'])('check --format %s prints none', async format => {
  const { output, complaint } = await runCommand(['check', '--format', format, '--fail-on', 'never', '.'], files)
  const printed = `${output}${complaint}`
  expect(printed.length).toBeGreaterThan(200)
  expect(printed.match(/.{0,60}Zx9secretQ\d+z/g) ?? []).toEqual([])
})
