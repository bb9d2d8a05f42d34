import { describe, expect, it } from 'vitest';
import { needsEncounter, needsPerson } from '../../src/delivery/needs-of-group.ts';
import { shapeContent } from '../../src/delivery/shape-content.ts';
import { type Whose, whoseIs } from '../../src/delivery/whose.ts';
import { claimedRow, sendingContext } from './claimed.ts';

const attach = (...types: string[]) => types.map((contentType) => ({ attachment: { contentType, data: 'eA==' } }));
const report = claimedRow(
  { artefact: 'report', id: 'r1', resourceType: 'DocumentReference' },
  {
    content: attach('text/plain; charset=utf-8', 'application/pdf', 'application/xhtml+xml'),
    context: { period: { start: '2026-03-01' } },
  },
);
const coding = [{ system: 'https://intersession.dev/fhir/CodeSystem/measure', code: 'suds-peak' }];
const measure = claimedRow({ artefact: 'measure', id: 'm1', resourceType: 'Observation' }, { code: { coding } });
const shape = (
  row: typeof report,
  more: Parameters<typeof sendingContext>[0] = {},
  { landing = 'native', encounter }: { landing?: 'native' | 'communication' | 'observation'; encounter?: string } = {},
) => {
  const shaped = shapeContent(row, row.content ?? '', landing, sendingContext(more), encounter);
  return shaped === undefined ? undefined : { ...shaped, content: JSON.parse(shaped.content) };
};

describe('a note here', () => {
  it.each([
    [['text/plain'], ['text/plain; charset=utf-8']],
    [
      ['text/plain', 'application/pdf'],
      ['text/plain; charset=utf-8', 'application/pdf'],
    ],
    [['application/xhtml+xml'], ['application/xhtml+xml']],
  ] as const)('takes %j and is attached as %j', (noteFormats, kept) => {
    const shaped = shape(report, { traits: { noteFormats: noteFormats as never } });
    expect(shaped).toMatchObject({ resourceType: 'DocumentReference', changed: true });
    expect(
      shaped?.content.content.map(({ attachment }: { attachment: { contentType: string } }) => attachment.contentType),
    ).toEqual(kept);
  });

  it('names its encounter beside what its context says, and none unless one is found', () => {
    expect(shape(report, {}, { encounter: 'Encounter/5' })?.content.context).toEqual({
      period: { start: '2026-03-01' },
      encounter: [{ reference: 'Encounter/5' }],
    });
    expect(shape(report)?.content.context).toEqual({ period: { start: '2026-03-01' } });
  });

  it('is a message where notes are not taken', () => {
    expect(shape(report, {}, { landing: 'communication' })?.content.resourceType).toBe('Communication');
  });
});

describe('an observation here', () => {
  const rows = { 'suds-peak': { system: 'urn:rows', code: 'r7' } };

  it('is untouched where nothing else is wanted', () => {
    expect(shape(measure)).toMatchObject({ changed: false, resourceType: 'Observation' });
    expect(shape(measure, { observationRows: rows })).toMatchObject({ changed: false });
    expect(shape(claimedRow(), { traits: { observationRowsOnly: true } }, { encounter: 'Encounter/5' })).toMatchObject({
      changed: false,
    });
  });

  it('is the row that the customer built, or has no place', () => {
    const only = { traits: { observationRowsOnly: true } };
    expect(shape(measure, { ...only, observationRows: rows })?.content.code.coding[0]).toEqual({
      system: 'urn:rows',
      code: 'r7',
    });
    expect(shape(measure, only)).toBeUndefined();
    expect(
      shape(claimedRow({ artefact: 'measure', resourceType: 'Observation' }, { code: {} }), {
        ...only,
        observationRows: rows,
      }),
    ).toBeUndefined();
  });

  it('names its encounter, a row of the customer’s or not', () => {
    const encounter = 'Encounter/5';
    expect(shape(measure, {}, { encounter })?.content).toMatchObject({
      code: { coding },
      encounter: { reference: encounter },
    });
    const built = shape(
      measure,
      { traits: { observationRowsOnly: true }, observationRows: rows },
      { encounter },
    )?.content;
    expect(built).toMatchObject({ encounter: { reference: encounter } });
    expect(built.code.coding[0].code).toBe('r7');
  });

  it('must be one, and a note a note', () => {
    expect(() => shape(claimedRow({ resourceType: 'Observation' }), {}, { encounter: 'Encounter/5' })).toThrow(
      TypeError,
    );
    expect(() => shape(claimedRow({ resourceType: 'DocumentReference' }))).toThrow(TypeError);
  });
});

