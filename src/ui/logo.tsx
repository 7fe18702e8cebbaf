/** A keep with a wheel for a gate. `currentColor`, readable from 16 px. */
const Mark = () => (
  <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
    <path
      fill="currentColor"
      fill-rule="evenodd"
      d="M4 2h6.5v4h2.25V2h6.5v4h2.25V2H28v16.5a12 12 0 0 1-24 0zM16 9.5a8.75 8.75 0 1 0 0 17.5a8.75 8.75 0 1 0 0-17.5z"
    />
    <path stroke="currentColor" stroke-width="2" d="M16 9.5v17.5M8.42 13.88l15.16 8.74M8.42 22.62l15.16-8.74" />
    <circle cx="16" cy="18.25" r="3.1" fill="currentColor" />
  </svg>
)

/** The way to the front page, with the host so that people can compare it with the address bar. */
export const Logo = ({ host }: { host: string }) => (
  <a class="logo" href="/">
    <Mark />
    <span>
      Wheelkeep <small class="host">{host}</small>
    </span>
  </a>
)
