import { asToldBy } from '../as-told-by.ts';
import type { Assignment, Barrier, LogResolution, Occurrence } from '../model.ts';
import { occurrencesOf } from '../replace-in-state.ts';
import { dueDay } from '../schedule/day-end.ts';
import { writeDate, writeDay } from '../schedule/write-day.ts';
import { countedAs, isNews, logsIn, plain, type ReportFrame, saidIn, wasTold, within } from './report-frame.ts';
import type { ReportEntry, ReportSection, ToldFact } from './report-model.ts';
import { stepName, thenCalled } from './report-steps.ts';
import { reportOfTime } from './told-facts.ts';

/** What was not done, and why: missed, overdue, excused, given up, logged as not done, and what stood in the way. */
export function notDoneSection(frame: ReportFrame, assignments: readonly Assignment[]): readonly ReportSection[] {
  const ofPlan = barriersOf(frame, undefined).map((barrier) => barrierWords(frame, barrier));
  const entries: readonly ReportEntry[] = [
    ...assignments.flatMap((assignment) => {
      const lines = linesOf(frame, assignment);
      return lines.length === 0 ? [] : [{ heading: stepName(assignment), lines }];
    }),
    ...(ofPlan.length === 0 ? [] : [{ heading: 'The plan as a whole', lines: ofPlan }]),
  ];
  return entries.length === 0 ? [] : [{ title: 'Not done, and why', entries }];
}

function linesOf(frame: ReportFrame, assignment: Assignment): readonly string[] {
  const { timeZone, language } = frame.state.plan;
  const own = occurrencesOf(frame.state, assignment.id);
  const open = own.flatMap((occurrence): [status: string, by: string][] => {
    const status = countedAs(frame, occurrence);
    if (status !== 'missed' && status !== 'overdue') return [];
    const called = thenCalled(assignment, occurrence.words);
    return [
      [
        status,
        `was due by ${writeDate(dueDay(occurrence.dueUntil, timeZone), language)}${called}${doneSince(frame, occurrence, own)}`,
      ],
    ];
  });
  // several times that share a window are told once
  const openLines = open
    .map(([status, by]) => {
      const times = open.filter((entry) => entry[0] === status && entry[1] === by).length;
      return times === 1 ? `${status}, ${by}` : `${status} ${times} times, ${by}`;
    })
    .filter((line, index, lines) => lines.indexOf(line) === index);
  const excused = own
    .filter((occurrence) => isExcusedHere(frame, occurrence))
    .map(({ reason }) => `excused: ${plain(reason ?? 'no reason given')}`);
  return [
    ...openLines,
    ...loggedLines(frame, assignment),
    ...givenUp(frame, assignment),
    ...excused,
    ...barriersOf(frame, assignment.id).map((barrier) => barrierWords(frame, barrier)),
  ];
}

/** Of a time that the step asks for no longer, as it was opened anew: when it was done then, by the end of this time. */
function doneSince(frame: ReportFrame, { superseded, ordinal }: Occurrence, own: readonly Occurrence[]): string {
  if (superseded !== true) return '';
  const logs = logsIn(frame).filter((log) => saidIn(frame)(log) !== false);
  const done = own.find(({ id, ordinal: other, status }) => {
    return other > ordinal && (status === 'done' || status === 'late') && logs.some((log) => log.occurrenceId === id);
  });
  const log = logs.find(({ occurrenceId }) => done !== undefined && occurrenceId === done.id);
  return log === undefined ? '' : `; done since, on ${writeDay(log.performedAt, frame.state.plan)}`;
}

/** Logs of this time that say that it was not done. */
function loggedLines(frame: ReportFrame, { id }: Assignment): readonly string[] {
  const said = saidIn(frame);
  return logsIn(frame)
    .filter((log) => log.assignmentId === id && said(log) === false)
    .map(
      ({ resolution, performedAt }) =>
        `${logged[resolution]} on ${writeDay(performedAt, frame.state.plan)}, and answered that it was not done`,
    );
}

const logged: Readonly<Record<LogResolution, string>> = {
  ...{ resolved: 'logged on time', late: 'logged late' },
  ...{ 'ad-hoc': 'logged, unplanned,', extra: 'logged beyond what was planned' },
};

/** Excused in this time; one that an earlier report called missed is for an addendum to that one. */
function isExcusedHere(frame: ReportFrame, { id, status, endedAt, lastModified }: Occurrence): boolean {
  if (status !== 'excused' || !within(frame, endedAt ?? lastModified)) return false;
  const key = `occurrence/${id}`;
  return frame.facts.get(key)?.status !== 'excused' && frame.leftToAddenda?.has(key) !== true;
}

