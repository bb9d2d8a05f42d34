import { asToldBy } from '../as-told-by.ts';
import { summaryParts } from '../log/summarise-log.ts';
import type { SummaryLine } from '../log/summary-line.ts';
import type { Assignment, Log } from '../model.ts';
import { changesBy } from '../plan/step-words.ts';
import { type WritingPlace, writeDay, writeTime } from '../schedule/write-day.ts';
import { earlierLogs, logsIn, type ReportFrame, saidIn } from './report-frame.ts';
import type { ReportEntry, ReportSection, SummaryPart, ToldFact } from './report-model.ts';
import { stepName, thenCalled } from './report-steps.ts';

/** What a log is put into words with. */
export type LogWording = Pick<ReportFrame, 'summaryOf' | 'scoresOf' | 'behaviourLinkId' | 'state'>;

/** The label under which a report keeps what a log says of whether it was done. */
export const notDoneLabel = 'Not done';

type Part = SummaryPart & { readonly line: SummaryLine };

/** What was logged, step by step and time by time; and what was expected beside what came. */
export function logSections(frame: ReportFrame, assignments: readonly Assignment[]): readonly ReportSection[] {
  const logs = logsIn(frame);
  return [
    ...section(
      'Predicted, and what happened',
      assignments.flatMap((assignment) => {
        const lines = of(logs, assignment).flatMap((log) => {
          const pair = pairOf(shared(frame, log));
          return pair === undefined ? [] : [`${when(frame, log)}: ${pair.join('; ')}`];
        });
        return lines.length === 0 ? [] : [{ heading: stepName(assignment), lines }];
      }),
    ),
    ...section('Logged', entriesOf(frame, assignments, logs, writeTime)),
    ...section(
      'Earlier, and not reported before',
      entriesOf(frame, assignments, earlierLogs(frame), (at, place) => writeDay(at, place)),
    ),
  ];
}

/** What the report says of logs, for whoever tells of them next. */
export function logFacts(frame: ReportFrame, assignments: readonly Assignment[]): readonly ToldFact[] {
  return assignments.flatMap((assignment) =>
    of([...earlierLogs(frame), ...logsIn(frame)], assignment).map((log) => logFact(frame, log)),
  );
}

/** A log as it is shared now. */
export function logFact(frame: LogWording, log: Log): ToldFact {
  const lines = shared(frame, log).map(({ label, text }) => ({ label, text }));
  return { artefact: 'log', id: log.id, status: 'told', at: log.authored, lines };
}

/** What a log says, in one line. */
export function logLine(frame: LogWording, log: Log): string {
  return words(shared(frame, log), log);
}

function entriesOf(
  frame: ReportFrame,
  assignments: readonly Assignment[],
  logs: readonly Log[],
  write: (at: string, place: WritingPlace) => string,
): readonly ReportEntry[] {
  return assignments.flatMap((assignment) => {
    const lines = of(logs, assignment).map((log) => {
      const parts = shared(frame, log);
      // told as a pair above
      const rest = pairOf(parts) === undefined ? parts : parts.filter((part) => partOf(part) === undefined);
      const time = write(log.performedAt, frame.state.plan);
      const told = rest.length === 0 && parts.length > 0 ? '' : words(rest, log);
      return `${time}${how(frame, log)}${told === '' ? '' : `: ${told}`}`;
    });
    return lines.length === 0
      ? []
      : [{ heading: `${stepName(assignment)} (${frame.kindTitle(assignment.kind).toLowerCase()})`, lines }];
  });
}

function words(parts: readonly Part[], { withheld, items }: Log): string {
  if (parts.length > 0) return parts.map(({ text }) => text).join('; ');
  return withheld.length > 0 && items.length > 0 ? 'what was written is not shared' : '';
}

/** Expected and come, when both were written and are shared. */
function pairOf(parts: readonly Part[]): readonly string[] | undefined {
  const prediction = parts.find((part) => partOf(part) === 'prediction');
  const outcome = parts.find((part) => partOf(part) === 'outcome');
  return prediction === undefined || outcome === undefined ? undefined : [prediction.text, outcome.text];
}

const partOf = ({ line }: Part) => (line.type === 'text' ? line.part : undefined);
const of = (logs: readonly Log[], { id }: Assignment) => logs.filter(({ assignmentId }) => assignmentId === id);

/** The kind's lines; before them that it was not done, where the log says so: a summary tells what was, and would not say it. */
function shared(frame: LogWording, log: Log): readonly Part[] {
  const { summaryOf, behaviourLinkId, state } = frame;
  const linkId = behaviourLinkId?.(log.questionnaire);
  const notDone: readonly Part[] =
    linkId === undefined || saidIn(frame)(log) !== false
      ? []
      : [
          {
            label: notDoneLabel,
            text: 'answered that it was not done',
            line: { type: 'value', label: notDoneLabel, linkId },
          },
        ];
  const scores = frame.scoresOf?.(log.questionnaire) ?? [];
  return [...notDone, ...summaryParts(summaryOf(log.questionnaire), log, { mask: true, place: state.plan, scores })];
}

function when({ state }: ReportFrame, log: Log): string {
  return writeTime(log.performedAt, state.plan);
}

function how(frame: ReportFrame, log: Log): string {
  return `${howTied(log)}${howTold(frame, log)}${calledThen(frame, log)}`;
}

/** A log is told under the title that its step has now; what that was when it was written stands beside it. */
function calledThen({ state }: ReportFrame, log: Log): string {
  const step = state.assignments.find(({ id }) => id === log.assignmentId);
  const occurrence = state.occurrences.find(({ id }) => id === log.occurrenceId);
  if (step === undefined) return '';
  return thenCalled(step, occurrence?.words ?? changesBy(step, log.performedAt));
}

/** Whom a source system names as having written it down for the patient is nobody whom we know. */
function howTold({ sourceName }: ReportFrame, log: Log): string {
  if (log.via === undefined || log.source.type === 'patient') return '';
  const who = log.source.type === 'practitioner' ? 'a clinician' : 'a relative';
  return `, written down by ${who}${asToldBy(log, sourceName)}`;
}

function howTied({ resolution }: Log): string {
  if (resolution === 'resolved') return '';
  if (resolution === 'ad-hoc') return ', unplanned';
  return resolution === 'extra' ? ', beyond what was planned' : ', late';
}

function section(title: string, entries: readonly ReportEntry[]): readonly ReportSection[] {
  return entries.length === 0 ? [] : [{ title, entries }];
}
