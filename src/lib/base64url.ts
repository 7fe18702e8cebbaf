/**
 * The bytes of base64url text (RFC 4648 §5, no padding), or `undefined` if it isn't their one canonical spelling: Node skips
 * what doesn't belong, so that many texts would decode to the same bytes (T109).
 */
export function decodeBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}
