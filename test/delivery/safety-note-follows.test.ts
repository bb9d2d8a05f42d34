import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { projectSignal } from '../../src/fhir/project-signal.ts';
import type { SafetySignal } from '../../src/homework/safety/safety-signal.ts';
import type { Database } from '../../src/record/database/database.ts';
import type { TraitName } from '../../src/sandbox/traits.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { FakeEhr } from './fake-ehr.ts';
import type { DeliveryBench } from './open-delivery.ts';
import { DeliveryBench as Bench } from './open-delivery.ts';
import type { SeededArtefact } from './seed-record.ts';
import { openSandboxBench, type SandboxBench } from './with-sandbox.ts';

const context = {
  tenantName: 'Riverside',
  sensitivity: 'MH',
  timeZone: 'America/New_York',
  language: 'en-US',
} as const;
const at = '2026-03-02T15:00:00.000Z';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

function openSignal(): SafetySignal {
  return {
    ...{ id: randomUUID(), patientId: 'sarah', planId: randomUUID(), ordinal: 1, version: 1 },
    ...{ rule: 'self-harm-thoughts', status: 'open', raisedAt: at },
    evidence: [{ at, by: { type: 'person', reference: 'Practitioner/dr-okafor' } }],
  };
}
const closed = (signal: SafetySignal): SafetySignal => ({
  ...{ ...signal, version: signal.version + 1, status: 'closed', closedAt: '2026-03-03T16:00:00.000Z' },
  ...{ closedBy: 'Practitioner/dr-okafor', closeReason: 'Talked it over; safe' },
});
const wanted = (signal: SafetySignal): SeededArtefact[] =>
  projectSignal(signal, context).map((projectedResource) => ({
    ...projectedResource,
    resource: { ...projectedResource.resource },
  }));

type Note = { id: string; relatesTo?: { code: string; target: { reference: string } }[]; content: unknown };
const textOf = ({ content }: Note): string => {
  const [{ attachment }] = content as [{ attachment: { data: string } }];
  return Buffer.from(attachment.data, 'base64').toString('utf8');
};
const firstLine = (note: Note) => textOf(note).split('\n')[0];
const noteRow = async (bench: DeliveryBench, { id }: SafetySignal) => (await bench.ledger()).get(`safety/${id}.note`);

