import { z } from 'zod';
import { defined } from '../foundation/defined.ts';
import { nextRepair, personTodo } from '../homework/ledger/repair-of.ts';
import type { BackendClient } from './backend-client.ts';

const checkSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  checked: z.number(),
  differences: z.number(),
  unchecked: z.number(),
  repair: z.boolean(),
  kinds: z.record(z.string(), z.number()),
  problem: z.string().nullable(),
});
const differenceSchema = z.looseObject({
  artefact: z.string(),
  id: z.string(),
  kind: z.string(),
  reference: z.string().nullable(),
  others: z.array(z.string()),
  detail: z.string(),
  repaired: z.string().nullable(),
  meanwhile: z.string().nullish(),
});
const pageSchema = z.object({
  check: checkSchema.nullable(),
  differences: z.array(differenceSchema),
  next: z.string().nullish(),
});
type Page = z.output<typeof pageSchema>;

const path = '/api/v1/ledger/check';

/** What `ledger check` is told. */
export interface CheckWords {
  readonly repair?: boolean | undefined;
  readonly reason?: string | undefined;
  readonly by?: string | undefined;
  readonly json?: boolean | undefined;
  /** Milliseconds between two looks at how far it is. */
  readonly pollMs?: number;
}

/**
 * Has the service check a tenant's ledger, waits for its end and prints what it found.
 * @returns 0 when everything agrees; 1 when something differs or could not be compared, or the EHR cannot be asked now
 */
export async function checkLedger(
  api: BackendClient,
  { repair, reason, by, json, pollMs = 500 }: CheckWords,
): Promise<number> {
  const started = await api.request('POST', path, {
    ...(repair === true ? { repair } : {}),
    ...defined({ reason, by }),
  });
  const { id } = checkSchema.parse(started.body);
  for (;;) {
    const { check } = pageSchema.parse((await api.request('GET', `${path}?limit=1`)).body);
    // another one has begun since: ours came to its end
    if (check === null || check.id !== id || check.state !== 'running') break;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  const { check, differences } = await readAll(api);
  if (json === true) console.log(JSON.stringify({ check, differences }, null, 2));
  else print(check, differences);
  const agrees = check?.state === 'finished' && check.differences === 0 && check.unchecked === 0;
  return agrees ? 0 : 1;
}

async function readAll(api: BackendClient): Promise<Pick<Page, 'check' | 'differences'>> {
  const differences: Page['differences'] = [];
  let check: Page['check'] = null;
  for (let next: string | undefined = `${path}?limit=200`; next !== undefined; ) {
    const page: Page = pageSchema.parse((await api.request('GET', next)).body);
    check = page.check;
    differences.push(...page.differences);
    next = page.next ?? undefined;
  }
  return { check, differences };
}

function print(check: Page['check'], differences: Page['differences']): void {
  for (const difference of differences) {
    const { kind, artefact, id, reference, others, detail, repaired, meanwhile } = difference;
    const where = [reference, ...others].filter((other) => other !== null).join(', ');
    const done = repaired === null ? '' : `; repair: ${repaired}`;
    const since = meanwhile === 'patient-unconfirmed' ? '; its patient is merged or gone there: see ledger merges' : '';
    console.log(`${kind.padEnd(16)} ${artefact.padEnd(11)} ${id}  ${where}  ${detail}${done}${since}`);
    const todo = personTodo(difference);
    if (todo !== undefined) console.log(`  ${todo}`);
  }
  if (check === null) return;
  if (check.state === 'waiting') {
    console.log(`Not done: ${check.problem}. ${rows(check.checked)} checked; it goes on by itself.`);
    return;
  }
  const unchecked = check.unchecked === 0 ? '' : `, and ${check.unchecked} could not be compared`;
  console.log(
    check.differences === 0 && check.unchecked === 0
      ? `${rows(check.checked)} checked: the EHR holds what the ledger says.`
      : `${rows(check.checked)} checked: ${check.differences === 1 ? '1 difference' : `${check.differences} differences`}${unchecked}.`,
  );
  if (check.state !== 'finished') return;
  const offer = nextRepair(check, { differences, more: false });
  if (offer !== undefined) console.log(offers[offer]);
}

const offers = {
  mends: '“ledger check --repair” sends again what is missing, and writes over what was altered.',
  'lets-go':
    '“ledger check --repair” mends none of it: what is not ours to write over then counts as landed no more, and you decide.',
} as const;

const rows = (count: number): string => (count === 1 ? '1 row was' : `${count} rows were`);
