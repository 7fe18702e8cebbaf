import { unlink } from 'node:fs/promises'
import { Hono } from 'hono'
import { refuse } from '../../errors.ts'
import type { Ctx, Env } from '../../http/context.ts'
import { uploadToken } from '../api-tokens/guards.ts'
import { takeQuickHit } from '../limits/limits.ts'
import { receiveForm } from './receive.ts'
import type { ReceivedForm } from './received-form.ts'
import { publishFile } from './uploads.ts'

/** Both spellings answer, since clients give up on a redirect (standards.md §3.1). */
export const uploadRoutes = new Hono<Env>().post('/legacy', uploadToken, (c) => upload(c)).post('/legacy/', uploadToken, (c) => upload(c))

async function upload(c: Ctx): Promise<Response> {
  const { app, uploader } = c.var
  takeQuickHit(app, uploader, 'upload', uploader.user_id)
  const form = await receiveForm(app, c.env.incoming ?? refuse('upload_unreadable'))
  try {
    refuseOtherActions(form, c.req.query(':action'))
    const { isNew, warning = '' } = await publishFile(app, uploader, form)
    if (!isNew) await discard(form)
    return c.text(warning)
  } catch (error) {
    await discard(form)
    throw error
  }
}

/** Its file may be gone already: what is published was moved into the store. */
async function discard({ file }: ReceivedForm): Promise<void> {
  if (file) await unlink(file.path).catch(() => undefined)
}

/** UP-03, UP-04: what old clients ask for is gone; clients send the action anywhere in the body, or in the address. */
function refuseOtherActions({ fields }: ReceivedForm, asked: string | undefined): void {
  const action = fields.get(':action')?.[0] ?? asked
  if (action === 'file_upload') return
  if (action === 'submit' || action === 'submit_pkg_info' || action === 'doc_upload') refuse('upload_gone')
  refuse('file_refused', { problems: [{ rule: 'form-action', text: 'The field :action must be file_upload.' }] })
}
