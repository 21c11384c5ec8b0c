/** Weekly windows as foretell.yaml writes them: `Sat 02:00-06:00`, `Mon-Fri 22:00-02:00`, `Mon,Thu 01:00-03:00`, `daily 01:00-03:00`. */

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const week = 7 * 1440

/** Minutes from Monday 00:00; a window over the end of the week is split. Empty when the text is none of these. */
export function weeklyWindows(text: string): readonly { readonly from: number; readonly to: number }[] {
  const match = /^\s*(?:(daily|[A-Za-z]{3,9}(?:\s*[-,]\s*[A-Za-z]{3,9}){0,7})\s+)?(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)\s*$/i.exec(text)
  if (!match) return []
  const from = Number(match[2]) * 60 + Number(match[3])
  const until = Number(match[4]) * 60 + Number(match[5])
  const length = until > from ? until - from : until + 1440 - from
  const chosen = !match[1] || /^daily$/i.test(match[1]) ? days.map((_, index) => index) : daysIn(match[1])
  return chosen.flatMap(day => {
    const start = day * 1440 + from
    const end = start + length
    return end <= week
      ? [{ from: start, to: end }]
      : [
          { from: start, to: week },
          { from: 0, to: end - week },
        ]
  })
}

function daysIn(text: string): number[] {
  return text.split(',').flatMap(part => {
    const [first, last] = part.split('-').map(name => days.indexOf(name.trim().slice(0, 3).toLowerCase()))
    if (first === undefined || first < 0) return []
    if (last === undefined || last < 0) return [first]
    const span = (last - first + 7) % 7
    return Array.from({ length: span + 1 }, (_, index) => (first + index) % 7)
  })
}
