import type { Assignment, Log, Occurrence, PlanState } from '../homework/model.ts';
import { formAfter } from '../homework/plan/own-form.ts';
import { wordsAfter } from '../homework/plan/step-words.ts';

/**
 * The occurrences whose Task a change may have changed: those that are no longer the same object; those of which a log came, went or
 * changed, as it tells whether they were done; those of a step that is asked by somebody else now, or whose words or form at that time
 * are no longer the same; and all of them where the plan itself changed. So a plan of a year costs what changed in it. Those that are still
 * to be done are always among them: whoever fills them in goes by where the service is reached now. Absent `before`: all.
 */
export function occurrencesToMap(before: PlanState | undefined, after: PlanState): readonly Occurrence[] {
  if (before?.plan !== after.plan) return after.occurrences;
  const same = new Set<object>(before.occurrences);
  const logged = new Set(
    [...without(before.logs, after.logs), ...without(after.logs, before.logs)].map(({ occurrenceId }) => occurrenceId),
  );
  const steps = stepsOtherwise(before, after);
  return after.occurrences.filter(
    (occurrence) =>
      !same.has(occurrence) ||
      isOpen(occurrence) ||
      logged.has(occurrence.id) ||
      steps.get(occurrence.assignmentId)?.(occurrence.words) === true,
  );
}

const isOpen = ({ status }: Occurrence): boolean => status === 'due' || status === 'overdue';

/** Those that are not the very objects of the others. */
function without(logs: readonly Log[], others: readonly Log[]): readonly Log[] {
  const known = new Set(others);
  return logs.filter((log) => !known.has(log));
}

/** Of each step that changed, whether what its occurrence says of it is another than before, by how many changes it had seen. */
function stepsOtherwise(
  before: PlanState,
  after: PlanState,
): ReadonlyMap<string, (words: number | undefined) => boolean> {
  const were = new Map(before.assignments.map((step) => [step.id, step]));
  return new Map(
    after.assignments.flatMap((step) => {
      const was = were.get(step.id);
      if (was === step) return [];
      const known = new Map<number | undefined, boolean>();
      const otherwise = (words: number | undefined): boolean => {
        const found = known.get(words) ?? (was === undefined || saidOf(was, words) !== saidOf(step, words));
        known.set(words, found);
        return found;
      };
      return [[step.id, otherwise] as const];
    }),
  );
}

/** All that an occurrence's Task says of its step, as one text: it asks nothing else of it. */
function saidOf(step: Assignment, words: number | undefined): string {
  const { requester, via } = step;
  return JSON.stringify([wordsAfter(step, words).title, formAfter(step, words), requester, via]);
}
