import { z } from 'zod';
import type { BackendClient } from './backend-client.ts';
import { UsageError } from './usage-error.ts';

const heldSchema = z.looseObject({
  patientId: z.string(),
  state: z.string(),
  survivorId: z.string().nullable(),
  plans: z.number(),
  waiting: z.number(),
});
const confirmedSchema = z.looseObject({
  patientId: z.string(),
  survivorId: z.string(),
  confirmedBy: z.string(),
  confirmedAt: z.string(),
  plans: z.number(),
  artefacts: z.number(),
});
const pageSchema = z.object({ held: z.array(heldSchema), confirmed: z.array(confirmedSchema) });

/** What `ledger merge` is told. */
export interface MergeWords {
  readonly patient?: string | undefined;
  readonly into?: string | undefined;
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
  readonly json?: boolean | undefined;
}

/** @throws UsageError that names what is missing */
export function checkMerge({ patient, into, by, reason }: MergeWords): void {
  if (patient === undefined) throw new UsageError('name the PATIENT who was merged');
  if (into === undefined) throw new UsageError('merge needs --into SURVIVOR');
  if (by === undefined) throw new UsageError('merge needs --by Practitioner/ID');
  if (reason === undefined) throw new UsageError('merge needs --reason');
}

/** Prints patients whose homework waits because of how they stand in the EHR, and the merges that people confirmed. */
export async function listMerges(api: BackendClient, json: boolean): Promise<number> {
  const { held, confirmed } = pageSchema.parse((await api.request('GET', '/api/v1/merges')).body);
  if (json) {
    console.log(JSON.stringify({ held, confirmed }, null, 2));
    return 0;
  }
  if (held.length === 0)
    console.log('As far as the EHR was last read, no patient with homework is merged, inactive or gone there.');
  for (const { patientId, state, survivorId, plans, waiting } of held) {
    const into = survivorId === null ? '' : ` into ${survivorId}`;
    console.log(
      `${state.padEnd(9)} ${patientId}${into}  ${plans === 1 ? '1 plan' : `${plans} plans`}, ${waiting === 1 ? '1 row' : `${waiting} rows`} not landed`,
    );
  }
  for (const { patientId, survivorId, confirmedBy, confirmedAt, plans } of confirmed) {
    console.log(
      `confirmed ${patientId} into ${survivorId}  ${plans === 1 ? '1 plan' : `${plans} plans`}, by ${confirmedBy} at ${confirmedAt}`,
    );
  }
  return 0;
}

/** Confirms a merge, and prints what was moved. */
export async function confirmMerge(
  api: BackendClient,
  { patient = '', into, by, reason, json }: MergeWords,
): Promise<number> {
  const body = { survivorId: into, by, reason };
  const answer = await api.request('POST', `/api/v1/merges/${encodeURIComponent(patient)}/confirm`, body);
  const { plans, artefacts } = confirmedSchema.parse(answer.body);
  console.log(
    json === true
      ? JSON.stringify(answer.body)
      : `merge: ${patient} into ${into}; ${plans === 1 ? '1 plan' : `${plans} plans`} moved, ${artefacts === 1 ? '1 artefact is' : `${artefacts} artefacts are`} on the way to the EHR`,
  );
  return 0;
}
