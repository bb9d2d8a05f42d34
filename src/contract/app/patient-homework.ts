import type { Questionnaire } from 'fhir/r4';
import { z } from 'zod';
import type { PredictionParts } from '../../homework/homework-rules.ts';
import type { ScoreDeclaration } from '../../homework/log/score.ts';
import type { SummaryLine } from '../../homework/log/summary-line.ts';
import { lastVisitReasons } from '../../homework/patient/last-visit.ts';
import { patientStates } from '../../homework/patient/patient-standing.ts';
import type { SafetyDeclaration } from '../../homework/safety/safety-signal.ts';
import type { AnswerOf } from '../answer-type.ts';
import { kindDefaults, kindParts } from '../kind.ts';
import { landingShape } from '../landing.ts';
import { libraryPlanShape } from '../library-plan.ts';
import { instant, versionedCanonical } from '../values.ts';
import { appPlanViewShape } from './plan-view.ts';
import { safetyShape } from './safety.ts';
import { patientNameShape } from './session.ts';

/** Values of the program itself, whose types say all: nothing of them came from outside. */
const own = <Value>() => z.custom<Value>((value) => typeof value === 'object' && value !== null);

const kindShape = z.strictObject({
  slug: z.string(),
  title: z.string(),
  summary: z.array(own<SummaryLine>()),
  behaviourLinkId: z.string().exactOptional(),
  safety: z.array(own<SafetyDeclaration>()).exactOptional(),
  predictionParts: own<PredictionParts>().exactOptional(),
  scores: z.array(own<ScoreDeclaration>()).exactOptional().describe('With what their form says of the options'),
  questionnaire: versionedCanonical,
  ...kindParts,
  defaults: kindDefaults.exactOptional().describe('For clinicians, of the version that a new step gets'),
});
export type KindView = AnswerOf<typeof kindShape>;

const appLibraryPlanShape = libraryPlanShape.omit({ libraryPlan: true });
export type LibraryPlanView = AnswerOf<typeof appLibraryPlanShape>;
export type LibraryStepView = LibraryPlanView['steps'][number];

/** How the patient stands in the EHR, where there is something to say of it. */
const standingShape = z.strictObject({
  state: z.enum(patientStates),
  confirmed: z.boolean().describe('A person has confirmed the merge: the homework stands with the survivor then'),
  survivorId: z.string().exactOptional().describe('Absent for the patient, and where the EHR names nobody'),
  deceased: z.strictObject({ at: z.string().exactOptional() }).exactOptional(),
  learnedAt: instant.exactOptional(),
});
export type StandingView = AnswerOf<typeof standingShape>;

/** Why is the analyst's to know: it is told in words of the connection. */
const landingInBrief = landingShape.pick({ artefact: true, landing: true, bySite: true });
export type LandingView = AnswerOf<typeof landingInBrief>;

/** A visit of the patient, as far as the EHR tells. */
const visitShape = z.strictObject({
  start: instant,
  dayOnly: z.literal(true).exactOptional().describe('The EHR says the day, and no time'),
  goesOn: z.literal(true).exactOptional().describe('It goes on, or was today'),
  own: z.literal(true).exactOptional().describe('This user took part'),
  with: z.string().exactOptional().describe('Who took part, as the EHR names them'),
  what: z.string().exactOptional().describe('What kind of care it was, in the EHR’s words'),
  last: z.enum(lastVisitReasons).exactOptional().describe('Why it is taken for the last visit; it is one at most'),
});
export type VisitView = AnswerOf<typeof visitShape>;

/** `GET /patient`: all that the first page needs, in one round trip. */
export const patientHomeworkShape = z.strictObject({
  now: instant,
  patient: patientNameShape,
  plans: z.array(appPlanViewShape),
  kinds: z.array(kindShape),
  questionnaires: z.record(z.string(), own<Questionnaire>()),
  libraryPlans: z.array(appLibraryPlanShape).exactOptional().describe('For clinicians'),
  lastVisit: instant
    .exactOptional()
    .describe('When the visit began since which this user wants to know; absent: none is known'),
  visits: z
    .array(visitShape)
    .exactOptional()
    .describe('Newest first, and as many as one chooses from; absent: the EHR does not tell of any'),
  landings: z.array(landingInBrief),
  whoSees: z.string(),
  safety: safetyShape.exactOptional().describe('Absent for the patient'),
  signalsWait: z
    .literal(true)
    .exactOptional()
    .describe('For the patient: what they say of danger does not come to the care team by itself just now'),
  standing: standingShape.exactOptional(),
});
export type PatientHomework = AnswerOf<typeof patientHomeworkShape>;
