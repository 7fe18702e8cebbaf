/** Values by key, which together take no more than so many bytes. */
export interface BoundedCache<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value, bytes: number): void
  delete(key: string): void
  keys(): Iterable<string>
}

/** When there is too much, the oldest goes, unless it was asked for since it last was the oldest: then it queues once more. */
export function boundedCache<Value>(most: number): BoundedCache<Value> {
  const entries = new Map<string, { value: Value; bytes: number; used: boolean }>()
  let total = 0

  function remove(key: string): void {
    total -= entries.get(key)?.bytes ?? 0
    entries.delete(key)
  }

  function makeRoom(): void {
    for (const [key, entry] of entries) {
      if (total <= most) return
      entries.delete(key)
      if (entry.used) entries.set(key, { ...entry, used: false })
      else total -= entry.bytes
    }
  }

  return {
    get(key) {
      const entry = entries.get(key)
      if (entry) entry.used = true
      return entry?.value
    },
    set(key, value, bytes) {
      remove(key)
      entries.set(key, { value, bytes, used: false })
      total += bytes
      makeRoom()
    },
    delete: remove,
    keys: () => entries.keys(),
  }
}
