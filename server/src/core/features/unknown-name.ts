/** What is said about a name that does not exist: the one that is meant, else those that exist. */
import { nearestName } from '../text/nearest-name.ts'

export function unknownNameText(kind: string, name: string, known: Iterable<string>): string {
  const names = [...known]
  const nearest = nearestName(name, names)
  if (nearest !== undefined) return `there is no ${kind} "${name}": "${nearest}" is meant?`
  const some = `${names.slice(0, 20).join(', ')}${names.length > 20 ? ' …' : ''}`
  return `there is no ${kind} "${name}"${names.length === 0 ? '' : `: there ${names.length === 1 ? 'is' : 'are'} ${some}`}`
}
