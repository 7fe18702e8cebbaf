import { renderDescription } from '../../lib/description.ts'
import { serveTasks } from '../../workers/pool.ts'
import type { RenderTask } from './render.ts'

serveTasks(({ text, contentType }: RenderTask) => renderDescription(text, contentType))
