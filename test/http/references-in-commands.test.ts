import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countRows } from '../record/open-test-record.ts';
import { type Doors, ehrBase, openDoors } from './open-doors.ts';
import { logBody, planBody, type SentPlan, sendPlan } from './sarah.ts';

/** A reference in a command is of the sort that its field asks for, and leads to the EHR alone. */
let doors: Doors;
let token: string;
let plan: SentPlan;
beforeAll(async () => {
  doors = await openDoors();
  token = await doors.token('north');
  plan = await sendPlan(doors, token);
});
afterAll(() => doors.close());

const elsewhere = 'https://other.example/fhir/Practitioner/dr-okafor';

describe('a reference in a command', () => {
  it.each([
    ['plans', { ...planBody, sourceId: 'r1', author: 'Patient/ada' }, 'author'],
    ['plans', { ...planBody, sourceId: 'r2', author: elsewhere }, 'author'],
    ['plans', { ...planBody, sourceId: 'r3', author: 'Practitioner/dr-okafor/_history/2' }, 'author'],
    ['plans', { ...planBody, sourceId: 'r4', encounter: 'Patient/ada' }, 'encounter'],
    ['plans', { ...planBody, sourceId: 'r5', encounter: `${ehrBase}/Encounter/1` }, 'encounter'],
    ['plans', { ...planBody, sourceId: 'r6', addresses: ['#c'] }, 'addresses[0]'],
    ['feedback', { author: 'Patient/ada', text: 'x' }, 'author'],
    ['feedback', { author: elsewhere, text: 'x' }, 'author'],
    ['barriers', { code: 'fear', saidBy: 'Patient/sarah' }, 'saidBy'],
    ['barriers', { code: 'fear', saidBy: 'urn:uuid:1' }, 'saidBy'],
    ['logs', { ...logBody('1.1'), source: { type: 'practitioner', reference: 'Patient/ada' } }, 'source'],
    ['logs', { ...logBody('1.1'), source: { type: 'related-person', reference: 'Practitioner/x' } }, 'source'],
  ])('%s %#: is refused by name, and nothing is written', async (to, body, path) => {
    const before = await countRows(doors.test.database);
    const at = to === 'plans' ? 'plans' : `assignments/${plan.assignmentId('1')}/${to}`;
    const answer = await doors.call('POST', `/api/v1/${at}`, { token, body });
    expect([answer.status, answer.body]).toEqual([
      400,
      expect.objectContaining({
        issues: expect.arrayContaining([expect.objectContaining({ path: expect.stringContaining(path) })]),
      }),
    ]);
    expect(await countRows(doors.test.database)).toEqual(before);
  });

  it('of the right sort is taken', async () => {
    const at = `/api/v1/assignments/${plan.assignmentId('1')}`;
    const said = { code: 'fear', saidBy: 'RelatedPerson/mother' };
    expect((await doors.call('POST', `${at}/barriers`, { token, body: said })).status).toBe(201);
    const told = { author: 'Practitioner/dr-okafor', text: 'x' };
    expect((await doors.call('POST', `${at}/feedback`, { token, body: told })).status).toBe(201);
  });
});
