import { serveTasks } from '../../workers/pool.ts'
import { judge } from './archive-checks.ts'
import type { InspectionTask } from './inspector.ts'

serveTasks(({ path, filename }: InspectionTask) => judge(path, filename))
