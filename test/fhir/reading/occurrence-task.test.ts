import { describe, expect, it } from 'vitest';
import { fromOccurrenceTask } from '../../../src/fhir/from-occurrence-task.ts';
import { occurrenceStatuses } from '../../../src/homework/schedule/occurrence.ts';
import { broken, expectRefusal, missing, type Refusal, unknownCode } from './broken.ts';
import { wireOccurrence } from './wire-task.ts';

const least = {
  id: 'step-a.2',
  assignmentId: 'step-a',
  planId: 'plan-a',
  patientId: 'sarah',
  ordinal: 2,
  status: 'late',
  openedAt: '2026-03-02T15:00:00.000Z',
  dueUntil: '2026-03-14T08:00:00.000Z',
  lateUntil: '2026-03-15T08:00:00.000Z',
  lastModified: '2026-03-14T13:00:01.000Z',
};

describe('an occurrence', () => {
  it('is read from its Task: by codes and identifiers, whatever stands beside them', () => {
    expect(fromOccurrenceTask(wireOccurrence)).toStrictEqual({
      ...least,
      logId: 'log-a',
      endedAt: '2026-03-14T13:00:00.000Z',
      reason: 'logged on the day after',
    });
  });

  it('has nothing that its Task does not say', () => {
    const { extension: _, statusReason: __, output: ___, ...bare } = wireOccurrence;
    expect(fromOccurrenceTask(bare)).toStrictEqual(least);
    const coded = { ...bare, statusReason: { coding: [{ code: 'x' }] }, output: [] };
    expect(fromOccurrenceTask(coded)).toStrictEqual(least);
  });

  it.each([
    ['another output', 'output:questionnaire-response'],
    ['an output without our identifier', 'output:questionnaire-response.valueReference.identifier'],
    ['an output that is no reference', 'output:questionnaire-response.valueReference'],
  ])('has no log that %s would be', (_what, path) => {
    expect(fromOccurrenceTask(broken(wireOccurrence, path))).not.toHaveProperty('logId');
  });

  it.each(occurrenceStatuses)('is %s by its business status, whatever the status of its Task', (status) => {
    const task = broken(wireOccurrence, 'businessStatus.coding:0.code', status);
    expect(fromOccurrenceTask({ ...task, status: 'requested' }).status).toBe(status);
  });

  const refusals: readonly Refusal[] = [
    missing('identifier:occurrence', 'identifier of system https://intersession.dev/id/occurrence'),
    missing('identifier', 'identifier of system https://intersession.dev/id/occurrence'),
    missing('partOf', 'Task.partOf'),
    missing('partOf:1', 'Task.partOf'),
    missing('groupIdentifier', 'identifier of system https://intersession.dev/id/plan'),
    missing('for', 'Task.for'),
    missing('input', 'Task.input(occurrence-number)'),
    missing('input:occurrence-number', 'Task.input(occurrence-number)'),
    missing('input:occurrence-number.valuePositiveInt', 'Task.input(occurrence-number)'),
    missing('businessStatus', 'Task.businessStatus'),
    unknownCode('businessStatus.coding:0.code', 'Task.businessStatus'),
    missing('authoredOn', 'Task.authoredOn'),
    missing('restriction', 'Task.restriction.period.end'),
    missing('restriction.period', 'Task.restriction.period.end'),
    missing('restriction.period.end', 'Task.restriction.period.end'),
    missing('input:late-until', 'Task.input(late-until)'),
    missing('input:late-until.valueDateTime', 'Task.input(late-until)'),
    missing('lastModified', 'Task.lastModified'),
  ];

  it.each(refusals)('is refused by its element when %s is %s', (path, by, issue) => {
    expectRefusal(() => fromOccurrenceTask(broken(wireOccurrence, path, by)), issue);
  });
});
