import { type Capabilities, searchByIdentifier } from '../../landing/capabilities.ts';

/** The types that a hospital's integration team asks about, in the order of docs and tables. */
export const statedTypes = [
  ...['Task', 'CarePlan', 'Goal', 'Questionnaire', 'QuestionnaireResponse', 'Observation', 'DocumentReference'],
  ...['Communication', 'Provenance', 'Flag', 'Subscription'],
];

/** What the statement says of them; an absent type is `[]`, and `conditionalCreate` is null where nothing is stated. */
export function statedFacts(capabilities: Capabilities) {
  const stated = statedTypes.map((type) => capabilities.conditionalCreate[type]).filter((value) => value !== undefined);
  return {
    interactions: Object.fromEntries(statedTypes.map((type) => [type, capabilities.interactions[type] ?? []])),
    conditionalCreate: stated.length === 0 ? null : stated.includes(true),
    system: capabilities.system,
    searchByIdentifier: searchByIdentifier(capabilities, ['QuestionnaireResponse', 'Observation', 'DocumentReference']),
  };
}
