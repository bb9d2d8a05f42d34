import type { SourceName } from '../as-told-by.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import { isFinished } from '../log/log.ts';
import type { SummaryLine } from '../log/summary-line.ts';
import { logsByTime, saidDone } from '../log/told-not-done.ts';
import type { Instant, KindSlug, Log, Occurrence, PlanState, Report, VersionedCanonical } from '../model.ts';
import type { CameTo } from '../plan/count-due.ts';
import type { ReportSignal, ToldFact } from './report-model.ts';
import { factKey, reportOfTime, toldFacts } from './told-facts.ts';

/** How the kinds word their logs. */
export interface ReportWording {
  /** By the version that a log answers. */
  summaryOf(questionnaire: VersionedCanonical): readonly SummaryLine[];
  /** What is calculated from the answers to a version; absent: nothing. */
  readonly scoresOf?: HomeworkRules['scoresOf'];
  kindTitle(kind: KindSlug): string;
  /** The item of a version that says whether it was done; absent: of no log is it known. */
  readonly behaviourLinkId?: HomeworkRules['behaviourLinkId'];
  /** What people call a source system; absent: it goes by its client id. */
  readonly sourceName?: SourceName;
}

export interface ReportOptions extends ReportWording {
  readonly from: Instant;
  readonly to: Instant;
  readonly members: Report['members'];
  /** `[IS:<id>:v<n>]` of this report; absent in a preview. */
  readonly marker?: string;
  /** Safety signals of the patient; absent: none are kept, and the report says nothing of them. */
  readonly signals?: readonly ReportSignal[];
  /** What an addendum to an earlier report will tell, by `<artefact>/<id>`. */
  readonly leftToAddenda?: ReadonlySet<string>;
}

/** A period of a plan, with what was told of it before. */
export interface ReportFrame extends ReportOptions {
  readonly state: PlanState;
  readonly facts: ReadonlyMap<string, ToldFact>;
  /** Where an earlier report ends this one begins: that instant was told there. */
  readonly afterAnother: boolean;
}

export function reportFrame(state: PlanState, options: ReportOptions): ReportFrame {
  const afterAnother = state.reports.some(({ addendumTo, to }) => addendumTo === undefined && to === options.from);
  return { ...options, state, facts: toldFacts(state), afterAnother };
}

/** Whether an instant belongs to the period. */
export function within({ from, to, afterAnother }: ReportFrame, at: Instant): boolean {
  return (afterAnother ? at > from : at >= from) && at <= to;
}

/**
 * Whether something that came at `at` is for this report. Where an earlier report ends this one begins: what came in that very
 * instant was told there, unless it came after it.
 */
export function isNews(frame: ReportFrame, at: Instant, fact: Pick<ToldFact, 'artefact' | 'id'>): boolean {
  if (within(frame, at)) return true;
  return frame.afterAnother && at === frame.from && !wasTold(frame, fact.artefact, fact.id);
}

const byTime = (a: Log, b: Log) => a.performedAt.localeCompare(b.performedAt);

/** Whether a log says, to whoever reads the report, that what it is about was done. */
export function saidIn({
  behaviourLinkId = () => undefined,
}: Pick<ReportFrame, 'behaviourLinkId'>): (log: Log) => boolean | undefined {
  return (log) => saidDone(log, behaviourLinkId);
}

/** Completed logs of the period, by the time they happened. */
export function logsIn(frame: ReportFrame): readonly Log[] {
  return frame.state.logs.filter((log) => isFinished(log) && isOfPeriod(frame, log)).sort(byTime);
}

function isOfPeriod(frame: ReportFrame, log: Log): boolean {
  if (within(frame, log.performedAt)) return true;
  return frame.afterAnother && endedInItsMinute(frame.from, log) && !wasTold(frame, 'log', log.id);
}

/**
 * Whether a report that ended at `end` could not tell of a log though it spoke of its time: people say when it was to the minute, and it
 * was written after that end. The report that begins there tells it, or none would.
 */
export function endedInItsMinute(
  end: Instant,
  { performedAt, authored }: Pick<Log, 'performedAt' | 'authored'>,
): boolean {
  return performedAt <= end && authored > end && sameMinute(performedAt, end);
}

const sameMinute = (at: Instant, other: Instant): boolean => at.slice(0, 16) === other.slice(0, 16);

/** Completed logs from before the period that no report has told: they came between the reports. */
export function earlierLogs(frame: ReportFrame): readonly Log[] {
  return frame.state.logs
    .filter((log) => isFinished(log) && log.performedAt < frame.from)
    .filter((log) => !wasTold(frame, 'log', log.id) && reportOfTime(frame.state, log.performedAt) === undefined)
    .sort(byTime);
}

/** What an occurrence counted as when the period ended; undefined: it doesn't count in it. */
export function countedAs(frame: ReportFrame, { id, status, dueUntil, endedAt }: Occurrence): CameTo {
  if (status === 'excused' || status === 'paused' || status === 'due') return undefined;
  if (status === 'overdue') return dueUntil <= frame.to ? 'overdue' : undefined;
  const ended = endedAt ?? frame.to;
  if (within(frame, ended)) return status;
  const own = logsByTime(frame.state.logs).get(id) ?? [];
  if (own.some((log) => isFinished(log) && isOfPeriod(frame, log))) return status;
  return ended > frame.to && dueUntil <= frame.to ? 'overdue' : undefined;
}

/** Whether a report has said something of it, or an addendum will. */
export function wasTold(frame: ReportFrame, artefact: ToldFact['artefact'], id: string): boolean {
  const key = factKey({ artefact, id });
  return frame.facts.has(key) || frame.leftToAddenda?.has(key) === true;
}

/** One line: a line break in somebody's words must not look like a line of ours. */
export const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
