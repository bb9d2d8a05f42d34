import type { VersionedCanonical } from '../../homework/model.ts';
import type { LibraryPlan } from '../../homework/plan/library-plan.ts';
import { canonicalBase } from '../systems.ts';

/** The canonical url of a library plan, without its version. */
export function planDefinitionUrl(plan: LibraryPlan): string {
  return `${canonicalBase}/PlanDefinition/${plan.slug}`;
}

/** The id of a step's ActivityDefinition: `social-anxiety-speaking-up-4a`. */
export function activityDefinitionId(plan: LibraryPlan, key: string): string {
  return `${plan.slug}-${key}`;
}

/** The canonical of a step's ActivityDefinition; it has the version of its plan. */
export function activityDefinitionCanonical(plan: LibraryPlan, key: string): VersionedCanonical {
  return `${canonicalBase}/ActivityDefinition/${activityDefinitionId(plan, key)}|${plan.version}`;
}

/** A name that generated code can use: `SocialAnxietySpeakingUp` (pdf-0, adf-0). */
export function computableName(...words: readonly string[]): string {
  return words
    .flatMap((word) => word.split('-'))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
