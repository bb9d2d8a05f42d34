import { describe, expect, it, test } from 'vitest';
import { adherenceCounts, adherenceId, toAdherenceObservation } from '../../../src/fhir/to-adherence-observation.ts';
import { sampleAdherence } from '../../../src/fixtures/adherence-fixtures.ts';
import { fixtureContext } from '../../../src/fixtures/fixture.ts';
import { samplePlan } from '../../../src/fixtures/sample-plan.ts';
import type { Adherence } from '../../../src/homework/model.ts';
import { noCounts } from './no-counts.ts';
import { coded, div, metaOf, ourCode, ourId, ourReference, riverside, sarah } from './spelled-out.ts';

const planId = 'a1f3c1de-0000-4000-8000-000000000001';
const assignmentId = 'a1f3c1de-0000-4000-8000-000000000003';
const { assignmentId: _assignmentId, to: _to, ...ofPlan } = sampleAdherence;
const written = (adherence: Adherence) => toAdherenceObservation(adherence, samplePlan, fixtureContext);

const percent = (value: number) => ({
  valueQuantity: { value, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
});
const notApplicable = {
  dataAbsentReason: coded(
    'http://terminology.hl7.org/CodeSystem/data-absent-reason',
    'not-applicable',
    'Not Applicable',
  ),
};
const count = (code: string, display: string, valueInteger: number) => ({
  code: ourCode('adherence', code, display),
  valueInteger,
});
const share = { code: ourCode('adherence', 'on-time-share', 'Share done on time') };

const ofAssignment = {
  resourceType: 'Observation',
  id: `${assignmentId}.adherence`,
  meta: metaOf('homework-adherence'),
  text: {
    status: 'generated',
    div: div(
      '<p>Homework done, of what was planned</p><ul><li>6 of 7 that were due so far (85.7 %)</li>' +
        '<li>6 done (1 late), 1 missed, 1 open, of 8</li></ul>',
    ),
  },
  identifier: [ourId('adherence', `${assignmentId}.adherence`)],
  basedOn: [ourReference('CarePlan', 'plan', planId)],
  status: 'preliminary',
  category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'therapy', 'Therapy')],
  code: ourCode('homework', 'homework-adherence', 'Homework adherence'),
  subject: sarah,
  focus: [ourReference('Task', 'assignment', assignmentId)],
  effectivePeriod: { start: '2026-03-01T00:00:00-05:00', end: '2026-03-25T04:00:00-04:00' },
  performer: [riverside],
  device: {
    identifier: { system: 'https://intersession.dev/id/device', value: 'intersession' },
    display: 'Intersession',
  },
  ...percent(85.7),
  component: [
    count('expected', 'Expected', 8),
    count('due', 'Due so far', 7),
    count('on-time', 'Done on time', 5),
    count('late', 'Done late', 1),
    count('missed', 'Missed', 1),
    count('open', 'Still open', 1),
    count('excused', 'Excused', 1),
    count('ad-hoc', 'Logged without an occurrence', 1),
    count('extra', 'Logged beyond the target', 2),
    { ...share, ...percent(71.4) },
  ],
};

describe('adherence as an Observation', () => {
  test('of an assignment: the share, each count, whose and by what computed; nothing that the patient supplied', () => {
    expect(written(sampleAdherence)).toStrictEqual(ofAssignment);
  });

  test('of a plan, whose period still runs', () => {
    expect(written({ ...ofPlan, status: 'amended' })).toStrictEqual({
      ...ofAssignment,
      id: `${planId}.adherence`,
      identifier: [ourId('adherence', `${planId}.adherence`)],
      status: 'amended',
      focus: [ourReference('CarePlan', 'plan', planId)],
      effectivePeriod: { start: '2026-03-01T00:00:00-05:00' },
    });
  });

  test('where nothing was due yet is not applicable, rather than nought', () => {
    const { percent: _percent, onTimePercent: _share, ...unmeasured } = sampleAdherence;
    const { valueQuantity: _value, component, ...rest } = ofAssignment;
    expect(written({ ...unmeasured, counts: noCounts })).toStrictEqual({
      ...rest,
      text: {
        status: 'generated',
        div: div(
          '<p>Homework done, of what was planned</p><ul><li>nothing was due yet</li>' +
            '<li>0 done (0 late), 0 missed, 0 open, of 0</li></ul>',
        ),
      },
      ...notApplicable,
      component: [
        ...component.slice(0, -1).map(({ code }) => ({ code, valueInteger: 0 })),
        { ...share, ...notApplicable },
      ],
    });
  });

  test('of nought is a value', () => {
    const { valueQuantity, dataAbsentReason, component } = written({
      ...sampleAdherence,
      percent: 0,
      onTimePercent: 0,
    });
    expect({ valueQuantity, dataAbsentReason }).toStrictEqual({ ...percent(0), dataAbsentReason: undefined });
    expect(component?.at(-1)).toStrictEqual({ ...share, ...percent(0) });
  });

  it.each([
    [{ planId: 'p', assignmentId: 'a' }, 'a.adherence'],
    [{ planId: 'p' }, 'p.adherence'],
  ])('of %j has the id %s', (whose, id) => {
    expect(adherenceId(whose)).toBe(id);
  });

  test('reads its counts by these codes', () => {
    expect(adherenceCounts).toStrictEqual([
      ...[
        ['expected', 'expected'],
        ['due', 'due'],
        ['on-time', 'onTime'],
        ['late', 'late'],
        ['missed', 'missed'],
      ],
      ...[
        ['open', 'open'],
        ['excused', 'excused'],
        ['ad-hoc', 'adHoc'],
        ['extra', 'extra'],
      ],
    ]);
  });
});
