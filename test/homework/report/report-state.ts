import type { Assignment, Barrier, Feedback, Log, Occurrence, PlanState, Report } from '../../../src/homework/model.ts';
import { type ReportFrame, type ReportOptions, reportFrame } from '../../../src/homework/report/report-frame.ts';
import type { ReportContent } from '../../../src/homework/report/report-model.ts';
import { answers } from '../build-plan.ts';

/** February 2026, a month without a change of clocks; in UTC, which is an hour behind the patient's clock in Berlin. */
export const feb = (day: number, time = '12:00'): string => `2026-02-${String(day).padStart(2, '0')}T${time}:00.000Z`;

/** 04:00 in Berlin after that day, where its homework day ends. */
export const endOf = (day: number): string => feb(day + 1, '03:00');

const of = { planId: 'p', patientId: 'ada' };

export function aStep(changes: Partial<Assignment> = {}): Assignment {
  return {
    ...of,
    ...{ id: 'a1', key: '1', step: 1, kind: 'diary', title: 'Write it down', questionnaire: 'diary|1' },
    ...{ status: 'in-progress', businessStatus: 'logging', pauses: [], unlock: { type: 'at-start' } },
    schedules: [{ schedule: { type: 'once', by: '2026-02-06' }, from: feb(1) }],
    ...{ lateGraceHours: 24, authoredOn: feb(1), lastModified: feb(1), reasons: [] },
    ...changes,
  };
}

/** One time of the step, by Friday 6 February. */
export function aTime(changes: Partial<Occurrence> = {}): Occurrence {
  return {
    ...of,
    ...{ id: 'a1.1', assignmentId: 'a1', ordinal: 1, status: 'due', openedAt: feb(1) },
    ...{ dueUntil: endOf(6), lateUntil: endOf(7), lastModified: feb(1) },
    ...changes,
  };
}

export function aRecord(changes: Partial<Log> = {}): Log {
  return {
    ...of,
    ...{ id: 'l1', assignmentId: 'a1', resolution: 'resolved', questionnaire: 'diary|1', status: 'completed' },
    ...{ performedAt: feb(3), authored: feb(3), source: { type: 'patient' }, items: answers({ note: 'hello' }) },
    withheld: [],
    ...changes,
  };
}

export function aBarrier(changes: Partial<Barrier> = {}): Barrier {
  return { ...of, id: 'b1', code: 'no-time', saidBy: 'patient', recordedAt: feb(4), ...changes };
}

export function aMessage(changes: Partial<Feedback> = {}): Feedback {
  return { ...of, id: 'f1', author: 'Practitioner/1', text: 'Well done', sentAt: feb(5), ...changes };
}

export const noContent: ReportContent = {
  ...{ language: 'en-GB', headline: 'H', title: 'T', period: 'P', date: feb(7), sections: [], members: 'M' },
  told: [],
};

/** Filed on Saturday 7 February, of the week before. */
export function aFiled(changes: Partial<Report> = {}): Report {
  return {
    ...of,
    ...{ id: 'r1', version: 1, from: feb(1), to: feb(7), createdAt: feb(7, '12:30'), text: 'text', members: [] },
    content: noContent,
    ...changes,
  };
}

export function aState(changes: Partial<PlanState> = {}): PlanState {
  return {
    plan: {
      ...{ id: 'p', patientId: 'ada', title: 'Less  worry ', status: 'active', timeZone: 'Europe/Berlin' },
      ...{ language: 'en-GB', period: { start: '2026-02-01' }, createdAt: feb(1), addresses: [], goals: [] },
    },
    ...{ assignments: [aStep()], occurrences: [], logs: [], barriers: [], feedback: [], reports: [] },
    openSafetySignals: 0,
    ...changes,
  };
}

/** A week's report, to Saturday 7 February, of kinds whose lines are those of a test of a belief, or of a diary. */
export function theWeek(changes: Partial<ReportOptions> = {}): ReportOptions {
  return {
    summaryOf: (questionnaire) =>
      questionnaire === 'diary|1'
        ? [{ type: 'text', label: 'Note', linkId: 'note' }]
        : [
            { type: 'text', label: 'Expected', linkId: 'prediction', part: 'prediction' },
            { type: 'text', label: 'Came', linkId: 'outcome', part: 'outcome' },
            { type: 'change', label: 'Belief', before: 'before', after: 'after', unit: '%' },
          ],
    kindTitle: (kind) => (kind === 'diary' ? 'Diary of Worry' : 'Test of a Belief'),
    sourceName: (clientId) => `the ${clientId}`,
    ...{ from: feb(1), to: feb(7), members: [] },
    ...changes,
  };
}

export const frameOf = (state: Partial<PlanState> = {}, options: Partial<ReportOptions> = {}): ReportFrame =>
  reportFrame(aState(state), theWeek(options));
