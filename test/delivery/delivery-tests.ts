import { afterAll, afterEach, beforeAll } from 'vitest';
import type { EhrTenant } from '../../src/ehr/ehr-tenant.ts';
import type { Database } from '../../src/record/database/database.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { FakeEhr, type FakeOffer } from './fake-ehr.ts';
import { DeliveryBench } from './open-delivery.ts';

interface OpenedDelivery {
  readonly fake: FakeEhr;
  readonly bench: DeliveryBench;
}

/** What the tests of one file deliver with: a database for all of them, an EHR and a tenant of its own for each. */
export interface DeliveryTests {
  readonly database: Database;
  /**
   * Starts an EHR that offers this, and a delivery to it; both end with the test.
   * @param more.tenant how the connection is set up
   * @param more.set what else the EHR is like, before it is first asked
   */
  open(
    offer?: Partial<FakeOffer>,
    more?: { readonly tenant?: Partial<EhrTenant>; readonly set?: Partial<FakeEhr> },
  ): Promise<OpenedDelivery>;
}

/** Called once, at the top of a file of tests. */
export function deliveryTests(): DeliveryTests {
  let database: Database | undefined;
  const opened: OpenedDelivery[] = [];
  const theDatabase = (): Database => {
    if (database === undefined) throw new Error('no test has begun');
    return database;
  };
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database?.close());
  afterEach(async () => {
    for (const { bench, fake } of opened.splice(0)) {
      await bench.close();
      await fake.close();
    }
  });
  return {
    get database() {
      return theDatabase();
    },
    async open(offer, { tenant, set } = {}) {
      const fake = Object.assign(await FakeEhr.start(offer), set);
      const bench = await DeliveryBench.open(theDatabase(), fake.base, tenant);
      opened.push({ fake, bench });
      return { fake, bench };
    },
  };
}
