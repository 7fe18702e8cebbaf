import { Icon } from './icon.tsx'

// Buttons that browser/buttons.ts makes work; without a script CSS hides them.

/** Copies the text of the element with the id `from`. `what` completes “Copy …” for screen readers. */
export const CopyButton = ({ from, what }: { from: string; what: string }) => (
  <>
    <button type="button" class="button small needs-script" data-copy={from}>
      <Icon name="copy" />
      <span>Copy</span>
      <span class="sr"> {what}</span>
    </button>
    <span class="sr" role="status"></span>
  </>
)

/** Prints the page. What must not be on paper is `.no-print`, what is only there `.print-only`. */
export const PrintButton = () => (
  <button type="button" class="button needs-script" data-print>
    <Icon name="print" />
    Print
  </button>
)

/** Saves the texts of the elements with the ids `from`, in this order, as a text file called `filename`. */
export const DownloadButton = ({ from, filename }: { from: string[]; filename: string }) => (
  <button type="button" class="button needs-script" data-download={from.join(' ')} data-filename={filename}>
    <Icon name="download" />
    Download as text
  </button>
)
