import type {
  CarePlan,
  Communication,
  DocumentReference,
  Flag,
  Goal,
  Observation,
  Provenance,
  Questionnaire,
  QuestionnaireResponse,
  Task,
} from 'fhir/r4';
import type { Artefact } from '../homework/model.ts';

/** A FHIR resource that we make of a plan; every one has an `id`. */
export type OurResource =
  | CarePlan
  | Task
  | QuestionnaireResponse
  | Observation
  | Communication
  | DocumentReference
  | Flag
  | Goal
  | Provenance
  | Questionnaire;

/** One resource made from a plan: `id` is the resource's id and the artefact's, `groupId` its landing group. */
export interface ProjectedResource {
  readonly artefact: Artefact | 'goal' | 'provenance' | 'form';
  readonly id: string;
  readonly groupId: string;
  readonly resource: OurResource;
  /** Of a log that its writer never sent: in no EHR, and without a word in it. */
  readonly unsent?: true;
}
