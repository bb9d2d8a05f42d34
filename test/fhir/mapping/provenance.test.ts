import { describe, expect, it, test } from 'vitest';
import { type Told, toProvenance } from '../../../src/fhir/to-provenance.ts';
import { fixtureContext } from '../../../src/fixtures/fixture.ts';
import { coded, metaOf, ourReference, ourUrl, riverside, sarah } from './spelled-out.ts';

const logId = 'a1f3c1de-0000-4000-8000-000000000004';
const told: Told = {
  ...{ id: `${logId}.told`, target: { identified: 'log', id: logId }, patientId: 'sarah' },
  ...{ at: '2026-03-02T15:00:00.250Z', activity: 'CREATE', via: 'homework-product' },
};
const participant = (code: string, display: string) =>
  coded('http://terminology.hl7.org/CodeSystem/provenance-participant-type', code, display);
const activity = (code: string, display: string) =>
  coded('http://terminology.hl7.org/CodeSystem/v3-DataOperation', code, display);
const assembler = {
  type: participant('assembler', 'Assembler'),
  who: {
    type: 'Device',
    identifier: { system: 'https://intersession.dev/id/source', value: 'homework-product' },
    display: 'Homework product (demo)',
  },
  onBehalfOf: riverside,
};
const inNobodysName = {
  resourceType: 'Provenance',
  id: `${logId}.told`,
  meta: metaOf('homework-provenance'),
  extension: [{ url: ourUrl('provenance-patient'), valueReference: sarah }],
  target: [ourReference('QuestionnaireResponse', 'log', logId)],
  // an instant, in UTC: when it reached us, not when it happened to the patient
  recorded: '2026-03-02T15:00:00.250Z',
  activity: activity('CREATE', 'create'),
  agent: [assembler],
};

describe('who told something, as a Provenance', () => {
  test("in nobody's name: the source system alone, on behalf of the organisation", () => {
    expect(toProvenance(told, fixtureContext)).toStrictEqual(inNobodysName);
  });

  // provenance-1: a clinician acts on somebody's behalf; a patient and a relative on their own
  it.each<[string, Told['person'], object]>([
    ['the patient', 'patient', { who: sarah }],
    ['a relative', 'RelatedPerson/sister', { who: { reference: 'RelatedPerson/sister' } }],
    ['a clinician', 'Practitioner/dr-okafor', { who: { reference: 'Practitioner/dr-okafor' }, onBehalfOf: riverside }],
    [
      'a role',
      'PractitionerRole/therapist-17',
      { who: { reference: 'PractitionerRole/therapist-17' }, onBehalfOf: riverside },
    ],
    ['what is called nearly so', 'PractitionerRoles/1', { who: { reference: 'PractitionerRoles/1' } }],
    ['what stands elsewhere', 'x/Practitioner/1', { who: { reference: 'x/Practitioner/1' } }],
  ])('in the name of %s', (_who, person, author) => {
    expect(toProvenance({ ...told, person }, fixtureContext)).toStrictEqual({
      ...inNobodysName,
      agent: [{ type: participant('author', 'Author'), ...author }, assembler],
    });
  });

  test('of a change that rests on a log', () => {
    const target = { identified: 'safety', id: 's-1' } as const;
    expect(toProvenance({ ...told, target, activity: 'UPDATE', logId }, fixtureContext)).toStrictEqual({
      ...inNobodysName,
      target: [ourReference('Flag', 'safety', 's-1')],
      activity: activity('UPDATE', 'revise'),
      entity: [{ role: 'source', what: ourReference('QuestionnaireResponse', 'log', logId) }],
    });
  });

  test('a source system without a name goes by its client id', () => {
    const { sourceName: _sourceName, ...unnamed } = fixtureContext;
    const [agent] = toProvenance(told, unnamed).agent;
    expect(agent).toStrictEqual({ ...assembler, who: { ...assembler.who, display: 'homework-product' } });
  });
});
