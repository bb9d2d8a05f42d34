import type { Bundle, FhirResource, Task } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import type { ArchivedPlan } from '../../../src/fhir/archive/archived-plan.ts';
import { fromRecordRow, type RecordRow } from '../../../src/fhir/archive/record-row.ts';
import { writeArchive } from '../../../src/fhir/archive/write-archive.ts';
import { mapping, origin, sampleArchive, state } from './sample-archive.ts';

const written = (archived: ArchivedPlan = sampleArchive): Bundle => writeArchive(archived, origin, mapping);
const resources = (bundle: Bundle): FhirResource[] =>
  (bundle.entry ?? []).map(({ resource }) => resource as FhirResource);
const find = (bundle: Bundle, name: string): FhirResource => {
  const found = resources(bundle).find(({ resourceType, id }) => `${resourceType}/${id}` === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};
const rowOf = (name: string): RecordRow => fromRecordRow(find(written(), name));

describe('an export of a plan', () => {
  it('is a Bundle that names its tenant, its form and its plan', () => {
    const { entry: _, ...head } = written();
    expect(head).toStrictEqual({
      resourceType: 'Bundle',
      id: 'plan-a',
      meta: {
        tag: [
          { system: 'https://intersession.dev/id/tenant', code: 'north' },
          { system: 'https://intersession.dev/id/export', code: '1' },
        ],
      },
      identifier: { system: 'https://intersession.dev/id/plan', value: 'plan-a' },
      type: 'collection',
    });
  });

  it('holds every row, then what is derived from them in the order of its names, each at our address', () => {
    expect(written().entry?.map(({ fullUrl }) => fullUrl?.replace('https://homework.example/fhir/north/', ''))).toEqual(
      [
        'CarePlan/plan-a',
        ...['Goal/goal-b', 'Goal/goal-a', 'Task/step-a', 'Task/step-b', 'Task/step-a.1'],
        ...['QuestionnaireResponse/log-a', 'QuestionnaireResponse/log-b', 'Observation/barrier-a'],
        ...['Communication/message-a', 'DocumentReference/report-a', 'DocumentReference/report-b', 'Flag/signal-a'],
        ...['Observation/log-a.belief', 'Provenance/provenance-b'],
      ],
    );
    const turned = { ...sampleArchive, stored: sampleArchive.stored.toReversed() };
    expect(written(turned)).toEqual(written());
  });

  it('holds a resource once: the row, made anew, in place of what stands at our endpoint', () => {
    const held = { ...find(written(), 'Task/step-b'), description: 'as others see it', meta: {} } as Task;
    const stored = [...sampleArchive.stored, { resource: held, version: 12, lastUpdated: '2026-03-30T15:00:00.000Z' }];
    const bundle = written({ ...sampleArchive, stored });
    expect(resources(bundle)).toHaveLength(resources(written()).length);
    expect(find(bundle, 'Task/step-b')).toMatchObject({
      description: 'Notice the thought',
      meta: {
        versionId: '12',
        lastUpdated: '2026-03-30T15:00:00.000Z',
        profile: ['https://intersession.dev/fhir/StructureDefinition/homework-assignment'],
      },
    });
  });

  it('says of a resource which version stands at our endpoint and since when, if it stands there', () => {
    expect(find(written(), 'Provenance/provenance-b').meta).toStrictEqual({
      versionId: '3',
      lastUpdated: '2026-03-20T15:00:00.000Z',
    });
    expect(find(written(), 'Observation/log-a.belief').meta).toStrictEqual({
      versionId: '4',
      lastUpdated: '2026-03-21T15:00:00.000Z',
      profile: ['https://intersession.dev/fhir/StructureDefinition/homework-measure'],
    });
    expect(Object.keys(find(written(), 'Task/step-a').meta ?? {})).toEqual(['profile', 'security']);
  });

  const none = { owners: [], changes: [], sourceKeys: [] };
  const facts = (name: string) => sampleArchive.facts.get(name);
  const [first, second] = state.logs;
  it.each<[name: string, row: RecordRow]>([
    [
      'CarePlan/plan-a',
      {
        facts: facts('plan/plan-a'),
        via: 'product',
        changes: sampleArchive.changes,
        sourceKeys: sampleArchive.sourceKeys.get('plan-a'),
      },
    ],
    ['Goal/goal-a', {}],
    [
      'Task/step-a',
      {
        facts: facts('assignment/step-a'),
        via: 'product',
        moved: { event: 'agreed', at: '2026-03-02T15:00:00.000Z', via: 'product', by: 'patient' },
        unlocked: { at: '2026-03-01T15:00:00.000Z', by: 'Practitioner/dr-okafor', reason: 'She is ready' },
      },
    ],
    ['Task/step-b', { facts: facts('assignment/step-b'), withdrawn: 'kept on paper' }],
    ['Task/step-a.1', { facts: facts('occurrence/step-a.1') }],
    [
      'QuestionnaireResponse/log-a',
      {
        facts: facts('log/log-a'),
        via: 'product',
        told: first?.told,
        writtenBy: 'source:product',
        sourceKeys: sampleArchive.sourceKeys.get('log-a'),
      },
    ],
    [
      'QuestionnaireResponse/log-b',
      { facts: facts('log/log-b'), unsent: true, writtenBy: second?.madeBy, revisedBy: second?.changedBy },
    ],
    ['Observation/barrier-a', { facts: facts('barrier/barrier-a'), via: 'product' }],
    ['Communication/message-a', { facts: facts('feedback/message-a'), via: 'product' }],
    [
      'DocumentReference/report-a',
      {
        facts: facts('report/report-a'),
        via: 'product',
        reportContent: JSON.stringify(state.reports[0]?.content),
      },
    ],
    ['DocumentReference/report-b', { facts: facts('report/report-b') }],
    [
      'Flag/signal-a',
      { facts: facts('safety/signal-a'), owners: ['source:product', 'service'], shownTo: 'source:product' },
    ],
    ['Observation/log-a.belief', { withdrawn: 'entered twice' }],
    ['Provenance/provenance-b', {}],
  ])('says beside %s what its row says', (name, row) => {
    expect(rowOf(name)).toEqual({ ...none, ...row });
  });

  it('leads into the EHR by its address, and to what it holds itself by type and id', () => {
    const plan = find(written(), 'CarePlan/plan-a');
    expect(plan).toMatchObject({
      subject: { reference: 'https://ehr.example/fhir/Patient/sarah' },
      author: { reference: 'https://ehr.example/fhir/Practitioner/dr-okafor' },
      goal: [{ reference: 'Goal/goal-b' }, { reference: 'Goal/goal-a' }],
      activity: [
        {
          reference: { reference: 'Task/step-a' },
          outcomeReference: [{ reference: 'Observation/step-a.adherence' }],
        },
        { reference: { reference: 'Task/step-b' } },
      ],
    });
    expect(find(written(), 'Provenance/provenance-b')).toMatchObject({
      extension: [{ valueReference: { reference: 'https://ehr.example/fhir/Patient/sarah' } }],
      target: [{ reference: 'Task/step-a' }],
    });
  });

  it('opens no door: the address that takes answers is in no step and no occurrence', () => {
    expect(JSON.stringify(written())).not.toContain('secret');
    const { input } = find(written(), 'Task/step-a.1') as Task;
    expect(input?.map(({ type }) => type.coding?.[0]?.code)).toEqual([
      'questionnaire',
      // its profile asks for one: it says that there is one which is not shown
      'response-endpoint',
      'occurrence-number',
      'late-until',
    ]);
  });

  it('takes the address also out of a stored Task that has nothing else, and leaves what is no Task', () => {
    const type = { coding: [{ system: 'http://hl7.org/fhir/uv/sdc/CodeSystem/temp', code: 'response-endpoint' }] };
    const review: Task = {
      resourceType: 'Task',
      id: 'review',
      status: 'requested',
      intent: 'order',
      input: [{ type, valueUrl: 'https://homework.example/respond/secret' }],
    };
    const { input: _, ...empty } = review;
    const absent = { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' };
    const lastUpdated = '2026-03-30T15:00:00.000Z';
    const of = (resource: FhirResource) =>
      resources(written({ ...sampleArchive, stored: [{ resource, version: 1, lastUpdated }] })).at(-1);
    expect(of(review)).toStrictEqual({
      ...empty,
      input: [{ type, _valueUrl: { extension: [absent] } }],
      meta: { versionId: '1', lastUpdated },
    });
    expect(of(empty)).toStrictEqual({ ...empty, meta: { versionId: '1', lastUpdated } });
    const elses = { ...review, resourceType: 'Basic' } as unknown as FhirResource;
    expect(of(elses)).toMatchObject({ input: review.input });
  });

  it('holds withheld answers, readable, and is the same each time', () => {
    expect(find(written(), 'QuestionnaireResponse/log-a')).toMatchObject({
      item: [{ linkId: 'situation', answer: [{ valueString: 'only for me' }] }],
    });
    expect(JSON.stringify(written())).toBe(JSON.stringify(written()));
  });

  it('is not made of an occurrence whose step is not in the plan', () => {
    const assignments = state.assignments.slice(1);
    const broken = { ...sampleArchive, state: { ...state, assignments } };
    expect(() => written(broken)).toThrow(new TypeError('the plan has no assignment step-a'));
  });
});
