import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import fc from '../fast-check.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { FakeEhr, type FakeOffer } from './fake-ehr.ts';
import { DeliveryBench } from './open-delivery.ts';
import {
  carryOut,
  type Deployment,
  deploymentOn,
  lose,
  markOf,
  ownedTables,
  patients,
  steps,
} from './random-patients.ts';

// `npm run test:full` runs 10,000 of them
const sequences = Number(process.env.ONE_PATIENT_SEQUENCES ?? 60);
const seed = Number(process.env.ONE_PATIENT_SEED ?? 20_260_302);

const everything = ['CarePlan', 'Task', 'QuestionnaireResponse', 'Observation', 'Communication', 'DocumentReference'];
const offers: [string, Partial<FakeOffer>][] = [
  ['transactions and conditional create', {}],
  ['single writes, searched by identifier', { transaction: false, batch: false, conditionalCreate: false }],
  [
    'single writes, searched by patient',
    { transaction: false, batch: false, conditionalCreate: false, searchByIdentifier: false },
  ],
  ['notes and observations', { transaction: false, types: ['Observation', 'DocumentReference', 'Flag'] }],
];

const databases: Database[] = [];
beforeAll(async () => {
  databases.push(await openTestDatabase(), await openTestDatabase());
});
afterAll(async () => {
  for (const database of databases) await database.close();
});

// biome-ignore lint/suspicious/noExplicitAny: a foreign server's own loose view of resources
const subjectOf = (resource: any): string => String((resource.subject ?? resource.for)?.reference);

describe.each(offers)('two deployments, three sources and five patients on an EHR with %s', (name, offer) => {
  const own = seed + offers.findIndex(([offer]) => offer === name);
  it(
    'never change whose anything is, and nobody’s words stand under another',
    async () => {
      const fake = await FakeEhr.start({ types: [...everything, 'Flag', 'Goal'], ...offer });
      const open = async (database: Database): Promise<Deployment> =>
        deploymentOn(database, await DeliveryBench.open(database, fake.base, { id: 'north' }));
      const deployments = [await open(databases[0] as Database), await open(databases[1] as Database)] as const;
      const moved: string[] = [];
      fake.onStore = (before, after) => {
        if (before !== undefined && subjectOf(before) !== subjectOf(after)) {
          moved.push(`${after.resourceType}/${after.id}: ${subjectOf(before)} → ${subjectOf(after)}`);
        }
      };
      let taken = 0;
      let refused = 0;
      let landed = 0;
      try {
        await fc.assert(
          fc.asyncProperty(steps, async (sequence) => {
            const owners = [new Map<string, string>(), new Map<string, string>()] as const;
            fake.stored.clear();
            moved.length = 0;
            for (const deployment of deployments) await lose(deployment);
            for (const step of sequence) {
              const deployment = deployments[step.at];
              if (step.type === 'lose') {
                await lose(deployment);
                owners[step.at].clear();
              } else if (step.type === 'deliver') await deliver(deployment);
              else if (step.type !== 'command') continue;
              else if (await carryOut(deployment, step)) taken += 1;
              else refused += 1;
              await sameOwners(deployment, owners[step.at]);
            }
            for (const deployment of deployments) {
              await deliver(deployment);
              await ownWordsOnly(deployment);
            }
            landed += fake.stored.size;
            expect(moved).toEqual([]);
            for (const resource of fake.stored.values())
              expectOwn(subjectOf(resource).slice('Patient/'.length), resource);
          }),
          { numRuns: Math.ceil(sequences / offers.length), seed: own, endOnFailure: sequences > 1000 },
        );
      } finally {
        for (const { bench } of deployments) await bench.close();
        await fake.close();
      }
      console.log(`seed ${own}: ${taken} commands taken, ${refused} refused, ${landed} resources in the EHR`);
      expect(taken).toBeGreaterThan(refused);
      expect(landed).toBeGreaterThan(sequences / offers.length);
    },
    // as many as are asked for
    Math.max(60_000, sequences * 500),
  );
});

/** Delivers what is due now; a few minutes pass, in which what the EHR said of itself holds. */
async function deliver({ bench }: Deployment): Promise<void> {
  await bench.deliver(1);
  bench.clock.advance(-4 * 60_000);
}

/** No row's patient is another than when it was first seen. */
async function sameOwners({ database, bench }: Deployment, owners: Map<string, string>): Promise<void> {
  const each = ownedTables.map(
    (table) =>
      `select '${table}/' || ${table === 'resource' ? "type || '/' ||" : table === 'ledger' ? "artefact || '/' ||" : ''} id as name, patient_id from ${table} where tenant = $1`,
  );
  const { rows } = await database.query<{ name: string; patient_id: string }>(each.join(' union all '), [
    bench.tenant.id,
  ]);
  for (const { name, patient_id } of rows) {
    const before = owners.get(name);
    if (before === undefined) owners.set(name, patient_id);
    else if (before !== patient_id) expect.fail(`${name} was ${before}’s and is ${patient_id}’s`);
  }
}

/** What is held under a patient says nothing of another. */
async function ownWordsOnly({ database, bench }: Deployment): Promise<void> {
  const bodies = ['plan', 'assignment', 'occurrence', 'log', 'barrier', 'feedback', 'report', 'safety_signal']
    .map((table) => `select patient_id, body::text as text from ${table} where tenant = $1`)
    .join(' union all ');
  const { rows } = await database.query<{ patient_id: string; text: string }>(
    `${bodies} union all select patient_id, content::text as text from resource where tenant = $1
     union all select r.patient_id, s.value as text from search_value s
       join resource r on r.tenant = s.tenant and r.type = s.type and r.id = s.id where s.tenant = $1 and s.value is not null`,
    [bench.tenant.id],
  );
  for (const { patient_id, text } of rows) expectOwn(patient_id, text);
}

function expectOwn(patientId: string, held: unknown): void {
  expect(patients).toContain(patientId);
  const text = decoded(typeof held === 'string' ? held : JSON.stringify(held));
  for (const other of patients) {
    if (other === patientId) continue;
    if (text.includes(markOf(other)) || text.includes(`Patient/${other}"`)) {
      expect.fail(`under ${patientId} stands something of ${other}: ${text.slice(0, 400)}`);
    }
  }
}

/** Attachments are read as well. */
function decoded(text: string): string {
  const data = [...text.matchAll(/"data":\s*"([A-Za-z0-9+/=]+)"/g)].map(([, data64]) =>
    Buffer.from(data64 ?? '', 'base64').toString('utf8'),
  );
  return [text, ...data].join('\n').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
}
