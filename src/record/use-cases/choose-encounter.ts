import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { EhrReference } from '../../homework/model.ts';
import { setEncounter } from '../../homework/plan/set-encounter.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { changePlan } from './change-plan.ts';

/**
 * A person names the encounter of a report that waits for one (`encounterRule` ask).
 * @throws `unknown-artefact`, `not-supported` when it stands in the chart or is on its way there
 */
export async function chooseEncounter(
  record: HomeworkRecord,
  tenantId: string,
  command: { readonly planId: string; readonly reportId: string; readonly encounter: EhrReference },
): Promise<void> {
  await changePlan(record, tenantId, {
    of: { artefact: 'plan', id: command.planId },
    apply: async (state, _at, { tx }) => {
      await refuseSent(tx, tenantId, command.reportId);
      return setEncounter(state, command);
    },
  });
}

async function refuseSent(tx: Queryable, tenantId: string, reportId: string): Promise<void> {
  const { rows } = await tx.query<{ state: string; landed: number }>(
    `select state, landed from ledger where tenant = $1 and artefact = 'report' and id = $2`,
    [tenantId, reportId],
  );
  const [row] = rows;
  if (row === undefined || (row.landed === 0 && (row.state === 'waiting' || row.state === 'pending'))) return;
  const message = 'The note is in the chart, or on its way there: its encounter can only be corrected in the chart.';
  throw new IntersessionError('not-supported', { what: 'choose an encounter' }, message);
}
