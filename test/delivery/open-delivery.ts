import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Carrier } from '../../src/delivery/carrier.ts';
import { type Delivery, startDelivery } from '../../src/delivery/deliver.ts';
import type { EhrTenant } from '../../src/ehr/ehr-tenant.ts';
import { type Ehr, openEhr } from '../../src/ehr/open-ehr.ts';
import type { Database } from '../../src/record/database/database.ts';
import { probeStore } from '../../src/record/store/probe-store.ts';
import { type LedgerState, ledgerOf, type SeededArtefact, verifiedPatient, wantArtefacts } from './seed-record.ts';

/** A machine clock in the test's hands: real time does not pass, so backoff and leases end only when told. */
export class TestClock {
  private at: number;
  constructor(at = '2026-03-02T15:00:00.000Z') {
    this.at = Date.parse(at);
  }
  now(): Date {
    return new Date(this.at);
  }
  advance(ms: number): void {
    this.at += ms;
  }
}

/** Delivery of one tenant to an EHR. */
export class DeliveryBench {
  readonly database: Database;
  readonly clock: TestClock;
  readonly logged: string[] = [];
  readonly reached: string[] = [];
  ehr: Ehr;
  delivery: Delivery | undefined;
  onReach: (point: string) => void = () => {};
  /** Who is signed in with the patient open. */
  people: readonly Carrier[] = [];
  readonly tenant: EhrTenant;

  private constructor(database: Database, clock: TestClock, tenant: EhrTenant, ehr: Ehr) {
    this.database = database;
    this.clock = clock;
    this.tenant = tenant;
    this.ehr = ehr;
  }

  /** On `store`, as a tenant of its own, so that tests of one file can share a database. */
  static async open(
    store: Database,
    base: string,
    more: Partial<EhrTenant> = {},
    options: { clock?: TestClock; privateJwk?: JWK; timeoutMs?: number } = {},
  ): Promise<DeliveryBench> {
    const clock = options.clock ?? new TestClock();
    const tenant: EhrTenant = {
      id: `t-${randomUUID()}`,
      fhirBase: base,
      vendor: 'generic',
      auth: 'none',
      limits: {},
      ...more,
    };
    const ehr = await openTestEhr(tenant, clock, store, options.privateJwk, options.timeoutMs);
    const bench = new DeliveryBench(store, clock, tenant, ehr);
    await verifiedPatient(store, tenant.id, clock.now());
    return bench;
  }

  /** Nothing is delivered until it is asked for. */
  async rest(): Promise<void> {
    await this.delivery?.stop();
    this.delivery = undefined;
  }

  /** Forgets everything, as if our database had been lost. */
  async lose(): Promise<void> {
    await this.rest();
    for (const table of ['attempt', 'ledger', 'landing_group', 'search_value', 'resource', 'report', 'plan']) {
      await this.database.query(`delete from ${table} where tenant = $1`, [this.tenant.id]);
    }
  }

  want(planId: string, artefacts: readonly SeededArtefact[], patientId?: string): Promise<void> {
    return wantArtefacts(this.database, this.tenant.id, planId, artefacts, this.clock.now(), patientId);
  }

  start(): Delivery {
    const logger = (level: string) => (fields: object, message: string) => {
      this.logged.push(JSON.stringify({ level, ...fields, message }));
    };
    this.delivery = startDelivery({
      database: this.database,
      ehrs: new Map([[this.tenant.id, this.ehr]]),
      clock: this.clock,
      logger: { info: logger('info'), warn: logger('warn'), error: logger('error') },
      reach: (point) => {
        this.reached.push(point);
        this.onReach(point);
      },
      random: () => 0.5,
      people: { carriersFor: async () => this.people },
    });
    return this.delivery;
  }

  /** Delivers until the n-th answer, and dies there: nothing of that attempt is recorded, its lease runs out. */
  async crashAtAnswer(n: number): Promise<void> {
    let answers = 0;
    this.onReach = (point) => {
      if (point !== 'delivery:before-complete') return;
      answers += 1;
      if (answers >= n) throw new Error('killed');
    };
    await (this.delivery ?? this.start()).idle();
    await this.delivery?.stop();
    this.delivery = undefined;
    this.onReach = () => {};
    this.clock.advance(60_000);
  }

  /** Delivers what is due now, then lets time pass and does so again, until nothing is left to come back to. */
  async deliver(rounds = 12): Promise<Map<string, LedgerState>> {
    const delivery = this.delivery ?? this.start();
    for (let round = 0; round < rounds; round += 1) {
      await delivery.idle();
      const { rows } = await this.database.query<{ due: number }>(
        'select count(*)::int as due from landing_group where due and tenant = $1',
        [this.tenant.id],
      );
      if (rows[0]?.due === 0) break;
      this.clock.advance(10 * 60_000);
    }
    return this.ledger();
  }

  ledger(): Promise<Map<string, LedgerState>> {
    return ledgerOf(this.database, this.tenant.id);
  }

  async close(): Promise<void> {
    await this.delivery?.stop();
    await this.ehr.close();
  }
}

/** An EHR connection, with a throw-away key unless one is given. */
export async function openTestEhr(
  tenant: EhrTenant,
  clock: { now(): Date },
  database: Database,
  privateJwk?: JWK,
  timeoutMs = 2000,
): Promise<Ehr> {
  const signingKey = { kid: privateJwk?.kid ?? 'test', privateJwk: privateJwk ?? (await newPrivateJwk()) };
  return openEhr(tenant, { signingKey, clock, store: probeStore(database), timeoutMs });
}

export async function newPrivateJwk(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES384', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: 'test', alg: 'ES384', use: 'sig' };
}
