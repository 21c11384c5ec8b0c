/** What is said of 63 real WireGuard files and the meshes of real trees: each error was read by hand and is true; nothing is said of meshes that work. */
import { describe, expect, test } from 'vitest'
import type { SourceFile } from '../../server/src/core/text/source-file.ts'
import { createWorkspace } from '../../server/src/core/workspace/workspace.ts'
import { corpusFolders, readCorpus } from '../read-corpus.ts'

function findingsOfFiles(files: readonly SourceFile[]) {
  const workspace = createWorkspace({ today: '2026-06-01' })
  workspace.apply({ set: files })
  return workspace.snapshot().findings.filter(({ rule }) => /^(?:wireguard|mesh|mtu|reach)\//.test(rule))
}
const shown = (finding: ReturnType<typeof findingsOfFiles>[number]) => `${finding.span.file.path} ${finding.rule}`

describe('63 files in one folder', () => {
  const findings = findingsOfFiles(readCorpus('wireguard'))

  test('errors: a key left empty, a peer that is the host itself, one prefix for two peers', () => {
    expect(findings.filter(({ severity }) => severity === 'error').map(shown)).toEqual([
      'Hibios__WireGuardNode__wg0.conf wireguard/peer-is-self',
      'T20A026__SEC-350-01-ENS__wg0.conf wireguard/peer-is-self',
      ...['as4242422020', 'int-de-fra1', 'int-fr-par1', 'int-fr-rns1', 'int-nl-ams1', 'int-nl-ams2'].map(
        name => `hcartiaux__dn42-as4242420263__servers__ca-yto1__wireguard__wg-${name}.conf wireguard/refused-line`,
      ),
      'hyangrunning__wg__wg0.conf wireguard/stolen-prefix',
    ])
  })

  test('warnings: values read as something else, files rewritten at down', () => {
    expect(findings.filter(({ severity }) => severity === 'warning').map(shown)).toEqual([
      'DanWin__mail-hosting__etc_clearnet_proxy__wireguard__wg0.conf wireguard/rewritten-at-down',
      'JoelHutton__setup__wg0.conf wireguard/misread-value',
      'Steccas__wireguard-bridge__wg0.conf wireguard/misread-value',
      'hcartiaux__dn42-as4242420263__servers__ca-yto1__wireguard__wg-as4242422020.conf wireguard/misread-value',
      'hyangrunning__wg__wg0.conf wireguard/rewritten-at-down',
      'joshua-holmes__wireguard-config__server__wg0.conf wireguard/misread-value',
      'mneller__my-wireguard__etc__wireguard__wg0.conf wireguard/misread-value',
      'robertotics4__my-configurations__wg1.conf wireguard/misread-value',
    ])
  })

  test('nothing of meshes, MTUs and ways', () => {
    expect(findings.filter(({ rule }) => !rule.startsWith('wireguard/')).map(shown)).toEqual([])
  })
})

/** erebe: fd00:cafe::254/123 has host bits. hcartiaux: PrivateKey was left empty in every file. hyangrunning: both clients have 10.0.0.0/24. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'erebe__personal-server': ['wireguard/misread-value'],
  'hcartiaux__dn42-as4242420263': ['wireguard/refused-line'],
  hyangrunning__wg: ['wireguard/rewritten-at-down', 'wireguard/stolen-prefix'],
}

test.each(corpusFolders('multi-node'))('%s', tree => {
  const serious = findingsOfFiles(readCorpus(`multi-node/${tree}`)).filter(({ severity }) => severity === 'error' || severity === 'warning')
  const rules = new Set(serious.map(({ rule }) => rule))
  expect([...rules].sort()).toEqual(expected[tree] ?? [])
})
