/** Remember by identity: a function's answer lives exactly as long as the object it was asked about. */

export function memo<K extends WeakKey, V>(compute: (key: K) => V): (key: K) => V {
  const answers = new WeakMap<K, { readonly value: V }>()
  return key => {
    let answer = answers.get(key)
    if (!answer) {
      answer = { value: compute(key) }
      answers.set(key, answer)
    }
    return answer.value
  }
}
