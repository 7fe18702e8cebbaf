import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { CDPSession, ConsoleMessage, Page } from 'playwright-core'

/** Colours follow from the scheme and places from the width, so that two of the four show axe all there is. */
const views = [
  { width: 1280, height: 800, colorScheme: 'light', axe: true },
  { width: 1280, height: 800, colorScheme: 'dark', axe: false },
  { width: 390, height: 844, colorScheme: 'light', axe: false },
  { width: 390, height: 844, colorScheme: 'dark', axe: true },
] as const

/** Beside those of the views: 640 is 1280 at 200 %, 320 is 1280 at 400 %. */
const widths = [320, 640, 800]

/**
 * Looks at a page as people with other screens and senses do: four screenshots `NAME-WIDTH-SCHEME.png` in `outDir`, and what is
 * wrong, a line a fault: axe (WCAG 2.2 AA and its best practice), sideways scroll, targets below 24 px, ids that come twice,
 * errors in the console (a broken policy is one). `url` undefined looks at the page as it stands, such as the answer to a form.
 */
export async function look(page: Page, url: string | undefined, name: string, outDir: string): Promise<string[]> {
  const faults: string[] = []
  const note = (message: ConsoleMessage): void => {
    if (message.type() === 'error' && !isOwnStatus(page, message)) faults.push(`console: ${message.text()}`)
  }
  const noteCrash = (error: Error): void => void faults.push(`script: ${error.message}`)
  const before = page.viewportSize()
  page.on('console', note).on('pageerror', noteCrash)
  if (url !== undefined) await page.goto(url)
  await page.evaluate('document.fonts.ready.then(() => undefined)')
  await mkdir(outDir, { recursive: true })
  const devtools = await page.context().newCDPSession(page) // it ends with the page: to detach it would unplug virtual security keys
  for (const view of views) {
    const path = join(outDir, `${name}-${view.width}-${view.colorScheme}.png`)
    faults.push(...(await lookOnce(page, devtools, view, path)))
  }
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    faults.push(...(await sidewaysScroll(page)).map((fault) => `${width}: ${fault}`))
  }
  faults.push(...(await page.evaluate<string[]>(idsThatComeTwice)))
  page.off('console', note).off('pageerror', noteCrash)
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
  if (before) await page.setViewportSize(before)
  return [...new Set(faults)].map((fault) => `${name}: ${fault}`)
}

/** The browser reports a page's own 4xx as a failed resource: for a refusal that is as it should be. */
const isOwnStatus = (page: Page, message: ConsoleMessage): boolean =>
  message.text().startsWith('Failed to load resource') && message.location().url === page.url()

async function lookOnce(
  page: Page,
  devtools: CDPSession,
  { width, height, colorScheme, axe }: (typeof views)[number],
  path: string,
): Promise<string[]> {
  await page.setViewportSize({ width, height })
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' }) // so that no colour is on its way
  await picture(devtools, path)
  const violations = axe ? await violationsOf(page) : []
  const targets = await page.evaluate<string[]>(smallTargets)
  const scroll = await sidewaysScroll(page)
  return [...violations, ...targets, ...scroll].map((fault) => `${width} ${colorScheme}: ${fault}`)
}

/** The whole page, by the quick way that `page.screenshot` doesn't have: it takes half the time. */
async function picture(devtools: CDPSession, path: string): Promise<void> {
  const { data } = await devtools.send('Page.captureScreenshot', { captureBeyondViewport: true, optimizeForSpeed: true })
  await writeFile(path, Buffer.from(data, 'base64'))
}

async function violationsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(await axeSource())
  return page.evaluate<string[]>(axeViolations)
}

async function sidewaysScroll(page: Page): Promise<string[]> {
  const over = await page.evaluate<number>('document.scrollingElement.scrollWidth - innerWidth')
  return over > 0 ? [`scrolls sideways by ${over} px`] : []
}

const axeSource = (): Promise<string> => readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// These run in the page.

const axeViolations = `axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => 'axe ' + id + ': ' + nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')))`

const smallTargets = `[...document.querySelectorAll('button, select, input:not([type=hidden]), summary, nav a, .button')]
  .filter((element) => element.checkVisibility({ opacityProperty: true }) && !element.closest('label'))
  .map((element) => ({ element, box: element.getBoundingClientRect() }))
  .filter(({ box }) => box.width < 24 || box.height < 24)
  .map(({ element, box }) => 'target below 24 px: ' + element.tagName + ' ' + element.textContent.trim().slice(0, 20) + ' ' + Math.floor(box.width) + 'x' + Math.floor(box.height))`

const idsThatComeTwice = `[...document.querySelectorAll('[id]')].map(({ id }) => id)
  .filter((id, i, ids) => ids.indexOf(id) < i).map((id) => 'id comes twice: ' + id)`
