/** DNS on a database node: one more program that must be there. */
import { exampleMesh } from '../example-mesh.ts'
import { deleteLines } from '../line-edits.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'wireguard/needs-resolvconf',
  scope: 'file',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'DNS server in the WireGuard file of a Cassandra node',
  why: 'wg-quick hands DNS to resolvconf and fails without it: the interface is removed again, and the node stays out of the mesh. Where resolvconf is there, all names of the host are asked through the tunnel.',
  remedy: 'Delete the line; a mesh of database nodes needs no resolver of its own.',
  sources: [
    'wireguard-tools: src/wg-quick/linux.bash, set_dns',
    'Measured with wireguard-tools 1.0.20210914: DNS without resolvconf, exit status 127, interface removed',
  ],
  bad: exampleMesh(2, { 1: { interface: { DNS: '10.20.1.1\n#^^^^^^^^^^^^^^ 💡 warning[wireguard/needs-resolvconf]: resolvconf' } } }, true),
  good: exampleMesh(2, {}, true),
  *check({ parsed, isCassandraNodes }) {
    if (parsed.kind !== 'wireguard' || !isCassandraNodes || !parsed.interface.dns.some(({ isAddress }) => isAddress)) return
    const setting = parsed.interface.settings.find(({ key, empty }) => key === 'DNS' && !empty)!
    yield {
      at: setting.lineSpan,
      message:
        'Without resolvconf on this host wg-quick fails at DNS and removes the interface again. Delete the line: database nodes are found by address.',
      about: ['setting:DNS'],
      fixes: () => [{ title: 'Delete the line', safe: false, edits: [deleteLines(setting.lineSpan)] }],
    }
  },
})
