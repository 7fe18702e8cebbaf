const names: Readonly<Record<string, string>> = {
  '/manage/account/': 'Account and security',
  '/manage/account/token/': 'API tokens',
  '/manage/account/two-factor/': 'Second factors',
  '/manage/account/totp-provision': 'your authenticator app',
  '/manage/account/webauthn-provision': 'your security keys',
  '/manage/account/recovery-codes/generate': 'your recovery codes',
  '/manage/projects/': 'Your projects',
}

/** What people call a place of ours (a path): the page's name, the project's, else the path. */
export function placeName(place: string): string {
  const [path = ''] = place.split(/[?#]/)
  const [, project] = /^\/manage\/project\/([^/]+)\//.exec(path) ?? []
  return names[path] ?? project ?? path
}
