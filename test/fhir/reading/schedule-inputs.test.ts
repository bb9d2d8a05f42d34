import type { Extension, Task, TaskInput, Timing } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { fromPeriod, fromScheduleInputs } from '../../../src/fhir/from-schedule-inputs.ts';
import { broken, expectRefusal, missing, type Refusal, unknownCode } from './broken.ts';
import { inputType, wireAssignment } from './wire-task.ts';

const url = 'https://intersession.dev/fhir/StructureDefinition/schedule-in-force';
const system = 'https://intersession.dev/fhir/CodeSystem/schedule-type';
const [from, to] = ['2026-03-02T15:00:00.000Z', '2026-03-03T15:00:00.000Z'];

type Span = { readonly start: string; readonly end?: string };
const inForce = (valuePeriod: Span): Extension[] => [{ url, valuePeriod }];
const once = (by: string, span: Span): TaskInput => ({
  type: inputType('schedule'),
  extension: inForce(span),
  valueTiming: { repeat: { boundsPeriod: { end: by } }, code: { coding: [{ system, code: 'once' }] } },
});
const event = (name: string, span: Span): TaskInput[] => {
  const boundsPeriod = { start: '2026-03-02', end: '2026-03-13' };
  const code: Timing['code'] = { coding: [{ system, code: 'event' }], text: `next ${name}` };
  return [
    {
      type: inputType('schedule'),
      extension: inForce(span),
      valueTiming: { repeat: { boundsPeriod, count: 1 }, code },
    },
    { type: inputType('named-event'), extension: inForce(span), valueString: name },
  ];
};
const read = (...input: TaskInput[]) => fromScheduleInputs({ ...wireAssignment, input });

describe('schedules', () => {
  const told = [
    once('2026-03-11', { start: from, end: from }),
    once('2026-03-12', { start: from, end: to }),
    once('2026-03-13', { start: to, end: to }),
    once('2026-03-14', { start: to }),
  ];
  const days = ['2026-03-11', '2026-03-12', '2026-03-13', '2026-03-14'];

  it.each([
    ['as they were written', told],
    ['turned around', told.toReversed()],
    ['in no order', [2, 0, 3, 1].flatMap((place) => told[place] ?? [])],
  ])('changed twice at one moment are in the order in which they held, %s', (_order, inputs) => {
    expect(read(...inputs).map(({ schedule }) => schedule)).toEqual(days.map((by) => ({ type: 'once', by })));
  });

  it.each([
    ['as they were written', (inputs: TaskInput[]) => inputs],
    ['turned around', (inputs: TaskInput[]) => inputs.toReversed()],
  ])('by events keep each its own event, also two from one moment, %s', (_order, turn) => {
    const inputs = [...event('seminar', { start: from, end: from }), ...event('team meeting', { start: from })];
    const names = read(...turn(inputs)).map(({ schedule }) => schedule.type === 'event' && schedule.event);
    expect(names).toEqual(['seminar', 'team meeting']);
  });

  it('are none where the Task has none', () => {
    expect(fromScheduleInputs({ resourceType: 'Task', status: 'draft', intent: 'order' })).toEqual([]);
  });

  it('are read from the same moment, however its zone is written', () => {
    const [timing, named] = event('seminar', { start: '2026-03-02T10:00:00-05:00' }) as [TaskInput, TaskInput];
    const inputs = [timing, { ...named, extension: inForce({ start: '2026-03-02T16:00:00+01:00' }) }];
    expect(read(...inputs)).toMatchObject([{ schedule: { event: 'seminar' }, from: from }]);
  });

  const whole: Task = { ...wireAssignment, input: event('seminar', { start: from, end: to }) };
  const inForceStart = 'Task.input(schedule) in force.start';
  const notOurs = { path: 'Timing.repeat.boundsPeriod.start', problem: /^cannot be said/ };
  const refusals: readonly Refusal[] = [
    missing('input:schedule.extension', inForceStart),
    missing('input:schedule.extension:0.valuePeriod', inForceStart),
    missing('input:schedule.extension:0.valuePeriod.start', inForceStart),
    missing('input:named-event.extension', inForceStart),
    missing('input:named-event', 'Task.input(named-event)'),
    missing('input:named-event.valueString', 'Task.input(named-event)'),
    missing('input:schedule.valueTiming', 'Task.input(schedule).valueTiming'),
    // without our code it is read as anybody's, and "once between two days" is no schedule of ours
    ['input:schedule.valueTiming.code', undefined, notOurs],
    ['input:schedule.valueTiming.code.coding', undefined, notOurs],
    unknownCode('input:schedule.valueTiming.code.coding:0.code', 'Timing.code'),
    missing('input:schedule.valueTiming.code.text', 'Timing.code.text'),
    missing('input:schedule.valueTiming.repeat', 'Timing.repeat.count'),
    missing('input:schedule.valueTiming.repeat.count', 'Timing.repeat.count'),
    missing('input:schedule.valueTiming.repeat.boundsPeriod', 'Timing.repeat.boundsPeriod.start'),
    missing('input:schedule.valueTiming.repeat.boundsPeriod.start', 'Timing.repeat.boundsPeriod.start'),
    missing('input:schedule.valueTiming.repeat.boundsPeriod.end', 'Timing.repeat.boundsPeriod.end'),
  ];

  it.each(refusals)('are refused by their element when %s is %s', (path, by, issue) => {
    expectRefusal(() => fromScheduleInputs(broken(whole, path, by)), issue);
  });

  it.each<[type: string, repeat: Timing['repeat'] | undefined, path: string]>([
    ['once', undefined, 'Timing.repeat.boundsPeriod.end'],
    ['once', {}, 'Timing.repeat.boundsPeriod.end'],
    ['once', { boundsPeriod: { start: '2026-03-02' } }, 'Timing.repeat.boundsPeriod.end'],
    ['once-within', undefined, 'Timing.repeat.boundsDuration.value'],
    ['once-within', { boundsPeriod: { end: '2026-03-02' } }, 'Timing.repeat.boundsDuration.value'],
    ['once-within', { boundsDuration: { unit: 'd' } }, 'Timing.repeat.boundsDuration.value'],
  ])('of type %s are refused without their end: %j', (code, repeat, path) => {
    const valueTiming = { code: { coding: [{ system, code }] }, ...(repeat && { repeat }) };
    const input = { ...once('2026-03-11', { start: from }), valueTiming };
    expectRefusal(() => read(input), { path, problem: 'is missing' });
  });

  it('name the types that there are when one is unknown', () => {
    const input = once('2026-03-11', { start: from });
    const problem = 'is none of event, once, once-within, series, at-visit, sessions';
    const other = broken(input, 'valueTiming.code.coding:0.code', 'weekly');
    expectRefusal(() => read(other), { path: 'Timing.code', problem });
  });
});

describe('a Period', () => {
  it('is its moments, and open where it has no end', () => {
    expect(fromPeriod({ start: '2026-03-02T10:00:00-05:00', end: '2026-03-03T10:00:00-05:00' }, 'x')).toStrictEqual({
      from: from,
      until: to,
    });
    expect(fromPeriod({ start: '2026-03-02T10:00:00-05:00' }, 'x')).toStrictEqual({ from: from });
  });

  it.each([undefined, {}, { end: to }])('is refused by its path when it has no start: %j', (period) => {
    expectRefusal(() => fromPeriod(period, 'Task.input(pause)'), {
      path: 'Task.input(pause).start',
      problem: 'is missing',
    });
  });
});
