import type { Task, TaskInput } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { fromAssignmentTask } from '../../../src/fhir/from-assignment-task.ts';
import { broken, expectRefusal, missing, type Refusal, unknownCode } from './broken.ts';
import { wireAssignment } from './wire-task.ts';

const questionnaire = 'https://intersession.dev/fhir/Questionnaire/behavioural-experiment|1.0.0';

describe('an assignment', () => {
  it('is read from its Task: by codes and urls, whatever stands beside them and in whatever order', () => {
    expect(fromAssignmentTask(wireAssignment)).toStrictEqual({
      id: 'step-a',
      planId: 'plan-a',
      patientId: 'sarah',
      key: '4a',
      step: 4,
      kind: 'behavioural-experiment',
      title: 'Say one sentence',
      instructions: 'Once a meeting',
      rationale: 'It gets easier',
      questionnaire,
      definition: 'https://intersession.dev/fhir/ActivityDefinition/speak-up|1.0.0',
      status: 'on-hold',
      businessStatus: 'paused',
      statusReason: { code: 'no-time', text: 'exams' },
      schedules: [
        {
          schedule: { type: 'once-within', days: 7 },
          from: '2026-03-01T15:00:00.000Z',
          until: '2026-03-02T15:00:00.000Z',
        },
        {
          schedule: { type: 'once', by: '2026-03-13' },
          from: '2026-03-02T15:00:00.000Z',
          until: '2026-03-10T14:00:00.000Z',
        },
        {
          schedule: {
            type: 'event',
            event: 'seminar',
            count: 2,
            text: 'next two seminars',
            window: { start: '2026-03-10', end: '2026-03-30' },
          },
          from: '2026-03-10T14:00:00.000Z',
          until: '2026-03-12T14:00:00.000Z',
        },
        {
          schedule: {
            type: 'event',
            event: 'team meeting',
            count: 3,
            text: 'next three team meetings',
            window: { start: '2026-03-12', end: '2026-04-03' },
          },
          from: '2026-03-12T14:00:00.000Z',
        },
      ],
      pauses: [
        { from: '2026-03-20T14:00:00.000Z', until: '2026-03-22T14:00:00.000Z' },
        { from: '2026-04-02T14:00:00.000Z', reason: 'exams' },
      ],
      pausedFrom: 'logging',
      unlock: { type: 'at-start' },
      lateGraceHours: 48,
      authoredOn: '2026-03-01T15:00:00.000Z',
      lastModified: '2026-04-02T14:00:00.250Z',
      requester: 'Practitioner/dr-okafor',
      reasons: ['Condition/social-anxiety', 'Condition/low-mood'],
      unlockedAt: '2026-03-02T15:00:00.000Z',
      endedAt: '2026-04-02T14:00:00.000Z',
    });
  });

  const needed = new Set(['late-grace', 'questionnaire', 'step-key', 'step-number', 'kind']);
  const codeOf = ({ type }: TaskInput) => type.coding?.[0]?.code ?? '';
  const { instantiatesCanonical: _, statusReason: __, requester: ___, reasonReference: ____, ...rest } = wireAssignment;
  const least: Task = {
    ...rest,
    extension: wireAssignment.extension?.slice(-1) ?? [],
    input: wireAssignment.input?.filter((input) => needed.has(codeOf(input))) ?? [],
  };

  it('has nothing that its Task does not say', () => {
    expect(fromAssignmentTask(least)).toStrictEqual({
      id: 'step-a',
      planId: 'plan-a',
      patientId: 'sarah',
      key: '4a',
      step: 4,
      kind: 'behavioural-experiment',
      title: 'Say one sentence',
      questionnaire,
      status: 'on-hold',
      businessStatus: 'paused',
      schedules: [],
      pauses: [],
      unlock: { type: 'at-start' },
      lateGraceHours: 48,
      authoredOn: '2026-03-01T15:00:00.000Z',
      lastModified: '2026-04-02T14:00:00.250Z',
      reasons: [],
    });
  });

  it.each([
    ['in words alone', { text: 'ran out of paper' }, { text: 'ran out of paper' }],
    [
      'with a code of somebody else’s',
      { coding: [{ system: 'https://ehr.example/reasons', code: '7' }], text: 'other' },
      { text: 'other' },
    ],
  ])('may say why it stands as it does %s', (_how, statusReason, read) => {
    expect(fromAssignmentTask({ ...least, statusReason }).statusReason).toStrictEqual(read);
  });

  it.each([
    ['on another server', { reference: 'https://elsewhere.example/fhir/Practitioner/9' }],
    ['by name alone', { display: 'Riverside' }],
  ])('has no requester when its Task names one %s', (_where, requester) => {
    expect(fromAssignmentTask({ ...least, requester })).not.toHaveProperty('requester');
  });

  it('has further reasons also where the first one has gone, and only those in the EHR', () => {
    const { reasonReference: _gone, ...others } = wireAssignment;
    expect(fromAssignmentTask(others).reasons).toEqual(['Condition/low-mood']);
    const url = 'https://intersession.dev/fhir/StructureDefinition/additional-reason';
    const extension = [...(others.extension ?? []), { url }, { url, valueReference: { display: 'worry' } }];
    expect(fromAssignmentTask({ ...others, extension }).reasons).toEqual(['Condition/low-mood']);
  });

  it('has its pauses in the order in which they were, also one that ended as the next began', () => {
    const type = { coding: [{ system: 'https://intersession.dev/fhir/CodeSystem/task-input', code: 'pause' }] };
    const [start, end] = ['2026-03-20T10:00:00-04:00', '2026-03-22T10:00:00-04:00'];
    const pauses = [{ start: end }, { start: end, end }, { start, end }].map((valuePeriod) => ({ type, valuePeriod }));
    const read = fromAssignmentTask({ ...least, input: [...pauses, ...(least.input ?? [])] });
    expect(read.pauses).toStrictEqual([
      { from: '2026-03-20T14:00:00.000Z', until: '2026-03-22T14:00:00.000Z' },
      { from: '2026-03-22T14:00:00.000Z', until: '2026-03-22T14:00:00.000Z' },
      { from: '2026-03-22T14:00:00.000Z' },
    ]);
  });

  const plan = 'identifier of system https://intersession.dev/id/plan';
  const refusals: readonly Refusal[] = [
    missing('identifier:assignment', 'identifier of system https://intersession.dev/id/assignment'),
    missing('identifier', 'identifier of system https://intersession.dev/id/assignment'),
    missing('groupIdentifier', plan),
    ['groupIdentifier.system', 'https://intersession.dev/id/log', { path: plan, problem: 'is missing' }],
    missing('for', 'Task.for'),
    ['for.reference', 'Group/7', { path: 'Task.for', problem: 'is missing' }],
    missing('input', 'Task.input(step-key)'),
    missing('input:step-key', 'Task.input(step-key)'),
    missing('input:step-key.valueString', 'Task.input(step-key)'),
    missing('input:step-number', 'Task.input(step-number)'),
    missing('input:step-number.valuePositiveInt', 'Task.input(step-number)'),
    missing('input:kind', 'Task.input(kind)'),
    missing('input:kind.valueCodeableConcept', 'Task.input(kind)'),
    missing('input:kind.valueCodeableConcept.coding', 'Task.input(kind)'),
    missing('description', 'Task.description'),
    missing('input:questionnaire', 'Task.input(questionnaire)'),
    missing('input:questionnaire.valueCanonical', 'Task.input(questionnaire)'),
    missing('status', 'Task.status'),
    unknownCode('status', 'Task.status'),
    missing('businessStatus', 'Task.businessStatus'),
    missing('businessStatus.coding:business-status', 'Task.businessStatus'),
    unknownCode('businessStatus.coding:business-status.code', 'Task.businessStatus'),
    missing('statusReason.text', 'Task.statusReason.text'),
    unknownCode('statusReason.coding:barrier.code', 'Task.statusReason'),
    unknownCode('extension:paused-from.valueCode', 'Task.extension(paused-from)'),
    missing('extension', 'Task.extension(unlock-rule)'),
    missing('extension:unlock-rule', 'Task.extension(unlock-rule)'),
    missing('extension:unlock-rule.extension:type', 'unlock-rule.type'),
    missing('input:late-grace', 'Task.input(late-grace)'),
    missing('input:late-grace.valueDuration', 'Task.input(late-grace)'),
    missing('input:late-grace.valueDuration.value', 'Task.input(late-grace)'),
    missing('authoredOn', 'Task.authoredOn'),
    missing('lastModified', 'Task.lastModified'),
    missing('input:pause.valuePeriod', 'Task.input(pause).start'),
    missing('input:pause.valuePeriod.start', 'Task.input(pause).start'),
  ];

  it.each(refusals)('is refused by its element when %s is %s', (path, by, issue) => {
    expectRefusal(() => fromAssignmentTask(broken(wireAssignment, path, by)), issue);
  });
});
