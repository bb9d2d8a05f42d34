import type { ActivityDefinition, PlanDefinition, Questionnaire } from 'fhir/r4';
import { toActivityDefinition } from '../../fhir/library/to-activity-definition.ts';
import { toPlanDefinition } from '../../fhir/library/to-plan-definition.ts';
import type { KindRegister } from '../../kinds/kind-register.ts';
import { libraryPlans } from '../../kinds/library/registry.ts';
import type { Outgoing } from './outgoing.ts';

export type Definition = Questionnaire | PlanDefinition | ActivityDefinition;
export type DefinitionType = Definition['resourceType'];

export const definitionTypes: readonly DefinitionType[] = ['Questionnaire', 'PlanDefinition', 'ActivityDefinition'];

export type IdentifiedDefinition = Definition & { readonly id: string };

const byRegister = new WeakMap<KindRegister, readonly IdentifiedDefinition[]>();

/** Everything that comes with the program: every version of each kind's questionnaire, the library plans and their steps. */
export function definitionsOf(kinds: KindRegister): readonly IdentifiedDefinition[] {
  let definitions = byRegister.get(kinds);
  if (definitions === undefined) {
    definitions = [
      ...kinds.versions.map(({ questionnaire }) => questionnaire),
      ...libraryPlans.flatMap((plan) => [
        identified(toPlanDefinition(plan, kinds.version)),
        ...plan.steps.map((step) => identified(toActivityDefinition(plan, step, kinds.kind(step.kind).title))),
      ]),
    ];
    byRegister.set(kinds, definitions);
  }
  return definitions;
}

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
