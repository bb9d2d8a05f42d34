import { chartReader } from '../../src/delivery/chart-reader.ts';
import { type CheckRun, runCheck } from '../../src/delivery/check/run-check.ts';
import type { HomeworkRecord } from '../../src/record/homework-record.ts';
import { type CheckView, showCheck } from '../../src/record/ledger/check/show-check.ts';
import { type StartCheck, startCheck } from '../../src/record/ledger/check/start-check.ts';
import { openRecord } from '../../src/record/open-record.ts';
import type { DeliveryBench } from './open-delivery.ts';

/** Checks of a bench's ledger, as the service does them. */
export interface CheckBench {
  readonly record: HomeworkRecord;
  /** One check from its beginning to its end. */
  check(command?: StartCheck): Promise<CheckView>;
  /** Does what is due or asked for, as far as it goes. */
  run(page?: number, stopped?: () => boolean): Promise<CheckRun>;
  show(): Promise<CheckView>;
}

export function checkBench({ database, clock, tenant, ehr }: DeliveryBench, given?: HomeworkRecord): CheckBench {
  const record =
    given ??
    openRecord({
      ...{ database, clock, publicUrl: 'https://homework.example', responseSecret: 'only-for-tests' },
      tenants: [{ id: tenant.id, name: 'Clinic', timeZone: 'UTC', language: 'en', sandbox: false }],
      chart: chartReader({ database, ehrs: new Map([[tenant.id, ehr]]) }),
    });
  const run: CheckBench['run'] = (page = 3, stopped = () => false) =>
    runCheck({ record, ehr, page, random: () => 0.5, stopped });
  const show = () => showCheck(record, tenant.id, { count: 200 });
  return {
    record,
    run,
    show,
    async check(command = {}) {
      await startCheck(record, tenant.id, command);
      const came = await run();
      if (came !== 'finished') throw new Error(`the check was ${came}`);
      return show();
    },
  };
}

/** What was found, as `assignment/<id> missing`. */
export const found = ({ differences }: CheckView): string[] =>
  differences.map(({ artefact, id, kind }) => `${artefact}/${id} ${kind}`).sort();
