import { z } from 'zod';
import type { BackendClient } from '../backend-client.ts';
import { reasonSchema } from '../ledger-words.ts';

const rowSchema = z.object({
  artefact: z.string(),
  id: z.string(),
  resourceType: z.string(),
  state: z.string(),
  landing: z.string().nullish(),
  ...reasonSchema,
  ehrReference: z.string().nullish(),
});
const pageSchema = z.object({ rows: z.array(rowSchema), next: z.string().nullish() });

/** One ledger row as the API shows it. */
export type LedgerRow = z.output<typeof rowSchema>;

/** Every ledger row of a plan. */
export async function ledgerOf(api: BackendClient, planId: string): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = [];
  let path: string | undefined = `/api/v1/ledger?${new URLSearchParams({ planId, limit: '200' })}`;
  while (path !== undefined) {
    const page: z.output<typeof pageSchema> = pageSchema.parse((await api.request('GET', path)).body);
    rows.push(...page.rows);
    path = page.next ?? undefined;
  }
  return rows;
}

const pollMs = 250;
/** What only waits, unchanged for so long, waits for a person. */
const stillMs = 3_000;
/** What may still be under way is looked for again by itself; longer than a sandbox tenant's settle time. */
const settledMs = 45_000;

/**
 * Waits until every artefact of the plan has come to rest: it stands somewhere, or nothing but a person moves it.
 * @returns the rows as they stand then, or as they stand when the time is over
 */
export async function awaitDelivery(api: BackendClient, planId: string, timeoutMs: number): Promise<LedgerRow[]> {
  const deadline = Date.now() + timeoutMs;
  let before = '';
  let since = Date.now();
  for (;;) {
    const rows = await ledgerOf(api, planId);
    const moving = rows.filter(({ state }) => !['landed', 'rejected', 'withdrawn'].includes(state));
    if (rows.length > 0 && moving.length === 0) return rows;
    const now = JSON.stringify(moving);
    if (now !== before) [before, since] = [now, Date.now()];
    const unsure = moving.some(({ state }) => state === 'unknown');
    const onlyWaits = rows.length > 0 && moving.every(({ state }) => state === 'waiting' || state === 'unknown');
    if (onlyWaits && Date.now() - since > (unsure ? settledMs : stillMs)) return rows;
    if (Date.now() > deadline) return rows;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
