import { beforeEach, describe, expect, it } from 'vitest';
import { unheldTexts } from '../../src/foundation/plain-text.ts';
import { deliveryTests } from './delivery-tests.ts';
import type { FakeEhr } from './fake-ehr.ts';
import type { DeliveryBench } from './open-delivery.ts';
import { seededPlan } from './seed-record.ts';

const tests = deliveryTests();
let fake: FakeEhr;
let bench: DeliveryBench;
beforeEach(async () => {
  ({ fake, bench } = await tests.open({ transaction: false, batch: false }));
});

describe('the words of an EHR that quotes what it refuses', () => {
  it.each([
    ['NUL', 'no such \u0000 value', 'no such  value'],
    ['a bell', 'rang\u0007', 'rang'],
    ['half of a character where it cuts its words', 'well done \ud83d', 'well done '],
    ['a character at the place where we cut them', `${'x'.repeat(587)}😀😀😀😀😀😀😀`, 'x'.repeat(500)],
  ])('stand in the ledger, and hold nothing up: %s', async (_, words, kept) => {
    fake.refuse = (resource) => (resource.resourceType === 'CarePlan' ? words : undefined);
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    await bench.deliver();
    const { rows } = await tests.database.query<{ state: string; last_outcome: string | null }>(
      'select state, last_outcome from ledger where tenant = $1 and artefact = $2',
      [bench.tenant.id, 'plan'],
    );
    expect(rows).toMatchObject([{ state: 'rejected' }]);
    expect(rows[0]?.last_outcome).toContain(kept);
    expect([...unheldTexts(rows)]).toEqual([]);
    // one attempt, not one for each lease that ran out because nothing could be written down
    const asked = fake.requests.filter(({ method, path }) => method !== 'GET' && path.includes('CarePlan'));
    expect(asked.map(({ method }) => method)).toHaveLength(1);
  });
});

describe('a text that an earlier version has stored', () => {
  it.each([
    ['a soft line break', 'Speak\u000bup', 'Speak\nup'],
    ['a bell and a delete', 'Speak\u0007 up\u007f', 'Speak up'],
    ['what only looks like one', 'C:\\u0007 \\ud83d', 'C:\\u0007 \\ud83d'],
  ])('goes out without what an EHR would refuse it for: %s', async (_, title, held) => {
    fake.refuse = (resource) => (unheldTexts(resource).next().done === true ? undefined : 'a control character');
    const plan = seededPlan();
    const artefacts = plan.artefacts.map((artefact) =>
      artefact.artefact === 'plan' ? { ...artefact, resource: { ...artefact.resource, title } } : artefact,
    );
    await bench.want(plan.planId, artefacts);
    await bench.deliver();
    expect(fake.all('CarePlan').map((json) => json.title)).toEqual([held]);
    const { rows } = await tests.database.query('select distinct state from ledger where tenant = $1', [
      bench.tenant.id,
    ]);
    expect(rows).toEqual([{ state: 'landed' }]);
  });
});
