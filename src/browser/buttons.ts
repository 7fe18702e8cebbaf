// What the buttons of ui/buttons.tsx do: copy, print, save as a file.
document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button') : null
  if (!button) return
  const { copy, print, download, filename = 'wheelkeep.txt' } = button.dataset
  if (copy !== undefined) void copyText(button, copy)
  if (print !== undefined) window.print()
  if (download !== undefined) save(download.split(' ').map(textOf).join('\n\n'), filename)
})

/** Where the clipboard is closed to us, the text is selected, for the person's own Ctrl+C. */
async function copyText(button: HTMLButtonElement, id: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(textOf(id))
    say(button, 'Copied')
  } catch {
    select(id)
    say(button, 'Selected')
  }
}

/** Says it on the button for two seconds, and beside it for screen readers. */
function say(button: HTMLButtonElement, text: string): void {
  const label = button.querySelector('span')
  const status = button.nextElementSibling
  if (label) label.textContent = text
  if (status) status.textContent = text
  setTimeout(() => {
    if (label) label.textContent = 'Copy'
    if (status) status.textContent = ''
  }, 2000)
}

function select(id: string): void {
  const element = document.getElementById(id)
  if (element) getSelection()?.selectAllChildren(element)
}

function save(text: string, filename: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain;charset=utf-8' }))
  link.download = filename
  link.click()
  URL.revokeObjectURL(link.href)
}

/** As people see it: a list has a line an item. What is only there for paper counts too. */
const textOf = (id: string): string => document.getElementById(id)?.innerText.trim() ?? ''
