import { defined } from '../../foundation/defined.ts';
import { asToldBy } from '../as-told-by.ts';
import { isLineKept } from '../log/is-line-kept.ts';
import { readAnswer, shareableItems } from '../log/read-answer.ts';
import type { Assignment, Instant, LocalDate, Log, PlanState, Report } from '../model.ts';
import { writeDate, writeDay, writeTime } from '../schedule/write-day.ts';
import type { ChangeSinceFiling } from './changes-since-filing.ts';
import { memberLine } from './report-content.ts';
import { toldCount } from './report-count.ts';
import { plain, type ReportWording, reportFrame, saidIn } from './report-frame.ts';
import { type LogWording, logFact, logLine, notDoneLabel } from './report-logs.ts';
import type { ReportContent, ReportEntry, ToldFact } from './report-model.ts';
import { barrierFact, barrierWords } from './report-not-done.ts';
import { stepName } from './report-steps.ts';
import { summariseChanges } from './summarise-changes.ts';

export interface AddendumOptions extends ReportWording {
  readonly report: Report;
  readonly changes: readonly ChangeSinceFiling[];
  /** The patient's day at whose end it is written. */
  readonly day: LocalDate;
  readonly members: Report['members'];
  readonly marker: string;
  readonly at: Instant;
}

/** Only what changed since a report was filed; what was taken back is named, its values are not repeated. */
export function addendumContent(state: PlanState, options: AddendumOptions): ReportContent {
  const { report, changes, day, marker } = options;
  const { plan } = state;
  const { timeZone, language, title } = plan;
  const period = `${writeDay(report.from, plan)} to ${writeDay(report.to, plan)}`;
  const of = (...kinds: readonly ChangeSinceFiling['change'][]) =>
    changes.filter(({ change }) => kinds.includes(change));
  const words = new Wording(state, options);
  const count = changedCount(state, options);
  const sections = [
    { title: 'Taken back: do not rely on it', urgent: true as const, entries: words.entries(of('retracted')) },
    { title: 'Corrected', entries: words.entries(of('amended')) },
    { title: 'Came after the report', entries: words.entries(of('late')) },
    { title: 'Excused since', entries: words.entries(of('excused')) },
    { title: 'Talked over since', entries: words.entries(of('talked-over')) },
    { title: 'Feedback since', entries: words.entries(of('feedback')) },
    { title: 'The count of that time', entries: count === undefined ? [] : [{ lines: countLines(count) }] },
  ];
  return {
    language,
    headline: `Addendum of ${writeDate(day, language)} to the report of ${period}: ${summariseChanges(changes)}.`,
    ...defined({ count: count?.now }),
    namesSignals: false,
    title: plain(title),
    period: `${period} (${timeZone})`,
    date: options.at,
    sections: sections.filter(({ entries }) => entries.length > 0),
    members: memberLine(options.members),
    marker,
    told: changes.flatMap((change) => words.facts(change)),
  };
}

/** Done of planned in the report's time as it is now, where that is not what was said last. */
function changedCount(state: PlanState, { report, changes, ...wording }: AddendumOptions): Count | undefined {
  const { id, from, to, content } = report;
  const now = toldCount(reportFrame(state, { ...wording, from, to }));
  const addenda = state.reports.filter(({ addendumTo }) => addendumTo === id);
  // what was filed before counts were kept has its headline alone
  const before =
    addenda.flatMap((addendum) => addendum.content?.count ?? []).at(-1) ?? content?.count ?? content?.headline;
  if (now === before) return undefined;
  const keepsDone = state.logs.some(
    (log) =>
      changes.some(({ artefact, id: of }) => artefact === 'log' && of === log.id) && keepsWhetherDone(wording, log),
  );
  // what was told of it before would say again what the patient shares no longer
  return { now, before: keepsDone ? undefined : before };
}

function countLines({ now, before }: Count): readonly string[] {
  return [`now: ${now}`, ...(before === undefined ? [] : [`told before: ${before}`])];
}

interface Count {
  readonly now: string;
  readonly before: string | undefined;
}

class Wording {
  private readonly state: PlanState;
  private readonly options: AddendumOptions;
  private readonly words: LogWording;

  constructor(state: PlanState, options: AddendumOptions) {
    this.state = state;
    this.options = options;
    const { summaryOf, scoresOf, behaviourLinkId } = options;
    this.words = { summaryOf, state, ...defined({ scoresOf, behaviourLinkId }) };
  }

  entries(changes: readonly ChangeSinceFiling[]): readonly ReportEntry[] {
    return changes.map((change) => this.entry(change));
  }

  facts({ artefact, id, change }: ChangeSinceFiling): readonly ToldFact[] {
    const { occurrences, barriers, feedback } = this.state;
    if (artefact === 'log') {
      const [log] = this.log(id);
      const fact = logFact(this.words, log);
      const told = change === 'retracted' ? { ...fact, status: 'retracted', lines: [] } : fact;
      const occurrence = occurrences.find((occurrence) => occurrence.id === log.occurrenceId);
      return [told, ...(occurrence === undefined ? [] : [occurrenceFact(occurrence)])];
    }
    if (artefact === 'occurrence') return occurrences.filter((occurrence) => occurrence.id === id).map(occurrenceFact);
    if (artefact === 'barrier') return barriers.filter((barrier) => barrier.id === id).map(barrierFact);
    return feedback
      .filter((feedback) => feedback.id === id)
      .map(({ sentAt }) => ({ artefact, id, status: 'told', at: sentAt }));
  }

