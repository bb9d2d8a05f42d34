import type { Logger } from '../logger.ts';
import type { HomeworkRecord } from '../record/homework-record.ts';
import { sweepPlans } from '../record/use-cases/sweep-plans.ts';

const everyMs = 60_000;

/** Makes time-driven moves now and each minute; a sweep that fails is logged and tried again at the next. */
export function startSweeping(record: HomeworkRecord, logger: Logger): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const sweep = async (): Promise<void> => {
    try {
      const { swept, changed, failed } = await sweepPlans(record);
      if (changed > 0) logger.info({ swept, changed }, 'time moved homework');
      for (const { tenantId, planId, code } of failed)
        logger.error({ tenant: tenantId, planId, code }, 'a plan could not be swept');
    } catch (error) {
      logger.error({ code: error instanceof Error ? error.name : 'unknown' }, 'sweep failed');
    }
  };
  const next = (): void => {
    running = running.then(sweep);
  };
  next();
  const timer = setInterval(next, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
