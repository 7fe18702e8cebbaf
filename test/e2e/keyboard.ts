import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { follow } from './browser.ts'

/** Tabs through the whole page: every control is reached, in the order of reading, and shows that it has the focus. */
export async function walk(page: Page): Promise<void> {
  await page.evaluate(noteStops)
  const count = await page.evaluate<number>('stops.length')
  for (let n = 0; n < count; n++) {
    await page.keyboard.press('Tab')
    const { at, visible, what } = await page.evaluate<{ at: number; visible: boolean; what: string }>(focused)
    assert.equal(at, n, `Tab number ${n + 1} on ${page.url()} reaches ${what}`)
    assert.ok(visible, `${what} on ${page.url()} doesn’t show that it has the focus`)
  }
}

/** Tabs on, around the page if need be, until the target has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let n = 0; n < 200; n++) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`Tab never reaches ${target} on ${page.url()}`)
}

/** Types into fields and sends them with Enter. */
export async function type(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [field, text] of Object.entries(fields)) {
    await tabTo(page, page.locator(`main [name=${field}]:not([type=hidden])`).first())
    await page.keyboard.type(text)
  }
  await follow(page, () => page.keyboard.press('Enter'))
}

/** Goes to a link or button, and presses it. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await follow(page, () => page.keyboard.press('Enter'))
}

// These run in the page.

/** A group of radio buttons is one stop. What is in a closed `details` is none. */
const noteStops = `globalThis.stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter((element) => !element.disabled && element.checkVisibility())
  .filter((element) => element.type !== 'radio' || element.checked)`

const focused = `(() => {
  const element = document.activeElement
  const boxes = element.type === 'radio' && element.labels.length > 0 ? [element, ...element.labels] : [element]
  const shows = ({ outlineStyle, outlineWidth, boxShadow }) => (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
  return {
    at: stops.indexOf(element),
    visible: element.matches(':focus-visible') && boxes.some((box) => shows(getComputedStyle(box))),
    what: element.outerHTML.slice(0, 120),
  }
})()`