  private entry(change: ChangeSinceFiling): ReportEntry {
    const { assignments, occurrences, barriers, feedback, plan } = this.state;
    const step = (assignmentId: string | undefined) => {
      const assignment = assignments.find(({ id }) => id === assignmentId);
      return assignment === undefined ? 'The plan as a whole' : stepName(assignment);
    };
    if (change.artefact === 'log') return this.logEntry(change);
    if (change.artefact === 'occurrence') {
      const occurrence = occurrences.find(({ id }) => id === change.id);
      const reason = plain(occurrence?.reason ?? 'no reason given');
      const heading = step(occurrence?.assignmentId);
      return { heading, lines: [`was told as ${change.told?.status ?? 'open'}; excused: ${reason}`] };
    }
    if (change.artefact === 'barrier') {
      const barrier = barriers.find(({ id }) => id === change.id);
      return {
        heading: step(barrier?.assignmentId),
        lines: barrier === undefined ? [] : [barrierWords({ ...this.options, state: this.state }, barrier)],
      };
    }
    const message = feedback.find(({ id }) => id === change.id);
    const who = message?.author === 'patient' ? 'patient' : 'clinician';
    const told = message ? `${who}${asToldBy(message, this.options.sourceName)}` : who;
    const lines = message ? [`${writeDay(message.sentAt, plan)}, ${told}: "${plain(message.text)}"`] : [];
    return { heading: step(message?.assignmentId), lines };
  }

  private logEntry({ id, change, told }: ChangeSinceFiling): ReportEntry {
    const [log, assignment] = this.log(id);
    const time = writeTime(log.performedAt, this.state.plan);
    const changed = writeDay(log.authored, this.state.plan);
    const heading = stepName(assignment);
    if (change === 'retracted')
      return {
        heading,
        lines: [`the log of ${time} was taken back on ${changed}; what the report says of it does not hold`],
      };
    if (change === 'late') {
      const words = logLine(this.words, log);
      return { heading, lines: [`${time}, written ${changed}${words === '' ? '' : `: ${words}`}`] };
    }
    const lines = differences(this.words, told, log);
    return { heading, lines: [`the log of ${time} was corrected on ${changed}`, ...lines] };
  }

  private log(id: string): readonly [Log, Assignment] {
    const log = this.state.logs.find((log) => log.id === id);
    const assignment = this.state.assignments.find((assignment) => assignment.id === log?.assignmentId);
    if (log === undefined || assignment === undefined) throw new Error('a change names a log of its plan');
    return [log, assignment];
  }
}

/** Old and new of what the report told, line by line; what the patient no longer shares is not repeated. */
function differences(words: LogWording, told: ToldFact | undefined, log: Log): readonly string[] {
  const { summaryOf } = words;
  const now = logFact(words, log).lines ?? [];
  if (told?.lines === undefined) return now.map(({ text }) => `now ${text}`);
  const hidden = summaryOf(log.questionnaire)
    .filter((line) => isLineKept(line, log, words.scoresOf?.(log.questionnaire)))
    .map(({ label }) => label);
  const before = told.lines;
  const labels = [...new Set([...before, ...now].map(({ label }) => label))];
  const lines = labels.flatMap((label) => {
    const [old, new_] = [
      before.find((summaryPart) => summaryPart.label === label)?.text,
      now.find((summaryPart) => summaryPart.label === label)?.text,
    ];
    if (old === new_) return [];
    if (label === notDoneLabel) return notDoneChanged(words, log);
    if (hidden.includes(label)) return [new_ === undefined ? `${label}: not shared any more` : `now ${new_}`];
    if (new_ === undefined) return [`was ${old}, now not answered`];
    return [old === undefined ? `now ${new_}` : `was ${old}, now ${new_}`];
  });
  return lines.length === 0 ? ['nothing that the report tells of it has changed'] : lines;
}

/** What a log says now of whether it was done, where that is not what was told. */
function notDoneChanged(words: LogWording, log: Log): readonly string[] {
  const said = saidIn(words)(log);
  if (said !== undefined)
    return [said ? 'was answered that it was not done, now that it was' : 'now answered that it was not done'];
  return [
    keepsWhetherDone(words, log) ? 'whether it was done: not shared any more' : 'whether it was done: now not answered',
  ];
}

/** Whether the patient keeps private whether it was done. */
function keepsWhetherDone({ behaviourLinkId }: Pick<ReportWording, 'behaviourLinkId'>, log: Log): boolean {
  const linkId = behaviourLinkId?.(log.questionnaire);
  return (
    linkId !== undefined &&
    readAnswer(log.items, linkId) !== undefined &&
    readAnswer(shareableItems(log.items, log.withheld), linkId) === undefined
  );
}

function occurrenceFact({ id, status, lastModified }: PlanState['occurrences'][number]): ToldFact {
  return { artefact: 'occurrence', id, status, at: lastModified };
}
