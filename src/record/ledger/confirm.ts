import { isEhrReference } from '../../foundation/ehr-id.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import type { Mismatch } from './chart-reader.ts';
import { decideRow, evidenceOf, makeDue, notAsked, refused, rowBefore } from './decide-row.ts';
import { type LedgerKey, type LedgerRow, type LedgerState, noReason } from './ledger-row.ts';

export interface ConfirmRow extends LedgerKey {
  /** Where the person found it in the EHR: `DocumentReference/42`. */
  readonly reference: string;
  /** How that is known; kept as evidence. */
  readonly reason?: string;
  /** Who says so. */
  readonly by?: string;
}

/**
 * A person says that what was sent without an answer stands in the EHR, and where. It is read there first: what is
 * written next goes over it, so it must be of the row's type, bear its identifier or mark, and be about its patient. What
 * was wanted since is sent as an update to it.
 * @throws `unknown-artefact`, `invalid-request`, `not-supported` unless it is unknown or under review, `place-mismatch` when
 *   something else stands there, `ehr-unreachable` when it cannot be read now
 */
export async function confirmRow(record: HomeworkRecord, tenantId: string, command: ConfirmRow): Promise<LedgerRow> {
  const { reference } = command;
  if (!isEhrReference(reference)) {
    const problem = 'is not a relative reference such as Task/17';
    throw new IntersessionError(
      'invalid-request',
      { issues: [{ path: 'reference', problem }] },
      `reference ${problem}.`,
    );
  }
  const before = await rowBefore(record, tenantId, command);
  checkState(before.state);
  const version = await readPlace(record, tenantId, command);
  return decideRow(record, tenantId, command, {
    verb: 'confirm',
    detail: evidenceOf(version === undefined ? command : { ...command, reference: `${reference} version ${version}` }),
    decide: async (tx, row, now) => {
      checkState(row.state);
      if (row.sent !== before.sent) throw refused('confirm', 'it was sent again meanwhile');
      await tx.query(
        `update ledger set ehr_reference = $4, ehr_version = $6, landed = greatest(landed, sent), landed_at = $5::timestamptz,
           state = case when wanted > greatest(landed, sent) then 'pending' else 'landed' end, ${noReason}, waiting_since = null
         where tenant = $1 and artefact = $2 and id = $3`,
        [tenantId, row.artefact, row.id, reference, now, version],
      );
      await makeDue(tx, tenantId, row.groupId, now);
    },
  });
}

function checkState(state: LedgerState): void {
  if (state !== 'unknown' && state !== 'awaiting-review') throw refused('confirm', `it is ${state}`);
}

/** @returns the version that stands there, where the EHR says one */
async function readPlace(
  record: HomeworkRecord,
  tenantId: string,
  { artefact, id, reference }: ConfirmRow,
): Promise<string | undefined> {
  const place = await record.chart.placeOf(tenantId, { artefact, id }, reference);
  switch (place.answer) {
    case 'own':
      return place.version;
    case 'unreachable':
      throw notAsked(tenantId, 'confirm');
    case 'unreadable':
      throw refused('confirm', `the EHR does not let this service read ${reference}`);
    case 'absent':
      throw mismatch(reference, ['absent']);
    default:
      throw mismatch(reference, place.differs);
  }
}

const words: Readonly<Record<Mismatch | 'absent', string>> = {
  absent: 'nothing stands there',
  type: 'it is of another type than this lands as',
  identifier: 'it bears neither the identifier nor the mark of this',
  patient: 'it is not about the patient of this',
};

function mismatch(reference: string, differs: readonly (Mismatch | 'absent')[]): IntersessionError {
  const because = differs.map((differ) => words[differ]).join('; ');
  return new IntersessionError('place-mismatch', { reference, differs }, `Cannot confirm ${reference}: ${because}.`);
}
