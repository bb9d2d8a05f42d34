import type { Assignment, Instant } from '../model.ts';
import type { PlanChange } from '../plan/plan.ts';
import type { StepChange } from '../plan/step-change.ts';
import { writeDate, writeDay } from '../schedule/write-day.ts';
import { isNews, plain, type ReportFrame } from './report-frame.ts';
import type { ReportSection, ToldFact } from './report-model.ts';
import { plannedWords, stepName } from './report-steps.ts';

/** One thing that a person changed, under a name by which a later report knows that it was told. */
interface ToldChange {
  readonly id: string;
  readonly at: Instant;
  readonly line: string;
}

/**
 * What people changed of the plan in the period: words and times, steps that were added, made smaller, opened or locked by hand, or
 * withdrawn, and its end: an EHR that takes no Task has it from the note. It names nobody.
 */
export function changesSection(frame: ReportFrame, assignments: readonly Assignment[]): readonly ReportSection[] {
  const lines = changesIn(frame, assignments).map(({ line }) => line);
  return lines.length === 0 ? [] : [{ title: 'Changed in the plan', entries: [{ lines }] }];
}

/** What the report says of changes, so that the next one does not say it again. */
export function changeFacts(frame: ReportFrame, assignments: readonly Assignment[]): readonly ToldFact[] {
  return changesIn(frame, assignments).map(({ id, at }) => ({ artefact: 'change', id, status: 'told', at }));
}

function changesIn(frame: ReportFrame, assignments: readonly Assignment[]): readonly ToldChange[] {
  return [...assignments.flatMap((assignment) => changesOf(frame, assignment)), ...changesOfPlan(frame)].filter(
    ({ id, at }) => isNews(frame, at, { artefact: 'change', id }),
  );
}

function changesOf({ state: { plan } }: ReportFrame, assignment: Assignment): readonly ToldChange[] {
  const { id, authoredOn, changes = [], unlocked } = assignment;
  const name = stepName(assignment);
  const day = (at: Instant) => writeDay(at, plan, false);
  const told = (what: string, at: Instant, words: string, reason?: string): ToldChange => ({
    ...{ id: `${id}.${what}.${at}`, at },
    line: `${name}: ${words}${why(reason)}`,
  });
  const taken = takenBack(assignment);
  return [
    ...(authoredOn > plan.createdAt ? [told('added', authoredOn, `put into the plan on ${day(authoredOn)}`)] : []),
    ...changes.flatMap((change, index) => {
      const what = changeWords(change, plan.language);
      if (what.length === 0) return [];
      return [told(`changed-${index}`, change.at, `${day(change.at)}, ${what.join('; ')}`, change.reason)];
    }),
    ...(unlocked?.by === undefined
      ? []
      : [told('opened', unlocked.at, `opened by hand on ${day(unlocked.at)}`, unlocked.reason)]),
    ...(taken === undefined
      ? []
      : [told(taken.what, taken.at, `${taken.what} on ${day(taken.at)}`, assignment.statusReason?.text)]),
  ];
}

/** Of a step that a clinician locked again or withdrew: when. A later change has moved the time of the former, and told of it. */
function takenBack({ status, businessStatus, unlockedAt, endedAt, lastModified, changes = [] }: Assignment) {
  if (businessStatus === 'withdrawn') return { what: 'withdrawn', at: endedAt ?? lastModified };
  const isLocked = status === 'draft' && unlockedAt !== undefined && changes.at(-1)?.at !== lastModified;
  return isLocked ? { what: 'locked again', at: lastModified } : undefined;
}

function changesOfPlan({ state: { plan } }: ReportFrame): readonly ToldChange[] {
  const { id, language, changes = [], status, closedAt, closeReason } = plan;
  const closed = status === 'completed' ? 'completed' : 'ended early';
  return [
    ...changes.flatMap((change, index) => {
      const what = planChangeWords(change, language);
      if (what.length === 0) return [];
      const line = `The plan: ${writeDay(change.at, plan, false)}, ${what.join('; ')}${why(change.reason)}`;
      return [{ id: `${id}.changed-${index}.${change.at}`, at: change.at, line }];
    }),
    ...(closedAt === undefined
      ? []
      : [
          {
            ...{ id: `${id}.closed.${closedAt}`, at: closedAt },
            line: `The plan: ${closed} on ${writeDay(closedAt, plan, false)}${why(closeReason)}`,
          },
        ]),
  ];
}

function planChangeWords({ title, description, end, goals }: PlanChange, language: string): readonly string[] {
  const by = (day: string | undefined) =>
    day === undefined ? 'no last day' : `ends ${writeDate(day, language, false)}`;
  return [
    ...(title?.from === undefined ? [] : [`was called “${plain(title.from)}”`]),
    ...(description === undefined ? [] : ['its description was reworded']),
    ...(end === undefined ? [] : [`${by(end.to)}; was: ${by(end.from)}`]),
    ...(goals ?? []).map(({ from, to }) => `goal “${plain(to ?? '')}”; was “${plain(from ?? '')}”`),
  ];
}

function changeWords(
  { title, instructions, rationale, schedule, unlock, goesWith, smaller }: StepChange,
  language: string,
): readonly string[] {
  return [
    ...(smaller === undefined ? [] : [`step ${smaller} was put before it as a smaller step`]),
    ...(title?.from === undefined ? [] : [`was called “${plain(title.from)}”`]),
    ...(instructions === undefined && rationale === undefined ? [] : ['reworded']),
    ...(schedule?.from === undefined || schedule.to === undefined
      ? []
      : [`${plannedWords(schedule.to, language)}; was ${plannedWords(schedule.from, language)}`]),
    // the rule of a step that waits for a smaller one, or for another number of times, goes with what is told already
    ...(unlock === undefined || goesWith !== undefined || smaller !== undefined ? [] : ['opens by another rule']),
  ];
}

function why(reason: string | undefined): string {
  return reason === undefined || reason.trim() === '' ? '' : ` (${plain(reason)})`;
}
