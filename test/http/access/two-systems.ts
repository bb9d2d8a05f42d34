import { z } from 'zod';
import { actingAs } from '../../../src/record/actor.ts';
import { closeSafetySignal } from '../../../src/record/safety/close-safety-signal.ts';
import { raiseSafetySignal } from '../../../src/record/safety/raise-safety-signal.ts';
import { closePlan } from '../../../src/record/use-cases/close-plan.ts';
import { createPlan } from '../../../src/record/use-cases/create-plan.ts';
import { fileReport } from '../../../src/record/use-cases/file-report.ts';
import { giveFeedback } from '../../../src/record/use-cases/give-feedback.ts';
import { recordBarrier } from '../../../src/record/use-cases/record-barrier.ts';
import { sweepPlans } from '../../../src/record/use-cases/sweep-plans.ts';
import { writeLog } from '../../../src/record/use-cases/write-log.ts';
import type { Answer, Doors } from '../open-doors.ts';

/** Words that stand in every text of whoever wrote it, and nowhere else. */
export const marks = { a: 'Quokkaberg', b: 'Numbathausen', app: 'Wombatshire' } as const;
export type Writer = keyof typeof marks;

/** Of whom both systems have homework, and of whom only one, or the app, has. */
export const patients = { both: 'patient-of-both', ofA: 'patient-of-a', ofApp: 'patient-of-app' } as const;

const planned = z.object({
  plan: z.looseObject({ id: z.string(), goals: z.array(z.looseObject({ id: z.string() })) }),
  assignments: z.array(z.looseObject({ id: z.string(), key: z.string() })),
  occurrences: z.array(z.looseObject({ id: z.string(), assignmentId: z.string() })),
});
const made = z.looseObject({ id: z.string() });

/** A plan with all that a system sends of it, each by its id. */
export interface Sent {
  readonly patientId: string;
  readonly planId: string;
  readonly goalId: string;
  readonly assignmentId: (key: string) => string;
  readonly occurrenceId: string;
  readonly logId: string;
  readonly draftId: string;
  readonly barrierId: string;
  readonly feedbackId: string;
  readonly reportId: string;
}

/** A plan in which every text bears its writer's mark. */
export function markedPlan(of: Writer, patientId: string, change: object = {}) {
  const mark = marks[of];
  const step = (key: string, kind: string, unlock: 'at-start' | 'by-clinician') => ({
    ...{ key, kind, title: `${mark} step ${key}`, instructions: `${mark} do`, rationale: `${mark} because` },
    schedule: {
      ...({ type: 'event', event: `${mark} meeting`, count: 3, text: `${mark} next meetings` } as const),
      window: { start: '2026-03-01', end: '2026-03-13' },
    },
    unlock: { type: unlock },
  });
  return {
    ...{ patientId, title: `${mark} plan`, description: `${mark} in short` },
    period: { start: '2026-03-01', end: '2026-04-12' },
    goals: [{ description: `${mark} goal`, startDate: '2026-03-01' }],
    assignments: [
      step('1', 'self-monitoring', 'at-start'),
      step('2', 'behavioural-experiment', 'at-start'),
      step('3', 'graded-exposure', 'by-clinician'),
      { ...step('4', 'self-monitoring', 'at-start'), schedule: { type: 'sessions', count: 9 } as const },
    ],
    ...change,
  };
}

/** A log in which a text is shared, another withheld, and a risk is told when asked for. */
export function markedAnswers(of: Writer, risk: boolean) {
  const mark = marks[of];
  return {
    performedAt: '2026-03-01T09:30:00-05:00',
    answers: {
      ...{ situation: `${mark} room`, prediction: `${mark} withheld fear`, 'belief-before': 61, 'suds-before': 62 },
      ...{ 'suds-peak': 63, 'suds-after': 61, 'self-censored': 17, ...(risk ? { 'self-harm-thoughts': true } : {}) },
    },
    withheld: ['prediction', 'self-censored'],
  };
}

