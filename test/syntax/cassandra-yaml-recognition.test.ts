/** Which texts count as a cassandra.yaml: also what is broken beyond recognition, never what other programs call so. */
import { describe, expect, test } from 'vitest'
import { parseFile } from '../../server/src/core/syntax/file-kind.ts'
import { check } from '../check.ts'

const kindOf = (text: string, path = 'conf/cassandra.yaml') => parseFile({ path, text }).kind

describe('of exactly that name', () => {
  test.each([
    ['empty', ''],
    ['blank lines', '\n\n  \n'],
    ['comments only', '# Cassandra storage config YAML\n\n---\n# cluster_name: prod\n'],
    ['bytes', '\x7fELF\x02\x01\x01\0\0\0\ufffd\ufffd'],
    ['bytes that happen to open a placeholder', '\x7fELF{{\x02\0\0{%'],
    ['one long line', 'a'.repeat(100_000)],
    ['the text of a symbolic link', '../shared/cassandra.yaml'],
    ['cut after its first setting', "# Cassandra storage config YAML\ncluster_name: 'Te"],
    ['cut inside its second key', 'cluster_name: prod\nnum_to'],
  ])('%s', (_, text) => {
    expect(kindOf(text)).toBe('cassandra-yaml')
    expect(kindOf(text, 'conf/cassandra-production.yaml')).toBe('unrecognised')
  })

  test.each([
    ['a manifest of Kubernetes', 'apiVersion: v1\nkind: Service\n---\napiVersion: v1\n'],
    ['one that is commented out', '# apiVersion: v1\n# kind: Service\n'],
    ['a playbook', '---\n- hosts: db\n  roles: [cassandra]\n'],
    ['variables of Ansible', 'cluster_name: prod\ncassandra_version: 4.1\n'],
    ['CloudFormation, which has tags of its own', 'Resources:\n  db: !Ref Cluster\n'],
    ['compose', 'services:\n  db:\n    image: cassandra\n'],
    ['a template of Helm', '{{ toYaml .Values.cassandra }}\n'],
    ['an encrypted file of Ansible', '$ANSIBLE_VAULT;1.1;AES256\n3832\n'],
    ['an encrypted file of git-crypt', '\0GITCRYPT\0\x01\x02'],
    ['a flow', '{"cluster_name": "x"}'],
  ])('not %s', (_, text) => {
    expect(kindOf(text)).toBe('unrecognised')
  })
})

test('an empty file is refused for what it lacks', () => {
  check('#- conf/cassandra.yaml\n# nothing yet\n#^^^^^^^^^^^^ error[settings/missing-key]: sets nothing\n')
})

test('bytes are refused as YAML', () => {
  check('#- conf/cassandra.yaml\nELF\x01\x02\n#  ^ error[syntax/yaml-unreadable]\n')
})

test('words alone are refused as YAML', () => {
  check('#- conf/cassandra.yaml\n../shared/cassandra.yaml\n#^^^^^^^^^^^^^^^^^^^^^^^ error[syntax/yaml-unreadable]\n')
})
