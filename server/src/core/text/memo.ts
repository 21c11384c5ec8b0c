/** Remember by identity: a function's answer lives exactly as long as the object it was asked about. */

export function memo<K extends WeakKey, V>(compute: (key: K) => V): (key: K) => V {
  const answers = new WeakMap<K, V>()
  return key => {
    const known = answers.get(key)
    if (known !== undefined || answers.has(key)) return known as V
    const answer = compute(key)
    answers.set(key, answer)
    return answer
  }
}
