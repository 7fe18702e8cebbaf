import type { Config } from '../../config.ts'
import type { Database } from '../../db/database.ts'
import type { SimpleType } from '../../lib/accept.ts'
import { boundedCache } from '../../lib/bounded-cache.ts'
import { type Instant, seconds } from '../../lib/time.ts'
import { type IndexPage, packIndexPage } from './answer.ts'
import { projectHtml, projectJson } from './documents.ts'
import { openProjectList } from './project-list.ts'
import { findListedProject, findSerial, listChangedNames } from './queries.ts'

/** Index pages in memory, by normalized project name; the name of the list of all projects is empty. */
export interface IndexPages {
  get(name: string, type: SimpleType): IndexPage | undefined
  /** Makes the page, unless it is being made already, and keeps it. Nothing if there is no such project. */
  load(db: Database, name: string, type: SimpleType): Promise<IndexPage | undefined>
  /** To be called when a change to the project was committed. The list of all projects goes too. */
  forget(name: string): void
  /** Asks the database what other processes have changed, and forgets that. */
  refresh(db: Database, now: Instant): Promise<void>
  /**
   * Whether that was asked within the last second: so far may this process lag behind others. In the second half of it, one
   * caller is told no, and so asks for all.
   */
  isFresh(now: Instant): boolean
}

/** `most`: how many bytes of pages are kept. */
export function openIndexPages(config: Config, most = 256 * 1024 * 1024): IndexPages {
  const pages = boundedCache<IndexPage>(most)
  const loads = new Map<string, Promise<IndexPage | undefined>>()
  let list = openProjectList(config)
  let seen: number | undefined
  let fresh_until = 0
  let ask_at = 0

  /** What is being loaded may be from before the change: it loses its place, and so is never kept. */
  function drop(key: string): void {
    pages.delete(key)
    loads.delete(key)
  }

  function forget(name: string): void {
    for (const type of types) drop(keyOf(name, type))
    if (name !== '') forget('')
  }

  async function load(db: Database, name: string, type: SimpleType): Promise<IndexPage | undefined> {
    const key = keyOf(name, type)
    const making = loads.get(key) ?? (name === '' ? list.load(db, type) : render(db, config, name, type))
    loads.set(key, making)
    try {
      const page = await making
      if (page && loads.get(key) === making) pages.set(key, page, page.bytes)
      return page
    } finally {
      if (loads.get(key) === making) loads.delete(key)
    }
  }

  async function refresh(db: Database, now: Instant): Promise<void> {
    const from = seen
    const serial = await findSerial(db)
    if (from !== undefined && serial < from) list = openProjectList(config)
    if (from === undefined || serial < from) [...pages.keys(), ...loads.keys()].forEach(drop)
    else if (serial > from) ['', ...(await listChangedNames(db, from))].forEach(forget)
    seen = serial
    fresh_until = now + seconds(1)
    ask_at = now + seconds(0.5)
  }

  function isFresh(now: Instant): boolean {
    if (now < ask_at) return true
    ask_at = fresh_until
    return false
  }

  return { get: (name, type) => pages.get(keyOf(name, type)), load, forget, refresh, isFresh }
}

const types = ['json', 'html', 'text'] as const satisfies SimpleType[]

const keyOf = (name: string, type: SimpleType): string => `${type} ${name}`

async function render(db: Database, config: Config, name: string, type: SimpleType): Promise<IndexPage | undefined> {
  const project = await findListedProject(db, name)
  if (!project) return undefined
  const text = type === 'json' ? projectJson(project, config.files_url) : projectHtml(project, config.files_url)
  return packIndexPage(config, type, project.serial, text)
}
