/** SaveConfig: the file is not the operator's any more. */
import { exampleInterface } from '../example-mesh.ts'
import { deleteLines } from '../line-edits.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'wireguard/rewritten-at-down',
  scope: 'file',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard file that wg-quick rewrites',
  why: 'With SaveConfig = true wg-quick writes the state of the interface over the file whenever it goes down: comments and names of peers are lost, endpoints that were learned on the way become configuration, and a change that was made meanwhile is undone.',
  remedy: 'Delete the line; keep the file in the repository as the only truth.',
  sources: ['wireguard-tools: src/wg-quick/linux.bash, save_config', 'Measured with wireguard-tools 1.0.20210914: SaveConfig = true'],
  bad: `#- wg0.conf\n${exampleInterface(1, { SaveConfig: 'true\n#^^^^^^^^^^^^^^^^ 💡 warning[wireguard/rewritten-at-down]: rewrites' })}`,
  good: `#- wg0.conf\n${exampleInterface(1, { SaveConfig: 'false' })}`,
  *check({ parsed }) {
    if (parsed.kind !== 'wireguard' || parsed.interface.saveConfig.kind !== 'known' || !parsed.interface.saveConfig.value) return
    const setting = parsed.interface.settings.findLast(({ key }) => key === 'SaveConfig')!
    yield {
      at: setting.lineSpan,
      message:
        'wg-quick rewrites this file when the interface goes down: comments go, learned endpoints are written, edits made meanwhile are lost. Delete the line.',
      about: ['setting:SaveConfig'],
      fixes: () => [{ title: 'Delete the line', safe: true, edits: [deleteLines(setting.lineSpan)] }],
    }
  },
})