function givenUp(frame: ReportFrame, { businessStatus, endedAt, lastModified }: Assignment): readonly string[] {
  if (!within(frame, endedAt ?? lastModified)) return [];
  if (businessStatus === 'declined') return ['declined by the patient'];
  return businessStatus === 'stopped-by-patient' ? ['stopped by the patient'] : [];
}

/** Said or talked over in this time, or not talked over yet: the visit is for it. */
function barriersOf(frame: ReportFrame, assignmentId: string | undefined): readonly Barrier[] {
  return frame.state.barriers.filter((barrier) => {
    const { id, recordedAt, talkedOverAt } = barrier;
    if (barrier.assignmentId !== assignmentId || recordedAt > frame.to) return false;
    if (talkedOverAt === undefined) return true;
    if (frame.leftToAddenda?.has(`barrier/${id}`) === true) return false;
    const news = within(frame, recordedAt) || within(frame, talkedOverAt);
    return news && (within(frame, recordedAt) || frame.facts.get(`barrier/${id}`)?.status !== 'talked-over');
  });
}

/** The same period without the barriers of which an earlier report says what this one would: still open, they are no news. */
export function withoutToldBarriers(frame: ReportFrame): ReportFrame {
  const barriers = frame.state.barriers.filter((barrier) => {
    const { id, status } = barrierFact(barrier);
    return frame.facts.get(`barrier/${id}`)?.status !== status;
  });
  return { ...frame, state: { ...frame.state, barriers } };
}

export function barrierWords(frame: Pick<ReportFrame, 'state' | 'sourceName'>, barrier: Barrier): string {
  const { code, text, saidBy, talkedOverAt } = barrier;
  const words = text === undefined ? '' : ` "${plain(text)}"`;
  const who =
    saidBy === 'patient'
      ? 'said by the patient'
      : `written down by ${barrier.via === undefined ? 'the' : 'a'} clinician`;
  const talked =
    talkedOverAt === undefined ? 'not talked over yet' : `talked over ${writeDay(talkedOverAt, frame.state.plan)}`;
  return `barrier: ${code.replaceAll('-', ' ')}${words} (${who}${asToldBy(barrier, frame.sourceName)}; ${talked})`;
}

/** The clinician's and the patient's messages of this time. */
export function feedbackSection(frame: ReportFrame): readonly ReportSection[] {
  const { state } = frame;
  const lines = feedbackIn(frame).map((message) => {
    const { author, sentAt, text, assignmentId } = message;
    const about = state.assignments.find(({ id }) => id === assignmentId);
    const who = author === 'patient' ? 'patient' : 'clinician';
    const step = about === undefined ? '' : ` on ${about.key}`;
    return `${writeDay(sentAt, state.plan)}, ${who}${asToldBy(message, frame.sourceName)}${step}: "${plain(text)}"`;
  });
  return lines.length === 0 ? [] : [{ title: 'Feedback', entries: [{ lines }] }];
}

function feedbackIn(frame: ReportFrame) {
  return frame.state.feedback.filter(({ id, sentAt, logId }) => {
    if (!isNews(frame, sentAt, { artefact: 'feedback', id })) return false;
    if (frame.leftToAddenda?.has(`feedback/${id}`) === true) return false;
    const log = frame.state.logs.find((log) => log.id === logId);
    const earlier = log !== undefined && !within(frame, log.performedAt);
    return !(earlier && wasTold(frame, 'feedback', id) && reportOfTime(frame.state, log.performedAt) !== undefined);
  });
}

/** What the report says of occurrences and barriers, by the steps that it tells of, and of messages. */
export function otherFacts(frame: ReportFrame, assignments: readonly Assignment[]): readonly ToldFact[] {
  const ids = assignments.map(({ id }) => id);
  const occurrences = ids.flatMap((id) => occurrencesOf(frame.state, id));
  return [
    ...occurrences.flatMap((occurrence): ToldFact[] => {
      const status = countedAs(frame, occurrence) ?? (isExcusedHere(frame, occurrence) ? 'excused' : undefined);
      const { id, lastModified } = occurrence;
      return status === undefined ? [] : [{ artefact: 'occurrence', id, status, at: lastModified }];
    }),
    ...[undefined, ...ids].flatMap((assignmentId) => barriersOf(frame, assignmentId).map(barrierFact)),
    ...feedbackIn(frame).map(({ id, sentAt }): ToldFact => ({ artefact: 'feedback', id, status: 'told', at: sentAt })),
  ];
}

export function barrierFact({ id, recordedAt, talkedOverAt }: Barrier): ToldFact {
  const status = talkedOverAt === undefined ? 'open' : 'talked-over';
  return { artefact: 'barrier', id, status, at: talkedOverAt ?? recordedAt };
}
