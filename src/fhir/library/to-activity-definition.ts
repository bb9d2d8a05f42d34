import type { ActivityDefinition } from 'fhir/r4';
import type { LibraryPlan, LibraryStep } from '../../homework/plan/library-plan.ts';
import { ourProfiles } from '../profiles.ts';
import { canonicalBase, ourCodeSystems } from '../systems.ts';
import { activityDefinitionId, computableName } from './library-canonicals.ts';
import { toLibraryTiming } from './library-timing.ts';

/**
 * One step of a library plan as an ActivityDefinition that makes an assignment Task; the form to fill in is what it
 * depends on, with its version. Nothing in it is computed when it is applied (no `dynamicValue`), and so the words for another
 * number of times (`counted`) are not in it.
 *
 * @param kindTitle display of the step's kind
 * @see https://hl7.org/fhir/R4/activitydefinition.html
 */
export function toActivityDefinition(plan: LibraryPlan, step: LibraryStep, kindTitle: string): ActivityDefinition {
  const id = activityDefinitionId(plan, step.key);
  return {
    resourceType: 'ActivityDefinition',
    id,
    meta: { profile: [ourProfiles.libraryStep] },
    url: `${canonicalBase}/ActivityDefinition/${id}`,
    version: plan.version,
    name: computableName(plan.slug, 'step', step.key),
    title: step.title,
    status: 'active',
    experimental: false,
    publisher: 'Intersession',
    description: step.instructions,
    purpose: step.rationale,
    ...(plan.approvedBy && { approvalDate: plan.approvedBy.on, reviewer: [{ name: plan.approvedBy.name }] }),
    relatedArtifact: [{ type: 'depends-on', display: 'Questionnaire', resource: step.questionnaire }],
    kind: 'Task',
    profile: ourProfiles.assignment,
    code: { coding: [{ system: ourCodeSystems.kind, code: step.kind, display: kindTitle }] },
    intent: 'order',
    timingTiming: toLibraryTiming(step.schedule),
    participant: [{ type: 'patient' }],
  };
}
