import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { LibraryPlan } from '../../homework/plan/library-plan.ts';
import { socialAnxietySpeakingUp } from './social-anxiety-speaking-up.ts';

/** Every library plan that comes with the product, each version for itself. */
export const libraryPlans: readonly LibraryPlan[] = [socialAnxietySpeakingUp];

/**
 * The library plan of exactly that `slug|version`.
 *
 * @throws IntersessionError `unknown-artefact` (artefact `library-plan`)
 */
export function libraryPlanByVersion(slugAndVersion: string): LibraryPlan {
  const plan = libraryPlans.find(({ slug, version }) => `${slug}|${version}` === slugAndVersion);
  if (plan) return plan;
  const known = libraryPlans.map(({ slug, version }) => `${slug}|${version}`).join(', ');
  throw new IntersessionError(
    'unknown-artefact',
    { artefact: 'library-plan', id: slugAndVersion },
    `There is no such library plan; the known ones are ${known}.`,
  );
}