describe('what a group needs', () => {
  const system = { identity: 'system' as const };
  const delegated = { identity: 'delegated' as const };

  it.each<[string, Parameters<typeof sendingContext>[0], boolean]>([
    ['nobody', {}, false],
    ['a person', { landings: { measure: delegated } }, true],
    ['nobody, for another artefact', { landings: { log: delegated } }, false],
    [
      'a person at one of its channels',
      {
        landings: {
          measure: {
            channels: [
              { type: 'Flag', ...system },
              { type: 'Task', ...delegated },
            ],
          },
        },
      },
      true,
    ],
    ['nobody at its channels', { landings: { measure: { channels: [{ type: 'Flag', ...system }] } } }, false],
  ])('is %s', (_name, more, person) => {
    expect(needsPerson({ rows: [claimedRow(), measure] }, sendingContext(more))).toBe(person);
  });

  it.each<[string, Parameters<typeof sendingContext>[0], typeof measure, boolean]>([
    ['no encounter', {}, measure, false],
    ['one', { traits: { needsEncounter: ['Observation'] } }, measure, true],
    ['none for another type', { traits: { needsEncounter: ['DocumentReference'] } }, measure, false],
    [
      'none where it stays in the app',
      { traits: { needsEncounter: ['Observation'] }, landings: { measure: { landing: 'app-only' } } },
      measure,
      false,
    ],
    [
      'none where the report tells it',
      { traits: { needsEncounter: ['Observation'] }, landings: { measure: { landing: 'note' } } },
      measure,
      false,
    ],
    [
      'one for the report itself',
      { traits: { needsEncounter: ['DocumentReference'] }, landings: { report: { landing: 'note' } } },
      report,
      true,
    ],
    [
      'none where it names one',
      { traits: { needsEncounter: ['Observation'] } },
      claimedRow({ ...measure, content: '{"encounter":{"reference":"Encounter/5"}}' }),
      false,
    ],
    [
      'one where the record makes it no more',
      { traits: { needsEncounter: ['Observation'] } },
      { ...measure, content: null },
      true,
    ],
  ])('is %s', (_name, more, row, encounter) => {
    expect(needsEncounter({ rows: [claimedRow(), row] }, sendingContext(more))).toBe(encounter);
  });
});

describe('whose a resource there is', () => {
  const base = 'https://ehr.example/fhir';
  const subject = (reference?: unknown) => ({ resourceType: 'Observation', subject: { reference } });

  it.each<[object, Whose]>([
    [subject('Patient/sarah'), 'own'],
    [subject(`${base}/Patient/sarah`), 'own'],
    [subject('Patient/sarah/_history/3'), 'own'],
    [subject('Patient/was-sarah'), 'own'],
    [{ resourceType: 'Task', for: { reference: 'Patient/sarah' } }, 'own'],
    [subject('Patient/sarah2'), 'other'],
    [subject('Patient/other'), 'other'],
    [subject('Group/sarah'), 'other'],
    [subject('https://elsewhere.example/fhir/Patient/sarah'), 'other'],
    [subject('#sarah'), 'other'],
    [{ resourceType: 'Task', for: { reference: 'Patient/other' } }, 'other'],
    // of two that differ, the subject counts
    [{ resourceType: 'Task', subject: { reference: 'Patient/other' }, for: { reference: 'Patient/sarah' } }, 'other'],
    [subject(undefined), 'unsaid'],
    [subject(7), 'unsaid'],
    [{ resourceType: 'Observation', subject: { identifier: { value: 'sarah' } } }, 'unsaid'],
    [{ resourceType: 'Observation', subject: 'Patient/sarah' }, 'unsaid'],
    [{ resourceType: 'Observation' }, 'unsaid'],
  ])('%j: %s', (resource, whose) => {
    const patient = { patientId: 'sarah', formerPatientIds: ['was-sarah'] };
    expect(whoseIs(resource as { resourceType: string }, patient, base)).toBe(whose);
  });
});
