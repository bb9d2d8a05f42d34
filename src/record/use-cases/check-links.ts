import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Assignment } from '../../homework/model.ts';
import { linksOf } from '../../homework/plan/links-of.ts';
import { reachIssues } from '../../homework/plan/reach-issues.ts';
import { partsWithPath } from '../../homework/plan/rule-parts.ts';
import type { KindRegister, RegisteredVersion } from '../../kinds/kind-register.ts';
import { linkIdsIn } from '../../kinds/own/follow-links.ts';
import { kindsOfPlan } from '../../kinds/own/kinds-of-plan.ts';
import { readingsOfForm } from './readings-of-form.ts';

/** A step whose rule was given just now. */
interface Ruled {
  readonly step: Pick<Assignment, 'unlock'>;
  /** Where the step stands in the command: `assignments[2].`; empty where it is the command. */
  readonly at: string;
}

/**
 * Refuses rules that ask for what the form of the step they wait for does not have, or what no answer to it could reach: they would never
 * open.
 * @param all every step of the plan, as it is to be
 * @throws IntersessionError `invalid-request` naming every field at fault
 */
export function checkLinks(kinds: KindRegister, given: readonly Ruled[], all: readonly Assignment[]): void {
  const register = kindsOfPlan(kinds, all);
  const issues = given.flatMap(({ step, at }) =>
    partsWithPath(step.unlock, `${at}unlock`).flatMap(({ part, path }) => {
      const before = part.type === 'after' ? all.find(({ key }) => key === part.after) : undefined;
      const version = before && register.find(before.questionnaire);
      if (part.type !== 'after' || version === undefined) return [];
      const named = namedIn(version);
      const unknown = linksOf(part.criterion)
        .filter(([, linkId]) => !named.has(linkId))
        .map(([field]) => ({
          path: `${path}.criterion.${field}`,
          problem: `names no item or score of the form of step ${part.after}: it would never open`,
        }));
      return unknown.length > 0 ? unknown : reachIssues(part.criterion, `${path}.criterion`, readingsOfForm(version));
    }),
  );
  if (issues.length === 0) return;
  const message = issues.map(({ path, problem }) => `${path} ${problem}`).join('; ');
  throw new IntersessionError('invalid-request', { issues }, message);
}

/** What a rule can name in a form: its items and its scores. */
export function namedIn({ questionnaire, scores = [] }: RegisteredVersion): ReadonlySet<string> {
  return new Set([...linkIdsIn(questionnaire.item ?? []), ...scores.map(({ linkId }) => linkId)]);
}
