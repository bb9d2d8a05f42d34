import type { ActivityDefinition, PlanDefinition, Questionnaire } from 'fhir/r4';
import { toActivityDefinition } from '../../fhir/library/to-activity-definition.ts';
import { toPlanDefinition } from '../../fhir/library/to-plan-definition.ts';
import { libraryPlans } from '../../kinds/library/registry.ts';
import { kindBySlug, kinds } from '../../kinds/registry.ts';
import type { Outgoing } from './fhir-answer.ts';

export type Definition = Questionnaire | PlanDefinition | ActivityDefinition;
export type DefinitionType = Definition['resourceType'];

export const definitionTypes: readonly DefinitionType[] = ['Questionnaire', 'PlanDefinition', 'ActivityDefinition'];

const behaviourLinkIdOf = (slug: string): string | undefined => kindBySlug(slug).behaviourLinkId;

/** Everything that comes with the program: the questionnaire of each kind, the library plans and their steps. */
export const definitions: readonly (Definition & { readonly id: string })[] = [
  ...kinds.map(({ slug, questionnaire }) => ({ ...questionnaire, id: questionnaire.id ?? slug })),
  ...libraryPlans.flatMap((plan) => [
    identified(toPlanDefinition(plan, behaviourLinkIdOf)),
    ...plan.steps.map((step) => identified(toActivityDefinition(plan, step, kindBySlug(step.kind).title))),
  ]),
];

/** A definition with its own version as the resource's: it never changes under one. */
export function definitionOut(definition: Definition, changed: string): Outgoing {
  return { resource: definition, version: definition.version ?? '1', lastUpdated: changed };
}

export function isDefinitionType(type: string): type is DefinitionType {
  return definitionTypes.some((definitionType) => definitionType === type);
}

function identified<D extends Definition>(definition: D): D & { readonly id: string } {
  const { id } = definition;
  if (id === undefined) throw new TypeError(`a ${definition.resourceType} of the library has no id`);
  return { ...definition, id };
}
