/** The little language of waits and retries that some settings of 6.0 take: `0ms ... 100ms * 2^attempts <= 1s,retries=10`. */

const time = '(?:0|[0-9]+[mu]?s)'
const whole = new RegExp(
  `^(?:\\s*(?<leastOfAll>${time})\\s*<=)?(?:\\s*(?<least>[^=]+?)(?:[(]?\\s*<=\\s*(?<mostOfLeast>${time})\\s*[)]?)?\\s*[.]{3})?\\s*(?<most>[^=]+?)(?:\\s*<=\\s*(?<mostOfAll>${time}))?$`,
)
const wait = new RegExp(
  `^(?:\\s*(?<fixed>${time})|\\s*(?:(?:p[0-9]+(?:\\((?:rw|wr|r|w)\\))?)?|(?<base>${time}))\\s*(?:(?:[*]\\s*(?<times>[0-9.]+))?\\s*(?<attempts>[*^]\\s*attempts?)?)?\\s*)$`,
)
const randomizer = /^(?:uniform|exp(?:onential)?[(][0-9.]+[)]|q(?:uantized)?exp(?:onential)?[(][0-9.]+[)])$/

/** Whether 6.0 reads the text as a strategy. Long texts are taken to be one. */
export function isRetryStrategy(text: string): boolean {
  if (text.length > 300) return true
  const parts = text.split(',')
  const modifiers = parts.slice(1)
  let randomized = false
  for (const modifier of modifiers) {
    const match = /^([^=]*)=(.*)$/.exec(modifier)
    if (!match) return false
    const key = match[1]!.trim()
    const value = match[2]!.trim()
    if (key === 'retries' || key === 'attempts') {
      if (!/^\+?\d{1,10}$/.test(value) || Number(value) > 2147483647) return false
    } else if (key === 'rnd') {
      if (randomized || !randomizer.test(value)) return false
      randomized = true
    } else return false
  }
  const match = whole.exec(parts[0]!)
  if (!match?.groups) return false
  const { leastOfAll, least, mostOfLeast, most, mostOfAll } = match.groups
  if (![leastOfAll, mostOfLeast, mostOfAll].every(one => one === undefined || fitsInt(one))) return false
  const greatest = kindOfWait(most!)
  const smallest = least === undefined ? undefined : kindOfWait(least)
  if (greatest === undefined || (least !== undefined && smallest === undefined)) return false
  if (least === undefined && randomized) return false
  if (smallest === 'fixed' && ((leastOfAll !== undefined && !/^0+[mu]?s?$/.test(leastOfAll)) || mostOfLeast !== undefined)) return false
  return !(greatest === 'fixed' && mostOfAll !== undefined)
}

function kindOfWait(text: string): 'fixed' | 'changing' | undefined {
  const match = wait.exec(text)
  if (!match?.groups) return undefined
  const { fixed, base, times, attempts } = match.groups
  if (fixed !== undefined) return fitsInt(fixed) ? 'fixed' : undefined
  if (base !== undefined && !fitsInt(base)) return undefined
  if (base === undefined && !/p[0-9]/.test(text)) return undefined
  if (times !== undefined && !/^(?:\d+\.?\d*|\.\d+)$/.test(times)) return undefined
  if (times === undefined && attempts !== undefined && !attempts.startsWith('*')) return undefined
  return base !== undefined && times === undefined && attempts === undefined ? 'fixed' : 'changing'
}

function fitsInt(text: string): boolean {
  return Number(/^\d+/.exec(text)?.[0] ?? 0) <= 2147483647
}
