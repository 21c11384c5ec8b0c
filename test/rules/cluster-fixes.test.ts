/** What the fixes of rules about clusters write, beyond that they remove their finding. */
import { expect, test } from 'vitest'
import { exampleCluster } from '../../server/src/core/rules/example-cluster.ts'
import { textAt } from '../../server/src/core/text/span.ts'
import { findingsOf } from '../check.ts'

/** `file: old → new` of the first fix of the only finding. */
function fixOf(rule: string, fixture: string): string[] {
  const found = findingsOf(rule, fixture)
  expect(found.map(finding => finding.rule)).toEqual([rule])
  return found[0]!.fixes()[0]!.edits.map(({ at, newText }) => `${at.file.path}: ${JSON.stringify(textAt(at))} → ${JSON.stringify(newText)}`)
}

test('a second seed comes from another rack, on every list', () => {
  const one = { seeds: '"10.20.1.11"' }
  expect(fixOf('seeds/too-few', exampleCluster('1x3', { 'dc1/db1': one, 'dc1/db2': one, 'dc1/db3': one }))).toEqual([
    'dc1/db1/cassandra.yaml: "\\"10.20.1.11\\"" → "\\"10.20.1.11,10.20.1.12\\""',
    'dc1/db2/cassandra.yaml: "\\"10.20.1.11\\"" → "\\"10.20.1.11,10.20.1.12\\""',
    'dc1/db3/cassandra.yaml: "\\"10.20.1.11\\"" → "\\"10.20.1.11,10.20.1.12\\""',
  ])
})

test('a datacenter without seeds gets two, from two racks', () => {
  const remote = { seeds: '"10.20.1.11"' }
  const nodes = Object.fromEntries(['dc1/db1', 'dc1/db2', 'dc2/db3', 'dc2/db4'].map(path => [path, remote]))
  expect(fixOf('seeds/datacenter-without-seed', exampleCluster('2x2', nodes))[0]).toBe(
    'dc1/db1/cassandra.yaml: "\\"10.20.1.11\\"" → "\\"10.20.1.11,10.20.2.11,10.20.2.12\\""',
  )
})

test('only the list that differs is written anew', () => {
  expect(fixOf('seeds/lists-differ', exampleCluster('1x3', { 'dc1/db3': { seeds: '"10.20.1.11"' } }))).toEqual([
    'dc1/db3/cassandra.yaml: "\\"10.20.1.11\\"" → "\\"10.20.1.11,10.20.1.12\\""',
  ])
})

test('a loopback address becomes the one in the mesh', () => {
  const tunnel = '#- dc1/db3/wg0.conf\n[Interface]\nAddress = 10.99.0.3/24\nPostUp = wg set %i private-key /etc/wireguard/key\n'
  expect(fixOf('identity/loopback-in-cluster', exampleCluster('1x3', { 'dc1/db3': { listen_address: 'localhost' } }, tunnel))).toEqual([
    'dc1/db3/cassandra.yaml: "localhost" → "10.99.0.3"',
  ])
})

test('a missing rack is inserted, a wrong case corrected', () => {
  const rackdc = (text: string) => exampleCluster('1x1', {}, `#- dc1/db1/cassandra-rackdc.properties\n${text}`)
  expect(fixOf('snitch/missing-dc-or-rack', rackdc('dc=dc1\n'))).toEqual(['dc1/db1/cassandra-rackdc.properties: "" → "rack=rack1\\n"'])
  expect(fixOf('snitch/missing-dc-or-rack', rackdc('dc=dc1\nRACK=r1\n'))).toEqual(['dc1/db1/cassandra-rackdc.properties: "RACK" → "rack"'])
})

test('a comment behind a value moves above it', () => {
  const fixture = exampleCluster('1x1', {}, '#- dc1/db1/cassandra-rackdc.properties\ndc=dc1 # Berlin\nrack=r1\n')
  expect(fixOf('syntax/properties-trailing-comment', fixture)).toEqual([
    'dc1/db1/cassandra-rackdc.properties: "" → "# Berlin\\n"',
    'dc1/db1/cassandra-rackdc.properties: " # Berlin" → ""',
  ])
})
