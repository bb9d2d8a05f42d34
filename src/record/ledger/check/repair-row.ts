import { hasCode } from '../../../foundation/intersession-error.ts';
import type { FindingKind } from '../../../homework/ledger/finding-kind.ts';
import type { HomeworkRecord } from '../../homework-record.ts';
import { decideRow, evidenceOf, makeDue, refused } from '../decide-row.ts';
import { noReason } from '../ledger-row.ts';
import type { ClaimedCheck } from './claim-check.ts';
import type { Finding } from './difference.ts';

interface Repair {
  /** What the ledger row becomes; `$4` is `value`. */
  readonly set: string;
  readonly value?: (finding: Finding) => string | null;
  /** Whether its group goes out at once; else whether a person must look at it. */
  readonly next: 'send' | 'tell' | 'leave';
  readonly says: string;
}

const writeAnew: Repair = {
  ...{ set: `state = 'pending', wanted = wanted + 1`, next: 'send', says: 'written anew over what stands there' },
};
const noMoreLanded: Repair = {
  set: `state = 'unknown', reason = null, reason_code = 'place-taken', reason_detail = $4`,
  value: ({ reference, kind }) => JSON.stringify({ place: reference, by: kind }),
  next: 'tell',
  says: 'counts as landed no more; a person decides',
};
const repairs: Readonly<Partial<Record<FindingKind, Repair>>> = {
  missing: {
    // the rules of "retry --not-there": where it stood is forgotten
    set: `state = 'pending', ${noReason}, waiting_since = null, ehr_reference = null, ehr_version = null, landed = 0, last_status = null`,
    ...{ next: 'send', says: 'wanted there again' },
  },
  altered: writeAnew,
  status: writeAnew,
  'newer-version': {
    ...{
      set: 'ehr_version = $4',
      value: ({ version }) => version,
      next: 'leave',
      says: 'its version was taken over',
    },
  },
  refiled: {
    set: 'ehr_reference = $4, ehr_version = null',
    value: ({ others }) => others[0] ?? null,
    ...{ next: 'leave', says: 'its place was taken over' },
  },
  'other-patient': noMoreLanded,
  'other-resource': noMoreLanded,
};

/**
 * Repairs what a check found, by the word of whoever asked for the repair. Nothing is ever deleted in the EHR, and what
 * somebody there marked as a mistake, signed, or filed twice is left to a person.
 * @returns what was done; undefined: nothing
 */
export async function repairRow(
  record: HomeworkRecord,
  tenantId: string,
  { check, finding }: { readonly check: ClaimedCheck; readonly finding: Finding },
): Promise<string | undefined> {
  const { artefact, id, kind, reference, repairable } = finding;
  const repair = repairs[kind];
  if (!repairable || repair === undefined) return undefined;
  const { set, value, next, says } = repair;
  const [reason, by] = [check.reason ?? undefined, check.startedBy ?? undefined];
  const key = { artefact, id };
  try {
    await decideRow(record, tenantId, key, {
      verb: 'repair',
      detail: evidenceOf({ reference: `${kind}, ${says}`, reason, by }),
      async decide(tx, row, now) {
        if (row.state !== 'landed' || row.ehrReference !== reference) throw refused('repair', 'it moved on meanwhile');
        const parameters = [tenantId, artefact, id, ...(value === undefined ? [] : [value(finding)])];
        await tx.query(`update ledger set ${set} where tenant = $1 and artefact = $2 and id = $3`, parameters);
        if (next === 'send') await makeDue(tx, tenantId, row.groupId, now);
        if (next === 'tell') {
          const group = [tenantId, row.groupId];
          await tx.query('update landing_group set attention = true where tenant = $1 and id = $2', group);
        }
        await tx.query(
          `update ledger_difference set repaired = $6
            where tenant = $1 and check_id = $2 and artefact = $3 and id = $4 and kind = $5`,
          [tenantId, check.id, artefact, id, kind, says],
        );
      },
    });
    return says;
  } catch (error) {
    // it is being sent, or was decided otherwise: the next check sees what came of it
    if (hasCode(error, 'not-supported') || hasCode(error, 'unknown-artefact')) return undefined;
    throw error;
  }
}