/** Whoever asks must be answered; a refusal here is a mistake of the test. */
async function done(answer: Promise<Answer>): Promise<Answer> {
  const known = await answer;
  if (known.status > 201) throw new Error(`the test's own request was refused: ${known.status} ${known.text}`);
  return known;
}

/** Sends a plan of that system with everything that it can hold. */
export async function sendAll(
  doors: Doors,
  {
    of,
    token,
    patientId,
    series = 'first',
    change = {},
    log = {},
  }: { of: 'a' | 'b'; token: string; patientId: string; series?: string; change?: object; log?: object },
): Promise<Sent> {
  const mark = marks[of];
  let serial = 0;
  // the same names for the same things, whoever sends them
  const name = () => `${series}-${patientId}-${++serial}`;
  const post = (path: string, body: object) => done(doors.call('POST', `/api/v1${path}`, { token, body }));
  const idOf = async (path: string, body: object) => made.parse((await post(path, body)).body).id;
  const { body } = await post('/plans', { sourceId: name(), ...markedPlan(of, patientId), ...change });
  const { plan, assignments, occurrences } = planned.parse(body);
  const assignmentId = (key: string): string => assignments.find((assignment) => assignment.key === key)?.id ?? '';
  const first = assignmentId('1');
  const logId = await idOf(`/assignments/${first}/logs`, {
    sourceId: name(),
    ...markedAnswers(of, of === 'a'),
    ...log,
  });
  const draft = { sourceId: name(), status: 'in-progress', ...markedAnswers(of, false) };
  const draftId = await idOf(`/assignments/${first}/logs`, draft);
  const barrierId = await idOf(`/assignments/${first}/barriers`, {
    ...{ sourceId: name(), code: 'fear', text: `${mark} barrier` },
  });
  await idOf(`/plans/${plan.id}/barriers`, { sourceId: name(), code: 'no-time', text: `${mark} barrier of all` });
  const feedbackId = await idOf(`/logs/${logId}/feedback`, {
    ...{ sourceId: name(), author: 'patient', text: `${mark} feedback` },
  });
  const reportId = await idOf(`/plans/${plan.id}/reports`, { sourceId: name() });
  const occurrence = occurrences.find((occurrence) => occurrence.assignmentId === assignmentId('2'));
  return {
    ...{ patientId, planId: plan.id, goalId: plan.goals[0]?.id ?? '', assignmentId, logId, draftId, barrierId },
    ...{ occurrenceId: occurrence?.id ?? '', feedbackId, reportId },
  };
}

/** What people do in the app, in a plan of whoever made it: the patient logs and drafts, staff write and file. */
export async function liveInApp(
  doors: Doors,
  { planId, assignmentId, patientId }: Pick<Sent, 'planId' | 'patientId' | 'assignmentId'>,
) {
  const { record } = doors.test;
  const session = { type: 'user', sessionId: 'launch-1' } as const;
  const patient = actingAs(record, { ...session, userReference: `Patient/${patientId}`, role: 'patient' });
  const clinician = actingAs(record, { ...session, userReference: 'Practitioner/dr-okafor', role: 'clinician' });
  const mark = marks.app;
  const [first, second] = [assignmentId('1'), assignmentId('2')];
  const ids = { log: crypto.randomUUID(), draft: crypto.randomUUID() };
  const written = { ...markedAnswers('app', false), source: { type: 'patient' } } as const;
  await writeLog(patient, 'north', { ...written, id: ids.log, assignmentId: first, status: 'completed' });
  await writeLog(patient, 'north', {
    ...{ id: ids.draft, assignmentId: second, status: 'in-progress', source: { type: 'patient' } },
    ...{ answers: { prediction: `${mark} draft` }, withheld: [] },
  });
  const of = { artefact: 'assignment', id: first } as const;
  const { barrier } = await recordBarrier(patient, 'north', { of, code: 'fear', text: `${mark} barrier` });
  const { feedback } = await giveFeedback(clinician, 'north', {
    ...{ of: { artefact: 'log', id: ids.log }, author: 'Practitioner/dr-okafor', text: `${mark} feedback` },
  });
  const { report } = await fileReport(clinician, 'north', { planId, author: 'Practitioner/dr-okafor' });
  return { logId: ids.log, draftId: ids.draft, barrierId: barrier.id, feedbackId: feedback.id, reportId: report.id };
}

