import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import type { Database } from '../../src/record/database/database.ts';
import { type Asked, FakeEhr, type RawAnswer } from '../delivery/fake-ehr.ts';
import { DeliveryBench } from '../delivery/open-delivery.ts';
import { seededPlan } from '../delivery/seed-record.ts';
import { openTestDatabase } from '../record/open-test-database.ts';

/** Answers that people reported of FHIR servers and of what stands before them, as they were or nearly so. */
const replays = z
  .array(
    z.object({
      ...{
        name: z.string(),
        source: z.string(),
        interaction: z.enum(['create', 'transaction', 'read']),
        status: z.number(),
      },
      ...{ headers: z.record(z.string(), z.string()), body: z.string().optional(), entry: z.unknown().optional() },
      /** The EHR was never asked. */
      instead: z.boolean().optional(),
      /** Attempts after which it has landed. */
      rounds: z.number(),
    }),
  )
  .parse(
    JSON.parse(readFileSync(new URL('../fixtures/outside/answers-of-fhir-servers.json', import.meta.url), 'utf8')),
  );

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

it.each(replays.map((replay) => [replay.name, replay] as const))('%s', async (_name, replay) => {
  const { interaction, status, headers, body, entry, instead = false, rounds } = replay;
  const fake = await FakeEhr.start({ transaction: interaction === 'transaction', batch: false });
  const bench = await DeliveryBench.open(database, fake.base);
  const answer = (asked: Asked): RawAnswer => {
    const fill = (text: string) => filled(text, asked, fake);
    const filledHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)]));
    const count = (asked.sent as { entry?: object[] } | undefined)?.entry?.length ?? 0;
    const bundle = { resourceType: 'Bundle', type: 'transaction-response', entry: new Array(count).fill(entry) };
    return { status, headers: filledHeaders, body: entry === undefined ? fill(body ?? '') : JSON.stringify(bundle) };
  };
  try {
    const plan = seededPlan();
    const step = (description: string) => plan.task('assignment', plan.first, { description });
    await bench.want(plan.planId, interaction === 'transaction' ? plan.artefacts : [step('watch')]);
    if (interaction === 'read') {
      await bench.deliver();
      await bench.want(plan.planId, [step('changed')]);
    }
    let left = interaction === 'read' || rounds > 1 ? 1 : 5;
    fake.fault = (method, path) => {
      const asked = method === 'POST' ? (path === '' ? 'transaction' : 'create') : path.includes('Task/') ? 'read' : '';
      if (left === 0 || asked !== interaction) return { type: 'none' };
      left -= 1;
      return { type: 'answer', after: !instead, make: answer };
    };
    const wanted = interaction === 'transaction' ? plan.artefacts.length : 1;
    const ledger = [...(await bench.deliver(rounds)).values()];
    expect(ledger.map((row) => [row.state, fake.stored.has(row.ehr_reference ?? '')])).toEqual(
      new Array(wanted).fill(['landed', true]),
    );
    expect(fake.writes.filter((line) => line.startsWith('create'))).toHaveLength(wanted);
    expect(await bench.ehr.corrections()).toEqual([]);
  } finally {
    await bench.close();
    await fake.close();
  }
});

/** With where it stands in the EHR that was asked. */
function filled(text: string, { genuine }: Asked, fake: FakeEhr): string {
  const [type = '', id = '', , version = ''] = (genuine?.headers.location ?? '').split('/');
  const stored = fake.stored.get(`${type}/${id}`);
  return text
    .replaceAll('{resource}', JSON.stringify(stored))
    .replaceAll('{base}', fake.base)
    .replaceAll('{type}', type)
    .replaceAll('{id}', id)
    .replaceAll('{version}', version);
}
