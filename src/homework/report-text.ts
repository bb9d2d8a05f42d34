import { Temporal } from 'temporal-polyfill';
import { percentOf } from './adherence-of.ts';
import { dayOf } from './day-end.ts';
import type { Assignment, Barrier, Instant, KindSlug, LocalDate, Log, Occurrence, PlanState, Report } from './model.ts';
import { occurrencesOf } from './replace-in-state.ts';
import { keyMeasures } from './report-measures.ts';
import { nextLines } from './report-next.ts';
import { summariseLog } from './summarise-log.ts';
import type { SummaryLine } from './summary-line.ts';
import { wrapText } from './wrap-text.ts';

export interface ReportTextOptions {
  /** The report's id and version, named by the marker line. */
  readonly id: string;
  readonly version: number;
  readonly from: Instant;
  readonly to: Instant;
  readonly members: Report['members'];
  summaryOf(kind: KindSlug): readonly SummaryLine[];
  kindTitle(kind: KindSlug): string;
}

interface Frame extends ReportTextOptions {
  readonly state: PlanState;
  readonly at: Instant;
}

const columns = 80;

/**
 * The between-session report as text/plain, at most 80 columns, most important first: done of planned, key measures first to
 * last, what was done, what was not and why, what is next, feedback; then what it speaks of, and the marker line.
 * It names nobody, and nothing that the patient does not share.
 */
export function reportText(state: PlanState, options: ReportTextOptions, at: Instant): string {
  const frame: Frame = { ...options, state, at };
  const assignments = [...state.assignments]
    .filter(({ status }) => status !== 'entered-in-error')
    .sort((a, b) => a.step - b.step);
  const zone = state.plan.timeZone;
  const sections: readonly (readonly string[])[] = [
    [
      `Homework between visits: ${plain(state.plan.title)}`,
      `${writeDay(options.from, zone)} to ${writeDay(options.to, zone)} (${zone})`,
    ],
    [countLine(frame), ...keyMeasures(state, logsIn(frame), options.summaryOf)],
    titled(
      'DONE',
      assignments.flatMap((assignment) => doneLines(frame, assignment)),
    ),
    titled('NOT DONE', [
      ...assignments.flatMap((assignment) => notDoneLines(frame, assignment)),
      ...state.barriers.filter(({ assignmentId }) => assignmentId === undefined).map((b) => `- ${barrier(frame, b)}`),
    ]),
    titled('NEXT', nextLines(state, assignments)),
    titled('FEEDBACK', feedbackLines(frame)),
    [memberLine(options.members)],
  ];
  const lines = sections
    .filter((section) => section.length > 0)
    .flatMap((section, index) => (index === 0 ? section : ['', ...section]));
  const wrapped = lines.flatMap((line) =>
    line === '' ? [''] : wrapText(line.trimStart(), indentOf(line), 2, columns),
  );
  return [...wrapped, `[IS:${options.id}:v${options.version}]`].join('\n');
}

const indentOf = (line: string) => line.length - line.trimStart().length;
const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
const titled = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, ...lines]);
const within = ({ from, to }: Frame, at: Instant) => at >= from && at <= to;
const completed = ({ status }: Log) => status === 'completed' || status === 'amended';

function logsIn(frame: Frame): readonly Log[] {
  return frame.state.logs
    .filter((log) => completed(log) && within(frame, log.performedAt))
    .sort((a, b) => a.performedAt.localeCompare(b.performedAt));
}

/** What a period's count takes in: done in it, missed in it, or overdue now. */
function counted(frame: Frame, { status, endedAt }: Occurrence): boolean {
  if (status === 'done' || status === 'late' || status === 'missed') return within(frame, endedAt ?? frame.to);
  return status === 'overdue';
}

function countLine(frame: Frame): string {
  const mistakes = frame.state.assignments.filter(({ status }) => status === 'entered-in-error').map(({ id }) => id);
  const own = frame.state.occurrences.filter((o) => !mistakes.includes(o.assignmentId) && counted(frame, o));
  const count = (status: Occurrence['status']) => own.filter((occurrence) => occurrence.status === status).length;
  const [onTime, late, missed, overdue] = [count('done'), count('late'), count('missed'), count('overdue')];
  if (own.length === 0) return 'Nothing was due in this time.';
  const parts = [
    `${onTime} on time`,
    `${late} late`,
    `${missed} missed`,
    ...(overdue > 0 ? [`${overdue} overdue`] : []),
  ];
  const done = onTime + late;
  return `Done ${done} of ${own.length} planned (${percentOf(done, own.length)} %), ${parts.join(', ')}`;
}

