/** A folder or a file that is named after a release decides between those that the keys leave, and never against the keys. */
import { describe, expect, test } from 'vitest'
import { inferRelease, narrowRelease, releaseInPath, takenFor } from '../../../server/src/core/model/settings/infer-release.ts'
import { parseCassandraYaml } from '../../../server/src/core/syntax/cassandra-yaml.ts'

const release = (path: string, text: string, others: readonly string[] = []) => inferRelease(parseCassandraYaml({ path, text }), others)
/** Every line knows these. */
const anyLine = 'cluster_name: prod\nnum_tokens: 16\nlisten_address: 10.0.0.1\n'

describe('names of releases', () => {
  test.each([
    ['5.0/cassandra.yaml', '5.0'],
    ['conf/4.1.10/db1/cassandra.yaml', '4.1'],
    ['cassandra-4.0/conf/cassandra.yaml', '4.0'],
    ['opt/apache-cassandra-3.11.17/conf/cassandra.yaml', '3.11'],
    ['opt/apache-cassandra-5.0-rc1/conf/cassandra.yaml.j2', '5.0'],
    ['v4.0/cassandra.yaml', '4.0'],
    ['4.1.x/cassandra.yaml', '4.1'],
    ['hosts/db1/cassandra-4.1.yaml', '4.1'],
    ['4.0/then/5.0/cassandra.yaml', '5.0'],
  ])('%s speaks of %s', (path, line) => expect(releaseInPath(path)?.line).toBe(line))

  test.each([
    'cassandra.yaml',
    '5.0.0.1/cassandra.yaml',
    'dse-6.0/cassandra.yaml',
    'ubuntu-5.0/cassandra.yaml',
    'scylla-5.0/cassandra.yaml',
    '2.2/cassandra.yaml',
    '4.10/cassandra.yaml',
    '4/cassandra.yaml',
    'rack-4.1/cassandra.yaml',
  ])('%s speaks of none', path => expect(releaseInPath(path)).toBeUndefined())
})

describe('inference', () => {
  test('a name narrows what the keys leave open', () => {
    expect(release('db1/cassandra.yaml', anyLine).candidates.length).toBeGreaterThan(1)
    expect(release('cassandra-4.0/db1/cassandra.yaml', anyLine)).toMatchObject({ stated: false, line: '4.0', candidates: ['4.0'] })
  })
  test('keys that contradict it stand', () => {
    const renamed = `${anyLine}read_request_timeout: 5s\n`
    const said = release('3.11/cassandra.yaml', renamed)
    expect(said.candidates).toEqual(release('x/cassandra.yaml', renamed).candidates)
    expect(said.candidates).not.toContain('3.11')
  })
  test('so do the names of JVM files, and a marker comment', () => {
    expect(release('4.1/cassandra.yaml', anyLine, ['4.1/jvm17-server.options']).candidates).toEqual(['5.0', '6.0'])
    expect(release('4.1/cassandra.yaml', `# foretell: cassandra 4.0\n${anyLine}`)).toMatchObject({ stated: true, line: '4.0' })
  })
  test('the evidence is said', () => {
    const one = release('cassandra-4.0/cassandra.yaml', anyLine)
    expect(takenFor(one)).toContain('taken for 4.0 from the name cassandra-4.0;')
    expect(takenFor(narrowRelease([one, release('x/cassandra.yaml', anyLine)])!)).toContain('from the name cassandra-4.0;')
    expect(takenFor(release('x/cassandra.yaml', anyLine))).toContain('from the keys present;')
  })
})
