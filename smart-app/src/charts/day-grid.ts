import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { defined } from '../../../src/foundation/defined.ts';
import type { LocalDate, OccurrenceStatus } from '../../../src/homework/model.ts';
import { addDays, dayOf } from '../../../src/homework/schedule/day-end.ts';
import { questionsOf, readQuestionnaire } from '../forms/read-questionnaire.ts';
import { type GridQuestion, gridQuestions, gridValue } from '../plan/grid-questions.ts';
import { finishedLogs, occurrencesOf } from '../plan/steps.ts';
import { versionOf } from '../plan/version-of.ts';

/** So many days stand side by side: a month of diary cards on one screen. */
const daysShown = 30;

/** One question over the days: its number, `true` for a yes, or nothing. */
export interface GridRow extends Omit<GridQuestion, 'linkId'> {
  readonly cells: readonly (number | true | undefined)[];
  /** The top of its scale; absent: it has none that is known. */
  readonly most?: number;
  /** Which end of it is looked for: of what is better the more there is, the lowest; absent: neither is. */
  readonly framed?: 'highest' | 'lowest';
}

export interface DayGrid {
  readonly days: readonly LocalDate[];
  /** What became of each day; undefined: nothing was asked. */
  readonly standing: readonly (OccurrenceStatus | undefined)[];
  readonly rows: readonly GridRow[];
}

/**
 * The last thirty days of a step that is done every day, question by question; what was rated twice on a day stands there with its
 * higher value. Undefined where it has none.
 */
export function dayGrid(homework: PatientHomework, view: PlanView, step: StepView): DayGrid | undefined {
  const { timeZone } = view.plan;
  const times = occurrencesOf(view, step.id).filter(({ day, superseded }) => day !== undefined && superseded !== true);
  const today = dayOf(homework.now, timeZone);
  const first = [times[0]?.day ?? today, addDays(today, 1 - daysShown)].toSorted().at(-1) ?? today;
  const days = Array.from({ length: daysShown }, (_, place) => addDays(first, place)).filter((day) => day <= today);
  const byId = new Map(times.map(({ id, day }) => [id, day]));
  const logs = finishedLogs(view, step.id).map((log) => ({
    log,
    day: byId.get(log.occurrenceId ?? '') ?? dayOf(log.performedAt, timeZone),
  }));
  const [last] = logs.slice(-1);
  const version = last && versionOf(homework, last.log.questionnaire);
  const questionnaire = last && homework.questionnaires[last.log.questionnaire];
  if (version === undefined || questionnaire === undefined) return undefined;
  const tops = new Map(questionsOf(readQuestionnaire(questionnaire)).map(({ linkId, max }) => [linkId, max]));
  for (const { linkId, range, unit } of version.scores ?? []) if (unit !== 'min') tops.set(linkId, range.most);
  const ends = new Map((version.scores ?? []).map(({ linkId, higherIs }) => [linkId, framedOf[higherIs]]));
  const rows = gridQuestions(version.summary).flatMap(({ linkId, ...row }): readonly GridRow[] => {
    const cells = days.map((day) =>
      highest(logs.filter((entry) => entry.day === day).map(({ log }) => gridValue(log, linkId, version.scores))),
    );
    if (cells.every((cell) => cell === undefined)) return [];
    const framed = ends.has(linkId) ? ends.get(linkId) : 'highest';
    return [{ ...row, cells, ...defined({ most: tops.get(linkId), framed }) }];
  });
  return { days, rows, standing: days.map((day) => standingOf(times.filter((time) => time.day === day))) };
}

const framedOf = { worse: 'highest', better: 'lowest', neither: undefined } as const;

function highest(values: readonly (number | true | undefined)[]): number | true | undefined {
  if (values.includes(true)) return true;
  const numbers = values.flatMap((value) => (typeof value === 'number' ? [value] : []));
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

/** Of several times on a day the one that is least done. */
function standingOf(times: readonly { readonly status: OccurrenceStatus }[]): OccurrenceStatus | undefined {
  const order: readonly OccurrenceStatus[] = ['missed', 'overdue', 'due', 'late', 'done', 'paused', 'excused'];
  return order.find((status) => times.some((time) => time.status === status));
}
