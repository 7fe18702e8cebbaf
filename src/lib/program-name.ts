/**
 * Which program a `User-Agent` header names, in words of ours: whoever sends a request writes that header, and no mail of ours carries
 * a stranger's words to its reader (D14). As `Firefox on Windows` or `twine 7.0.0`.
 */
export function programName(user_agent: string | null): string {
  const [, client, version] =
    /^(twine|uv|pip|poetry|pdm|hatch|flit|maturin)\/([0-9]{1,4}(?:\.[0-9]{1,4}){0,3})/i.exec(user_agent ?? '') ?? []
  if (client) return `${client.toLowerCase()} ${version}`
  const [browser, system] = [nameIn(browsers, user_agent), nameIn(systems, user_agent)]
  return `${browser ?? 'an unknown program'}${system ? ` on ${system}` : ''}`
}

/** The first that fits: most browsers name the others too. */
const browsers = { 'Edg/': 'Edge', 'OPR/': 'Opera', 'Firefox/': 'Firefox', 'Chrome/': 'Chrome', 'Safari/': 'Safari' }
const systems = {
  Android: 'Android',
  iPhone: 'iPhone',
  iPad: 'iPad',
  Windows: 'Windows',
  Macintosh: 'macOS',
  CrOS: 'ChromeOS',
  Linux: 'Linux',
}

const nameIn = (marks: Readonly<Record<string, string>>, user_agent: string | null): string | undefined =>
  Object.entries(marks).find(([mark]) => user_agent?.includes(mark))?.[1]
