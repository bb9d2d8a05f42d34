import { readAnswers } from '../../../src/fhir/answers/read-answers.ts';
import type { Assignment, LocalDate, Log, Occurrence, PlanState } from '../../../src/homework/model.ts';
import { ownFormCanonical } from '../../../src/homework/plan/own-form.ts';
import { addDays, addGrace, dayEnd, dayStart } from '../../../src/homework/schedule/day-end.ts';
import type { Schedule } from '../../../src/homework/schedule/schedule.ts';
import { canonicalOf } from '../../../src/kinds/canonical-of.ts';
import { currentVersion, type Kind } from '../../../src/kinds/kind.ts';
import { chooseForm } from '../../../src/kinds/own/choose-form.ts';
import { kindsOfPlan } from '../../../src/kinds/own/kinds-of-plan.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';
import type { Situation } from '../fake-service.ts';
import { readFixture } from '../read-fixture.ts';
import { seriesNow } from '../series-case.ts';
import { answersOf } from './answers-of-kinds.ts';

const today = '2026-03-19';
const zone = 'America/New_York';

/** Names that a plan would give, in place of those that stand there when it gives none. */
const names: Readonly<Record<string, readonly string[]>> = {
  targets: ['throw up after a meal', 'text my ex at night'],
};

/** The days of a step until today, the earliest first: a month of daily cards, eight of what comes again after longer. */
function daysOf({ slug, defaults: { schedule } }: Kind): {
  readonly days: readonly LocalDate[];
  readonly schedule: Schedule;
} {
  if (schedule?.type === 'series' && schedule.pattern.type === 'days') {
    const { every } = schedule.pattern;
    // the best known of all scores over a year
    const apart = slug === 'phq-9' ? 48 : every;
    const count = every === 1 ? 30 : 8;
    const days = Array.from({ length: count + 1 }, (_, at) => addDays(today, (at - count) * apart));
    const start = days[0] ?? today;
    return { days, schedule: { ...schedule, start, pattern: { type: 'days', every: apart }, ends: { type: 'open' } } };
  }
  const days = Array.from({ length: 8 }, (_, at) => addDays(today, 3 * (at - 7)));
  const window = { start: days[0] ?? today, end: addDays(today, 14) };
  const event = { type: 'event', event: 'time', count: days.length, text: 'next eight times', window } as const;
  return { days, schedule: event };
}

/** What became of each time: one in seven was left out, one in nine came later, and the last is to be done today. */
function statusOf(at: number, count: number): Occurrence['status'] {
  if (at === count - 1) return 'due';
  return at % 7 === 4 ? 'missed' : at % 9 === 5 ? 'late' : 'done';
}

interface OfKind {
  readonly assignment: Assignment;
  readonly occurrences: readonly Occurrence[];
  readonly logs: readonly Log[];
}

function stepOf(kind: Kind, template: Assignment, place: number): OfKind {
  const { planId, patientId } = template;
  const id = `${template.id.slice(0, -4)}${String(7000 + 10 * place)}`;
  const version = currentVersion(kind);
  const base = canonicalOf(version.questionnaire);
  const { days, schedule } = daysOf(kind);
  const [first = today] = days;
  const begun = dayStart(first, zone);
  const own = Object.fromEntries(
    (version.ownParts ?? []).flatMap(({ name }) =>
      names[name] === undefined ? [] : [[name, names[name].map((text) => ({ text }))]],
    ),
  );
  const forms =
    version.ownParts === undefined
      ? undefined
      : [{ version: 1, base, from: begun, ...chooseForm(version, { own }, { earlier: [], field: 'form' }) }];
  const questionnaire = forms === undefined ? base : ownFormCanonical({ id, kind: kind.slug }, 1);
  const { defaults, slug, title } = kind;
  const assignment: Assignment = {
    ...{ id, planId, patientId, key: String(place + 1), step: place + 1, kind: slug, title, questionnaire },
    ...{ instructions: defaults.instructions, rationale: defaults.rationale, unlock: { type: 'at-start' } },
    ...{ lateGraceHours: defaults.lateGraceHours, status: 'in-progress', businessStatus: 'logging', standing: true },
    ...{ schedules: [{ schedule, from: begun }], pauses: [], reasons: [] },
    ...{ authoredOn: begun, unlockedAt: begun, lastModified: begun },
    ...(forms === undefined ? {} : { forms }),
  };
  const asked = kindsOfPlan(registeredKinds, [assignment]).version(questionnaire);
  const occurrences = days.map((day, at): Occurrence => {
    const status = statusOf(at, days.length);
    const dueUntil = dayEnd(day, zone);
    const ended = status === 'due' ? {} : { endedAt: dueUntil };
    return {
      ...{ id: `${id}.${at + 1}`, assignmentId: id, planId, patientId, ordinal: at + 1, status },
      ...(schedule.type === 'series' ? { day } : {}),
      ...{ openedAt: dayStart(day, zone), dueUntil, lateUntil: addGrace(dueUntil, defaults.lateGraceHours, zone) },
      ...{ lastModified: dueUntil, ...ended },
      ...(status === 'done' || status === 'late' ? { logId: logId(id, at) } : {}),
    };
  });
  const logs = occurrences.flatMap(({ id: occurrenceId, status }, at): readonly Log[] => {
    if (status !== 'done' && status !== 'late') return [];
    const performedAt = `${status === 'late' ? addDays(days[at] ?? today, 1) : days[at]}T22:30:00.000Z`;
    const items = readAnswers(asked.questionnaire, answersOf(asked, { at, of: days.length }), { complete: false });
    return [
      {
        ...{ id: logId(id, at), planId, assignmentId: id, patientId, occurrenceId, resolution: 'resolved' },
        ...{ questionnaire, status: 'completed', performedAt, authored: performedAt, source: { type: 'patient' } },
        ...{ items, withheld: [], lastModified: performedAt },
      },
    ];
  });
  return { assignment, occurrences, logs };
}

const logId = (step: string, at: number): string => `${step.slice(0, -1)}${at.toString(36)}`;

function planOf(kinds: readonly Kind[]): PlanState {
  const state = readFixture<PlanState>('sarah-beginning');
  const [template] = state.assignments;
  if (template === undefined) throw new Error('the plan has lost its steps');
  const steps = kinds.map((kind, place) => stepOf(kind, template, place));
  const [title] = kinds.map((kind) => kind.title);
  const start =
    steps.flatMap(({ occurrences }) => occurrences.map(({ openedAt }) => openedAt)).toSorted()[0] ?? seriesNow;
  const { libraryPlan: _none, ...plan } = state.plan;
  return {
    ...state,
    plan: {
      ...plan,
      ...{ title: kinds.length === 1 ? `${title}` : 'Everything there is', goals: [], createdAt: start },
      period: { start: start.slice(0, 10), end: addDays(today, 60) },
    },
    assignments: steps.map(({ assignment }) => assignment),
    occurrences: steps.flatMap(({ occurrences }) => occurrences),
    logs: steps.flatMap(({ logs }) => logs).toSorted((log, other) => log.performedAt.localeCompare(other.performedAt)),
  };
}

/** At a visit, a plan of a step of each of these kinds that has run for a while. */
export const courseOf = (...kinds: readonly Kind[]): Situation => ({
  ...{ role: 'clinician', now: seriesNow, lastVisit: '2026-03-05T20:30:00.000Z' },
  plans: [planOf(kinds)],
});

/** The patient, with a step of each of these kinds to be done today. */
export const formsOf = (kinds: readonly Kind[]): Situation => ({
  ...{ role: 'patient', now: seriesNow },
  plans: [planOf(kinds)],
});
