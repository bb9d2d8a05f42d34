import { canonicalBase } from './systems.ts';

const profile = (name: string) => `${canonicalBase}/StructureDefinition/${name}` as const;

/** The profile that each resource of ours claims in `meta.profile`; defined in `profiles/input/fsh`. */
export const ourProfiles = {
  plan: profile('homework-plan'),
  assignment: profile('homework-assignment'),
  occurrence: profile('homework-occurrence'),
  log: profile('homework-log'),
  measure: profile('homework-measure'),
  adherence: profile('homework-adherence'),
  barrier: profile('homework-barrier'),
  goal: profile('homework-goal'),
  feedback: profile('homework-feedback'),
  report: profile('homework-report'),
  safety: profile('safety-signal-flag'),
  safetyReview: profile('safety-review'),
  safetyMessage: profile('safety-message'),
  safetyNote: profile('safety-note'),
  provenance: profile('homework-provenance'),
  libraryPlan: profile('homework-library-plan'),
  libraryStep: profile('homework-library-step'),
  questionnaire: profile('homework-questionnaire'),
  ownForm: profile('homework-own-form'),
} as const;
