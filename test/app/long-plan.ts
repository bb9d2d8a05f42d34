import type { PlanState } from '../../src/homework/model.ts';
import { situations } from './situations.ts';

/** A word that no line has room for. */
export const longWord = 'Donaudampfschifffahrtsgesellschaft'.repeat(8).slice(0, 240);
/** Words that are read from right to left, with some in them that are not. */
export const fromTheRight = 'להגיד משפט אחד בפגישה (team meeting) בלי להתנצל';

const [visit] = situations.atTheVisit.plans;

/** Sarah's plan with so many steps: the first are done, the one after them is under way, the rest is locked. */
export function longPlan(steps: number, done: number): PlanState {
  const [first] = visit.assignments;
  const opened = situations.opinionDue.plans[0].assignments.find(({ key }) => key === '4b');
  const locked = visit.assignments.find(({ key }) => key === '4c');
  if (first === undefined || opened === undefined || locked === undefined) throw new Error('the case has changed');
  const titles = [longWord, fromTheRight, `${'<b>bold</b> '.repeat(6)}& more`];
  return {
    ...visit,
    barriers: [],
    feedback: [],
    logs: visit.logs.filter(({ assignmentId }) => assignmentId === first.id),
    occurrences: visit.occurrences.filter(({ assignmentId }) => assignmentId === first.id),
    assignments: Array.from({ length: steps }, (_, at) => {
      const like = at < done ? first : at === done ? opened : locked;
      return {
        ...like,
        ...{ id: at === 0 ? first.id : `long-${at}`, key: String(at + 1), step: at + 1 },
        title: titles[at % 7] ?? `${like.title}, for the ${at + 1}. time`,
        instructions: at % 7 === 1 ? fromTheRight : `${like.instructions} ${longWord}`,
        ...(at === 0 ? {} : { unlock: { type: 'after', after: String(at), criterion: { type: 'behaviour-done' } } }),
      } as PlanState['assignments'][number];
    }),
  };
}