describe('an EHR that takes notes and no updates of them', () => {
  let sandbox: SandboxBench;
  let bench: DeliveryBench;
  afterEach(async () => {
    await bench.close();
    await sandbox.close();
  });

  const notesOf = async ({ id }: SafetySignal): Promise<Note[]> => {
    const found = await bench.ehr.search('DocumentReference', new URLSearchParams({ patient: 'sarah' }));
    if (!found.ok) throw new Error('the notes could not be read');
    const mine = found.resources.filter(({ identifier }) => JSON.stringify(identifier ?? '').includes(id));
    return mine as unknown as Note[];
  };

  it.each<[string, readonly TraitName[], boolean]>([
    ['keeps what relates to what', [], true],
    ['passes over what relates to what', ['note-relations-dropped'], false],
    ['writes references in its own way', ['absolute-references', 'versioned-references'], true],
  ])('that %s gets "closed" in the place of "open", and its first line says so', async (_, traits, related) => {
    sandbox = await openSandboxBench(traits);
    bench = await sandbox.open(database, 'notes-only');
    const signal = openSignal();
    await bench.want(signal.planId, wanted(signal));
    await bench.deliver();
    const first = await noteRow(bench, signal);
    expect(first).toMatchObject({ state: 'landed', landed: 1 });
    await bench.want(signal.planId, wanted(closed(signal)));
    await bench.deliver();
    const second = await noteRow(bench, signal);
    expect(second).toMatchObject({ state: 'landed', landed: 2 });
    expect(second?.ehr_reference).not.toBe(first?.ehr_reference);

    const notes = await notesOf(signal);
    expect(notes).toHaveLength(2);
    const [open, done] = ['OPEN.', 'CLOSED'].map((word) => notes.find((note) => textOf(note).includes(word)));
    if (open === undefined || done === undefined) throw new Error('a note is missing');
    expect(firstLine(open)).toBe('SAFETY SIGNAL from therapy homework (Riverside)');
    expect(firstLine(done)).toMatch(/^REPLACES the note filed \w{3} \d{1,2}, \d{4}, \d{1,2}:\d\d [AP]M, UTC-05:00 \(/);
    expect(firstLine(done)).toContain(`(${first?.ehr_reference})`);
    expect(open.relatesTo).toBeUndefined();
    expect(done.relatesTo?.map(({ code }) => code)).toEqual(related ? ['replaces'] : undefined);
    if (related) expect(done.relatesTo?.[0]?.target.reference).toContain(first?.ehr_reference);
  });

  it('after a lost answer the closing note is found by its own mark, and filed once', async () => {
    sandbox = await openSandboxBench();
    bench = await sandbox.open(database, 'notes-only');
    const signal = openSignal();
    await bench.want(signal.planId, wanted(signal));
    await bench.deliver();
    await bench.want(signal.planId, wanted(closed(signal)));
    await bench.crashAtAnswer(1);
    await bench.deliver();
    expect(await noteRow(bench, signal)).toMatchObject({ state: 'landed', landed: 2 });
    expect(await notesOf(signal)).toHaveLength(2);
  });

  it('a third version follows the second, not the first', async () => {
    sandbox = await openSandboxBench();
    bench = await sandbox.open(database, 'notes-only');
    const signal = openSignal();
    const more = { ...signal, version: 2, evidence: [...signal.evidence, ...signal.evidence] };
    const references: (string | null | undefined)[] = [];
    for (const version of [signal, more, closed(more)]) {
      await bench.want(signal.planId, wanted(version));
      await bench.deliver();
      references.push((await noteRow(bench, signal))?.ehr_reference);
    }
    const last = (await notesOf(signal)).find((note) => textOf(note).includes('CLOSED'));
    expect(last?.relatesTo).toEqual([expect.objectContaining({ target: { reference: references[1] } })]);
  });
});

describe('an EHR without updates that makes a note only where there is none under its identifier', () => {
  let fake: FakeEhr;
  let bench: DeliveryBench;
  afterEach(async () => {
    await bench.close();
    await fake.close();
  });

  it.each([true, false])('still gets the closing note (attachments apart: %s)', async (binaries) => {
    fake = await FakeEhr.start({ types: ['DocumentReference'], transaction: false, batch: false });
    fake.createOnly = true;
    fake.binaries = binaries;
    bench = await Bench.open(database, fake.base);
    const signal = openSignal();
    await bench.want(signal.planId, wanted(signal));
    await bench.deliver();
    await bench.want(signal.planId, wanted(closed(signal)));
    await bench.deliver();
    const texts = fake.all('DocumentReference').map((note) => textOf(note as Note));
    expect(texts.filter((text) => text.includes('CLOSED'))).toHaveLength(1);
    expect(texts).toHaveLength(2);
    expect(await noteRow(bench, signal)).toMatchObject({ state: 'landed', landed: 2 });
  });

  it('does not take the open note for the closing one after our database was lost', async () => {
    fake = await FakeEhr.start({ types: ['DocumentReference'], transaction: false, batch: false });
    fake.createOnly = true;
    bench = await Bench.open(database, fake.base);
    const signal = openSignal();
    await bench.want(signal.planId, wanted(signal));
    await bench.deliver();
    await bench.lose();
    await bench.want(signal.planId, wanted(closed(signal)));
    await bench.deliver();
    const [row, stands] = [
      await noteRow(bench, signal),
      fake.all('DocumentReference').map((note) => textOf(note as Note)),
    ];
    expect(row?.state === 'landed').toBe(stands.some((text) => text.includes('CLOSED')));
  });
});

it('an EHR that updates notes keeps one, which says nothing of another', async () => {
  const fake = await FakeEhr.start({ types: ['DocumentReference'] });
  const bench = await Bench.open(database, fake.base);
  const signal = openSignal();
  await bench.want(signal.planId, wanted(signal));
  await bench.deliver();
  await bench.want(signal.planId, wanted(closed(signal)));
  await bench.deliver();
  const notes = fake.all('DocumentReference') as Note[];
  expect(notes.map((note) => [firstLine(note), note.relatesTo])).toEqual([
    ['SAFETY SIGNAL from therapy homework (Riverside)', undefined],
  ]);
  await bench.close();
  await fake.close();
});
