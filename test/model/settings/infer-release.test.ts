/** Releases from a file's own words, keys and neighbours. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { releaseLines } from '../../../server/src/core/catalog/release.ts'
import { topKeys } from '../../../server/src/core/catalog/settings-catalogue.ts'
import { heldInEveryCandidate, inferRelease } from '../../../server/src/core/model/settings/infer-release.ts'
import { parseCassandraYaml } from '../../../server/src/core/syntax/cassandra-yaml.ts'

const infer = (text: string, path = 'cassandra.yaml', beside: readonly string[] = []) =>
  inferRelease(parseCassandraYaml({ path, text }), beside)

describe('evidence', () => {
  test('none: every line, shown the newest stable', () =>
    expect(infer('cluster_name: x\n')).toMatchObject({ stated: false, line: '5.0', candidates: releaseLines }))
  test('a comment states it', () =>
    expect(infer('# foretell: cassandra 4.1.3\ncluster_name: x\n')).toMatchObject({ stated: true, line: '4.1' }))
  test('keys', () => {
    expect(infer('thrift_framed_transport_size_in_mb: 15\n').candidates).toEqual(['3.11'])
    expect(infer('storage_compatibility_mode: NONE\n').candidates).toEqual(['5.0', '6.0'])
    expect(infer('read_request_timeout: 5s\n').candidates).toEqual(['4.1', '5.0', '6.0'])
  })
  test('keys of no release do not count', () => expect(infer('frobnicate: 1\n').candidates).toEqual(releaseLines))
  test('a folder that the keys allow', () => {
    expect(infer('cluster_name: x\n', 'apache-cassandra-4.0.7/conf/cassandra.yaml').candidates).toEqual(['4.0'])
    expect(infer('storage_compatibility_mode: NONE\n', '3.11/cassandra.yaml').candidates).toEqual(['5.0', '6.0'])
  })
  test('files beside', () => {
    expect(infer('cluster_name: x\n', 'cassandra.yaml', ['jvm.options']).candidates).toEqual(['3.11'])
    expect(infer('cluster_name: x\n', 'cassandra.yaml', ['jvm8-server.options']).candidates).toEqual(['4.0', '4.1'])
  })
})

test('the lines that know the most keys are the candidates', () => {
  const pools = releaseLines.map(line => topKeys(line))
  fc.assert(
    fc.property(
      fc.nat({ max: releaseLines.length - 1 }).chain(at => fc.tuple(fc.constant(at), fc.subarray([...pools[at]!], { maxLength: 12 }))),
      ([at, keys]) => {
        expect(infer(keys.map(key => `${key}: 1\n`).join('')).candidates).toContain(releaseLines[at])
      },
    ),
  )
})

test('kept is what every candidate says', () => {
  const release = infer('read_request_timeout: 5s\n')
  const judged = heldInEveryCandidate(
    release,
    line => (line === '4.1' ? ['a', 'b'] : ['b', 'c']),
    one => one,
  )
  expect(judged).toEqual(['b'])
})
