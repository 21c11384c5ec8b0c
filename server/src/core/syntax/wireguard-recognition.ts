/** Whether a .conf file is WireGuard's: by name `wg` + digits + `.conf`, else by content. */
import { withoutTemplateSuffix } from '../text/placeholder.ts'
import { baseName } from '../text/source-file.ts'

const nameOfWireGuard = /^wg\d+\.conf$/i
const interfaceKey = /^\s*(?:PrivateKey|ListenPort|FwMark|Address|MTU|Table|PreUp|PostUp|PreDown|PostDown|SaveConfig)\s*=/i
const peerKey = /^\s*(?:PublicKey|PresharedKey|AllowedIPs|PersistentKeepalive)\s*=/i

/** How much of a file is looked at. */
const farEnough = 200_000

/** `path` may end in a template's suffix. Total; looks at the beginning of the text only. */
export function looksLikeWireGuard(path: string, text: string): boolean {
  const name = baseName(withoutTemplateSuffix(path))
  if (nameOfWireGuard.test(name)) return true
  if (!/\.conf$/i.test(name) && !/\.conf[.-](?:example|sample|dist|template)$/i.test(name)) return false
  let section: 'interface' | 'peer' | undefined
  for (const line of text.slice(0, farEnough).split('\n')) {
    if (/^\s*\[/.test(line)) {
      const header = line.split('#', 1)[0]!.replace(/\s/g, '').toLowerCase()
      section = header === '[interface]' ? 'interface' : header === '[peer]' ? 'peer' : undefined
    } else if (section && (section === 'peer' ? peerKey : interfaceKey).test(line)) return true
  }
  return false
}
