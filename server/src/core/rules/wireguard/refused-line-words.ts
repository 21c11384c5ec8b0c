/** The words for lines that wg does not know, and the spelling that was probably meant. */
import { editDistance } from './nearest-words.ts'

const interfaceKeys = [
  'PrivateKey',
  'ListenPort',
  'FwMark',
  'Address',
  'DNS',
  'MTU',
  'Table',
  'PreUp',
  'PostUp',
  'PreDown',
  'PostDown',
  'SaveConfig',
]
const peerKeys = ['PublicKey', 'PresharedKey', 'AllowedIPs', 'Endpoint', 'PersistentKeepalive']

/** Where a key belongs, as wg and wg-quick know it. */
export function homeOfKey(key: string): '[Interface]' | '[Peer]' {
  return peerKeys.includes(key) ? '[Peer]' : '[Interface]'
}

/** The known key that a word was meant for; two slips at most. */
export function nearestKey(word: string): string | undefined {
  const plain = word.toLowerCase().replace(/[\s_-]/g, '')
  const ranked = [...interfaceKeys, ...peerKeys]
    .map(key => ({ key, distance: editDistance(plain, key.toLowerCase(), 3) }))
    .sort((a, b) => a.distance - b.distance)
  const [first, second] = ranked
  return first && first.distance <= Math.min(2, Math.floor(first.key.length / 2)) && first.distance < second!.distance
    ? first.key
    : undefined
}