/** A plan that a clinician made in the app, with all that people do in it; returns what `liveInApp` does, with the plan. */
export async function planInApp(doors: Doors, patientId: string) {
  const clinician = actingAs(doors.test.record, {
    ...{ type: 'user', userReference: 'Practitioner/dr-okafor', role: 'clinician', sessionId: 'launch-1' },
  } as const);
  const { planId, state } = await createPlan(clinician, 'north', markedPlan('app', patientId) as never);
  const assignmentId = (key: string): string =>
    state.assignments.find((assignment) => assignment.key === key)?.id ?? '';
  return { planId, assignmentId, patientId, ...(await liveInApp(doors, { planId, assignmentId, patientId })) };
}

/** What people made in the app, each by its id. */
export type InApp = Awaited<ReturnType<typeof liveInApp>>;

export interface World {
  readonly doors: Doors;
  /** In A's first plan. */
  readonly inPlanOfA: InApp;
  readonly tokens: { readonly a: string; readonly b: string };
  readonly a: readonly Sent[];
  readonly b: Sent;
}

/**
 * Two systems and the app, each with homework of the same patient and of others: plans, one of them closed, logs and drafts,
 * barriers, feedback, reports, safety signals, one of them closed; and what the sweep makes of it.
 */
export async function fillWorld(doors: Doors): Promise<World> {
  const { record } = doors.test;
  const [a, b] = await Promise.all([doors.token('north', undefined, 'a'), doors.token('north', undefined, 'b')]);
  const ofA = [
    await sendAll(doors, { of: 'a', token: a, patientId: patients.both }),
    await sendAll(doors, { of: 'a', token: a, patientId: patients.ofA }),
  ];
  const [first, second] = ofA;
  if (first === undefined || second === undefined) throw new TypeError('two were sent');
  doors.test.setTime('2026-03-01T15:02:00.000Z');
  const app = await liveInApp(doors, first);
  await planInApp(doors, patients.both);
  await planInApp(doors, patients.ofApp);
  const closed = await sendAll(doors, { of: 'a', token: a, patientId: patients.ofA, series: 'second' });
  await closePlan(actingAs(record, { type: 'source', clientId: 'a' }), 'north', {
    ...{ planId: closed.planId, status: 'revoked', reason: `${marks.a} reason` },
  });
  // one that a person closed, with words of theirs
  const clinician = {
    type: 'user',
    userReference: 'Practitioner/dr-okafor',
    role: 'clinician',
    sessionId: 's',
  } as const;
  const { signal } = await raiseSafetySignal(actingAs(record, { type: 'source', clientId: 'a' }), 'north', {
    ...{ patientId: patients.both, rule: 'harm-by-others', by: { type: 'system', clientId: 'a' } },
  });
  await closeSafetySignal(actingAs(record, clinician), 'north', {
    ...{ signalId: signal.id, by: 'Practitioner/dr-okafor', reason: `${marks.app} close reason` },
  });
  await raiseSafetySignal(actingAs(record, clinician), 'north', {
    ...{
      patientId: patients.both,
      rule: 'harm-to-others',
      by: { type: 'person', reference: 'Practitioner/dr-okafor' },
    },
  });
  // what a system may say of anything it has an id of, it says of what is not its own
  const change = {
    goals: [{ description: `${marks.b} goal`, ehrReference: `Goal/${first.goalId}` }],
    addresses: [`CarePlan/${first.planId}`, `Condition/${first.logId}`, `QuestionnaireResponse/${app.logId}`],
  };
  const ofB = await sendAll(doors, { of: 'b', token: b, patientId: patients.both, change });
  doors.test.setTime('2026-03-20T15:00:00.000Z');
  await sweepPlans(record, ['north']);
  const again = { a: await doors.token('north', undefined, 'a'), b: await doors.token('north', undefined, 'b') };
  return { doors, inPlanOfA: app, tokens: again, a: [...ofA, closed], b: ofB };
}
