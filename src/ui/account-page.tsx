import { Page, type PageProps } from './layout.tsx'
import { SideNav } from './navigation.tsx'

const areas = {
  '/manage/account/': 'Account and security',
  '/manage/account/two-factor/': 'Second factors',
  '/manage/account/token/': 'API tokens',
} as const

type AccountPageProps = Omit<PageProps, 'narrow'> & { area: keyof typeof areas }

/** A page about somebody's own account: the pages of this area beside the content. */
export const AccountPage = ({ area, children, ...page }: AccountPageProps) => (
  <Page {...page}>
    <div class="side-by-side nav-first">
      <SideNav label="Account" links={Object.entries(areas).map(([href, text]) => ({ href, text, current: href === area }))} />
      <div class="flow">{children}</div>
    </div>
  </Page>
)
