import { afterAll, beforeAll, expect, it } from 'vitest';
import { unheldTexts } from '../../src/foundation/plain-text.ts';
import { rebuildLedger } from '../../src/record/ledger/rebuild-ledger.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsPlan } from './sarah-case.ts';

let test: TestRecord;
beforeAll(async () => {
  test = await openTestRecord();
}, 30_000);
afterAll(() => test.close());

const ask = async <Row>(sql: string) => (await test.database.query<Row>(sql)).rows;

it('sends out a plan that an earlier version has stored with a control character, once the ledger is rebuilt', async () => {
  const { planId } = await createPlan(test.record, 'north', {
    ...sarahsPlan,
    title: 'Speak up\u000bin meetings\u0007',
  });
  const content = () => ask<{ content: { title?: string } }>(`select content from resource where type = 'CarePlan'`);
  expect((await content())[0]?.content.title).toBe('Speak up\nin meetings');
  // as it stood before: the resource as it was told, its row refused by the EHR
  const stuck = JSON.stringify('Speak up\u000bin meetings\u0007');
  await test.database.query(
    `update resource set digest = 'of then', content = replace(content::text, $1, $2)::json where type = 'CarePlan'`,
    ['"Speak up\\nin meetings"', stuck],
  );
  await test.database.query(`update ledger set state = 'rejected' where artefact = 'plan' and id = $1`, [planId]);
  expect([...unheldTexts(await content())]).toHaveLength(1);
  expect(await rebuildLedger(test.record, 'north')).toMatchObject({ resources: 1, wanted: 1 });
  expect([...unheldTexts(await content())]).toEqual([]);
  expect(await ask(`select state from ledger where artefact = 'plan'`)).toEqual([{ state: 'pending' }]);
});
