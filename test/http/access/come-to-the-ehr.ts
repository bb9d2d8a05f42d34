import { storedTypes } from '../../../src/http/fhir/parse-include.ts';
import type { Database } from '../../../src/record/database/database.ts';
import { FakeEhr } from '../../delivery/fake-ehr.ts';
import { DeliveryBench, TestClock } from '../../delivery/open-delivery.ts';

/** Delivers all that the tenant `north` has. @returns every resource that the EHR kept, each version of it, as JSON */
export async function comeToTheEhr(database: Database): Promise<readonly string[]> {
  const types = [...storedTypes].filter((type) => type !== 'Provenance');
  const fake = await FakeEhr.start({ types });
  const kept: string[] = [];
  fake.onStore = (_before, after) => kept.push(JSON.stringify(after));
  await database.query(`update ledger set state = 'pending', last_outcome = null where state = 'rejected'`);
  await database.query(`update landing_group set due = true, next_at = '2026-03-02T16:00:00Z'`);
  const clock = new TestClock('2026-03-02T17:00:00.000Z');
  const bench = await DeliveryBench.open(database, fake.base, { id: 'north' }, { clock });
  await bench.deliver();
  await bench.close();
  await fake.close();
  return kept;
}
