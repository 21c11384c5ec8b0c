/** Lines that wg-quick passes over without a word. */
import { exampleInterface } from '../example-mesh.ts'
import { deleteLines } from '../line-edits.ts'
import { rule } from '../rule.ts'

const hooks = new Set(['PreUp', 'PostUp', 'PreDown', 'PostDown'])
const single = new Set(['Address', 'MTU', 'Table', 'DNS'])

export default rule({
  id: 'wireguard/ignored-line',
  scope: 'file',
  effects: ['breaks-later', 'tidies'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard line without effect',
  why: 'wg-quick takes an empty value of its own keys for none and goes on: the interface comes up without the address, MTU or table that somebody meant to write.',
  remedy: 'Write the value, or delete the line.',
  sources: [
    'wireguard-tools: src/wg-quick/linux.bash, parse_options and set_dns',
    'Measured with wireguard-tools 1.0.20210914: empty Address, MTU, Table, DNS',
  ],
  bad: `#- wg0.conf\n${exampleInterface(1, { MTU: undefined })}MTU =\n#^^^^ 💡 warning[wireguard/ignored-line]: MTU\n`,
  good: `#- wg0.conf\n${exampleInterface(1)}`,
  *check({ parsed }) {
    if (parsed.kind !== 'wireguard') return
    for (const setting of parsed.interface.settings) {
      const fixes = () => [{ title: 'Delete the line', safe: true, edits: [deleteLines(setting.lineSpan)] }]
      if (setting.empty && single.has(setting.key))
        yield {
          at: setting.lineSpan,
          effect: 'breaks-later',
          message: `wg-quick skips \`${setting.key} =\`: without a value it counts for nothing. Write the value or delete the line.`,
          about: [`setting:${setting.key}`],
          fixes,
        }
      else if (setting.empty && hooks.has(setting.key))
        yield {
          at: setting.lineSpan,
          effect: 'tidies',
          message: `\`${setting.key} =\` runs nothing; it can go.`,
          about: [`setting:${setting.key}`],
          fixes,
        }
    }
    const { dns } = parsed.interface
    const setting = parsed.interface.settings.find(({ key, empty }) => key === 'DNS' && !empty)
    if (setting && !setting.placeholder && dns.length > 0 && dns.every(({ isAddress }) => !isAddress))
      yield {
        at: setting.valueSpan,
        effect: 'breaks-later',
        message: `wg-quick skips \`DNS = ${setting.value}\`: search domains count only beside the address of a server. Add a server or delete the line.`,
        about: ['setting:DNS'],
        fixes: () => [{ title: 'Delete the line', safe: false, edits: [deleteLines(setting.lineSpan)] }],
      }
  },
})