function doneLines(frame: Frame, assignment: Assignment): readonly string[] {
  const { state } = frame;
  const logs = logsIn(frame).filter(({ assignmentId }) => assignmentId === assignment.id);
  if (logs.length === 0) return [];
  const done = logs.filter(({ resolution }) => resolution === 'resolved' || resolution === 'late').length;
  const heading = `${assignment.key} ${plain(assignment.title)} (${frame.kindTitle(assignment.kind)}), done ${done} ×`;
  return [
    heading,
    ...logs.map((log) => {
      const how =
        log.resolution === 'resolved' ? '' : `, ${log.resolution === 'ad-hoc' ? 'unplanned' : log.resolution}`;
      const lines = summariseLog(frame.summaryOf(assignment.kind), log, { mask: true });
      return `  ${writeTime(log.performedAt, state.plan.timeZone)}${how}${lines.length === 0 ? '' : ': '}${lines.join('; ')}`;
    }),
  ];
}

function notDoneLines(frame: Frame, assignment: Assignment): readonly string[] {
  const { state } = frame;
  const zone = state.plan.timeZone;
  const lines = occurrencesOf(state, assignment.id)
    .filter((o) => (o.status === 'missed' || o.status === 'overdue') && counted(frame, o))
    .map((o) => `  ${o.status}, was due by ${writeDate(lastDay(o.dueUntil, zone))}`);
  const excused = occurrencesOf(state, assignment.id)
    .filter((o) => o.status === 'excused' && within(frame, o.endedAt ?? o.lastModified))
    .map((o) => `  excused: ${plain(o.reason ?? 'no reason given')}`);
  const ended =
    (assignment.businessStatus === 'declined' || assignment.businessStatus === 'stopped-by-patient') &&
    within(frame, assignment.endedAt ?? assignment.lastModified)
      ? [assignment.businessStatus === 'declined' ? '  declined by the patient' : '  stopped by the patient']
      : [];
  const barriers = state.barriers
    .filter(({ assignmentId, recordedAt, talkedOverAt }) => {
      // Said or talked over in this time, or not talked over yet: the visit is for it.
      const news = within(frame, recordedAt) || (talkedOverAt !== undefined && within(frame, talkedOverAt));
      return assignmentId === assignment.id && (news || talkedOverAt === undefined);
    })
    .map((found) => `  ${barrier(frame, found)}`);
  const all = [...lines, ...ended, ...excused, ...barriers];
  return all.length === 0 ? [] : [`${assignment.key} ${plain(assignment.title)}`, ...all];
}

function barrier({ state }: Frame, { code, text, saidBy, talkedOverAt }: Barrier): string {
  const words = text === undefined ? '' : ` "${plain(text)}"`;
  const who = saidBy === 'patient' ? 'said by the patient' : 'written down by the clinician';
  const talked =
    talkedOverAt === undefined ? 'not talked over yet' : `talked over ${writeDay(talkedOverAt, state.plan.timeZone)}`;
  return `barrier: ${code.replaceAll('-', ' ')}${words} (${who}; ${talked})`;
}

function feedbackLines(frame: Frame): readonly string[] {
  const { state } = frame;
  return state.feedback
    .filter(({ sentAt }) => within(frame, sentAt))
    .map(({ author, sentAt, text, assignmentId }) => {
      const about = state.assignments.find(({ id }) => id === assignmentId);
      const who = author === 'patient' ? 'patient' : 'clinician';
      const step = about === undefined ? '' : ` on ${about.key}`;
      return `- ${writeDay(sentAt, state.plan.timeZone)}, ${who}${step}: "${plain(text)}"`;
    });
}

/** Counts by artefact, with ids short enough to read: a UUID by its first eight digits. Measures go with their logs. */
function memberLine(members: Report['members']): string {
  const short = (id: string) => id.replace(/([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '$1');
  const artefacts = [...new Set(members.map(({ artefact }) => artefact))];
  const parts = artefacts.map((artefact) => {
    const ids = members.filter((member) => member.artefact === artefact).map(({ id }) => short(id));
    return artefact === 'measure' ? `${ids.length} measure` : `${ids.length} ${artefact} (${ids.join(', ')})`;
  });
  return `Speaks of: ${parts.length === 0 ? 'nothing' : parts.join('; ')}`;
}

/** The day whose end an instant is. */
function lastDay(dueUntil: Instant, timeZone: string): LocalDate {
  return dayOf(new Date(Date.parse(dueUntil) - 1).toISOString(), timeZone);
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function writeDate(date: LocalDate, withYear = true): string {
  const { dayOfWeek, day, month, year } = Temporal.PlainDate.from(date);
  return `${weekdays[dayOfWeek - 1]} ${day} ${months[month - 1]}${withYear ? ` ${year}` : ''}`;
}

function writeDay(at: Instant, timeZone: string, withYear = true): string {
  return writeDate(Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDate().toString(), withYear);
}

function writeTime(at: Instant, timeZone: string): string {
  const time = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainTime();
  return `${writeDay(at, timeZone, false)} ${time.toString({ smallestUnit: 'minute' })}`;
}
