/** The address `path`, which brings people on to `next` (a path of ours) when they are done there; an empty `next` adds nothing. */
export const withNext = (path: string, next: string): string => (next ? `${path}?${new URLSearchParams({ next })}` : path)
