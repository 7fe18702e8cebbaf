/**
 * `read`, which must depend on its text alone, with a memory for the texts that come again and again (the headers of installers).
 * It forgets all when it knows `most`, so that strangers can't fill it.
 */
export function remember<Value>(read: (text: string) => Value, most = 500): (text: string) => Value {
  const known = new Map<string, { value: Value }>()
  return (text) => {
    const found = known.get(text)
    if (found) return found.value
    const value = read(text)
    if (known.size >= most) known.clear()
    known.set(text, { value })
    return value
  }
}
