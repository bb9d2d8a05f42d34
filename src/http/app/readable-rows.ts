import { defined } from '../../foundation/defined.ts';
import type { Worklist } from '../../record/roster/asked-worklist.ts';
import { listWorklist, type WorklistRow } from '../../record/roster/worklist.ts';
import { seal, unseal } from '../../record/session/seal.ts';
import { invalidCursor } from '../../record/store/keyset-cursor.ts';
import type { AppCall } from './app-route.ts';
import type { KnownPatients } from './known-patients.ts';
import type { Seen } from './roster-row.ts';

/** A page is filled from so many of the record's, where the EHR hides patients; then it is answered as it is, with `next`. */
const mostPasses = 5;

export interface ReadableRow {
  readonly row: WorklistRow;
  readonly sight: Seen;
}

export interface ReadableRows {
  readonly rows: readonly ReadableRow[];
  readonly next?: string;
  readonly unchecked: boolean;
}

/** One page of the list in an order of the record's, of patients whom this user's own token has just been able to read. */
export async function readableRows(
  { record, tenant, session, smart }: AppCall<unknown, unknown>,
  wanted: Worklist,
  { after, count }: { readonly after: string | undefined; readonly count: number },
  patients: KnownPatients,
): Promise<ReadableRows> {
  const rows: ReadableRow[] = [];
  let unchecked = false;
  // where a page ends may be a patient who is hidden: the cursor is opened by nobody but us, in this session
  let from = after === undefined ? undefined : openCursor(smart.sessionKey, session.launchId, after);
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const page = await listWorklist(record, tenant.id, {
      ...wanted,
      count: count - rows.length,
      ...defined({ after: from }),
    });
    const sights = await patients.of(
      session,
      page.rows.map(({ patientId }) => patientId),
    );
    for (const row of page.rows) {
      const sight = sights.get(row.patientId);
      if (sight === undefined) unchecked = true;
      else if (sight.seen !== 'hidden') rows.push({ row, sight });
    }
    from = page.next;
    if (from === undefined || rows.length >= count) break;
  }
  const next = from === undefined ? {} : { next: seal(smart.sessionKey, `roster ${session.launchId}`, from) };
  return { rows, ...next, unchecked };
}

/** @throws `invalid-request` when it is no cursor of this session's */
export function openCursor(key: Uint8Array, launchId: string, cursor: string): string {
  const opened = unseal(key, `roster ${launchId}`, cursor);
  if (typeof opened !== 'string') throw invalidCursor();
  return opened;
}
