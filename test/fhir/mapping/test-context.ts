import type { MappingContext } from '../../../src/fhir/mapping-context.ts';
import { noneNotDone } from '../../../src/homework/log/not-done-in-plan.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';

/** A context with nothing that was there before. */
export const testContext: MappingContext = {
  tenantName: 'Riverside Behavioral Health',
  sensitivity: 'MH',
  kindOf: registeredKinds.kind,
  questionnaireOf: (canonical) => registeredKinds.version(canonical).questionnaire,
  scoresOf: (canonical) => registeredKinds.find(canonical)?.scores ?? [],
  responseEndpoint: (occurrenceId) => `https://homework.example.org/respond/${occurrenceId}`,
  previousMeasures: () => [],
  adherences: [],
  notDone: noneNotDone,
};
