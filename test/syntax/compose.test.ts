/** Compose files: which services run a Cassandra image, what they mount and set. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCompose } from '../../server/src/core/syntax/compose.ts'
import { textAt } from '../../server/src/core/text/span.ts'

const read = (text: string, path = 'deploy/docker-compose.yml') => parseCompose({ path, text })

test('a service of the official image, with what it mounts and sets', () => {
  const parsed = read(`services:
  n1:
    image: cassandra:3.11.5
    volumes:
      - ./config/node1/cassandra.yaml:/etc/cassandra/cassandra.yaml:ro
      - data:/var/lib/cassandra
      - type: bind
        source: ../shared/cassandra-rackdc.properties
        target: /etc/cassandra/cassandra-rackdc.properties
    environment:
      CASSANDRA_BROADCAST_ADDRESS: 10.6.0.5
      CASSANDRA_SEEDS: 10.6.0.5 # first
    networks:
      net: { ipv4_address: 10.6.0.5 }
  n2:
    image: cassandra
    environment: [CASSANDRA_DC=DC1, 'CASSANDRA_RACK=R=1']
`)
  expect(parsed.runsCassandra).toBe(true)
  const [n1, n2] = parsed.services
  expect(n1!.mounts.map(mount => [mount.source.value, mount.target])).toEqual([
    ['deploy/config/node1/cassandra.yaml', '/etc/cassandra/cassandra.yaml'],
    ['data', '/var/lib/cassandra'],
    ['shared/cassandra-rackdc.properties', '/etc/cassandra/cassandra-rackdc.properties'],
  ])
  expect(textAt(n1!.environment.get('CASSANDRA_SEEDS')!.span)).toBe('10.6.0.5')
  expect(n1!.addresses.map(address => address.value)).toEqual(['10.6.0.5'])
  expect([...n2!.environment].map(([key, { value }]) => [key, value])).toEqual([
    ['CASSANDRA_DC', 'DC1'],
    ['CASSANDRA_RACK', 'R=1'],
  ])
})

test.each([
  ['cassandra:5.0', true],
  ['docker.io/library/cassandra@sha256:00', true],
  ['bitnami/cassandra:4.1', true],
  ['registry:5000/cassandra', true],
  ['cassandra:${VERSION:-4.1}', true],
  ['${CASSANDRA_IMAGE}', true],
  ['metavige/cassandra-web', false],
  ['digitalis-cassandra:4.0.11', false],
  ['cassandra-exporter:1', false],
  ['cassandra/tools', false],
  ['postgres', false],
])('image %s', (image, expected) => {
  expect(read(`services:\n  a:\n    image: "${image}"\n`).runsCassandra).toBe(expected)
})

test('an entry point of its own leaves the mounted yaml as it is', () => {
  expect(read('services:\n  a:\n    image: cassandra:4.0\n    entrypoint: ["/bin/sh", "-c", "start"]\n').runsCassandra).toBe(false)
})

test('anchors and merge keys are followed', () => {
  const parsed = read(
    'x-node: &node\n  image: cassandra:4.1\n  environment: &env { CASSANDRA_SEEDS: a }\nservices:\n  a:\n    <<: *node\n    environment:\n      <<: *env\n      CASSANDRA_DC: dc1\n',
  )
  expect(parsed.services[0]).toMatchObject({ runsCassandra: true })
  expect([...parsed.services[0]!.environment.keys()]).toEqual(['CASSANDRA_SEEDS', 'CASSANDRA_DC'])
})

test.each(['', '[', '\0\u0001', '- a', 'services: 1', 'services:\n  a: *x\n', `a: ${'['.repeat(20_000)}`])('odd input %#', text => {
  expect(read(text).services).toEqual([])
})

test('any text is answered', () => {
  const soup = fc.string({
    unit: fc.oneof(
      fc.constantFrom('services:', '\n', '  ', 'image: ', 'cassandra', '- ', '&a ', '*a', '<<: ', '{', '}', '[', '"', ': '),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
    maxLength: 40,
  })
  fc.assert(
    fc.property(soup, text => {
      for (const service of read(text).services) expect(service.name.span.end).toBeLessThanOrEqual(text.length)
    }),
    { numRuns: 300 },
  )
})
