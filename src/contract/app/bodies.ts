import { z } from 'zod';
import { ledgerStates, retriedTogether } from '../../homework/ledger/ledger-state.ts';
import { outcomeCodes, waitingCodes } from '../../homework/ledger/row-reason.ts';
import type { ReadonlyDeep } from '../answer-type.ts';
import type { changeAssignmentBody, makeSmallerStepBody, moveAssignmentBody } from '../assignment.ts';
import type { recordBarrierBody, recordPlanBarrierBody, talkOverBarrierBody } from '../barrier.ts';
import type { giveFeedbackBody } from '../feedback.ts';
import type { amendLogBody, completeLogBody } from '../log.ts';
import type { excuseOccurrenceBody } from '../occurrence.ts';
import type { changePlanBody, closePlanBody, createPlanBody, newAssignment } from '../plan-commands.ts';
import { reportedRule, signalText } from '../safety-signal.ts';
import {
  answer,
  answers,
  artefact,
  dateTime,
  ehrReference,
  encounterReference,
  id,
  linkIds,
  localDate,
  longText,
  paging,
  reason,
  versionedCanonical,
} from '../values.ts';
import type { AppRouteKey } from './answers.ts';
import { rosterSearch } from './roster.ts';

/** A body that says no more than that it is asked. */
const emptyBody = z.strictObject({});
/** Made at random by the page that writes the log. */
export const logId = z.uuid('must be a UUID');
/** What a clinician writes into a note before it is filed: paragraphs of their own, and sections anew by their place in it. */
const words = z
  .strictObject({
    own: longText.exactOptional(),
    sections: z
      .array(z.strictObject({ at: z.number().int().min(0), text: longText }))
      .max(20)
      .exactOptional(),
  })
  .exactOptional();
/** What waits for the writer's choice. */
const others = z.strictObject({
  answers: z.record(z.string().min(1).max(64), z.array(answer).max(200)),
  performedAt: z.array(dateTime).max(200),
});
/** What a log says while it is written. */
const said = { performedAt: dateTime.exactOptional(), answers, withheld: linkIds.default([]) };
/** What the page last had of it from here; absent: nothing. */
const base = z.strictObject({ ...said, performedAt: dateTime.optional(), others: others.optional() }).exactOptional();
/** Which of the step's forms the page shows; absent: the one that the step asks for now. */
const form = versionedCanonical.max(500).exactOptional();
const period = { from: dateTime.exactOptional(), to: dateTime.exactOptional() };

/** Which rows of the ledger: in a body, for what is looked for may be a patient's id, and addresses are kept by many. */
const ledgerChoice = {
  artefact: artefact.exactOptional(),
  reasonCode: z.enum([...waitingCodes, ...outcomeCodes]).exactOptional(),
  find: z.string().min(1).max(400).exactOptional(),
};

/** The bodies that `/app/v1` reads by schemas of its own. */
export const appBodies = {
  'POST /open-patient': z.strictObject({ patientId: id }),
  'PUT /drafts/{logId}': z.strictObject({
    assignmentId: id,
    occurrenceId: id.exactOptional(),
    questionnaire: form,
    ...{ ...said, others: others.exactOptional(), base },
    anew: linkIds.exactOptional().describe('Of answers that were given anew, also where they say what they said'),
  }),
  'POST /assignments/{assignmentId}/logs': z.strictObject({
    id: logId,
    occurrenceId: id.exactOptional(),
    questionnaire: form,
    status: z.enum(['in-progress', 'completed']).default('completed'),
    ...{ ...said, others: others.exactOptional(), base },
  }),
  'POST /barriers/{barrierId}/talked-over': emptyBody,
  'POST /feedback/{feedbackId}/read': z.strictObject({
    byHand: z
      .boolean()
      .exactOptional()
      .describe('It was marked, and can be taken back; else it was seen with its page'),
  }),
  'POST /safety-signals': z.strictObject({ rule: reportedRule, text: signalText.exactOptional() }),
  'POST /safety-signals/{signalId}/close': z.strictObject({ reason }),
  'POST /plans/{planId}/reports/preview': z.strictObject({ ...period, words }),
  'POST /plans/{planId}/reports/preview/pdf': z.strictObject({ ...period, words }),
  'POST /plans/{planId}/reports': z.strictObject({
    ...period,
    digest: z.string().regex(/^[0-9a-f]{64}$/, 'must be the digest of a preview'),
    sign: z.boolean().default(false),
    words,
    encounter: encounterReference.exactOptional(),
  }),
  'POST /reports/{reportId}/encounter': z.strictObject({ encounter: encounterReference }),
  'POST /roster/search': rosterSearch,
  'POST /roster/visits': z.strictObject({ patientIds: z.array(id).min(1).max(200) }),
  'POST /contacts/{contactId}/end': emptyBody,
  'POST /contacts': z.strictObject({
    patientId: id,
    note: reason,
    snoozeUntil: z.union([localDate, dateTime]).exactOptional().describe('A day, or a time with its offset'),
    after: id
      .nullable()
      .exactOptional()
      .describe('The latest contact that was seen, null for none: refused when there is a newer one'),
  }),
  'POST /connection/ask-again': emptyBody,
  'POST /connection/try-again': emptyBody,
  'POST /ledger/search': z.strictObject({
    ...ledgerChoice,
    state: z.enum(ledgerStates).exactOptional(),
    limit: paging.limit,
    cursor: paging.cursor,
  }),
  'POST /ledger/retry': z.strictObject({
    ...ledgerChoice,
    state: z.enum(retriedTogether),
    reason,
    cursor: paging.cursor,
  }),
  'POST /ledger/{artefact}/{id}/retry': z.strictObject({ reason, notThere: z.boolean().exactOptional() }),
  'POST /ledger/{artefact}/{id}/confirm': z.strictObject({ reference: ehrReference, reason }),
  'POST /ledger/{artefact}/{id}/withdraw': z.strictObject({ reason }),
  'POST /ledger/check': z
    .strictObject({ repair: z.boolean(), reason: reason.exactOptional() })
    .refine((body) => !body.repair || body.reason !== undefined, { path: ['reason'], error: 'is needed for a repair' }),
  'POST /merges/{patientId}/confirm': z.strictObject({ survivorId: id, reason }),
} as const satisfies Readonly<Partial<Record<AppRouteKey, z.ZodType>>>;

/** Those that it hands on to the API's own route: who says so comes from the session, and is not read here. */
interface SharedBodies {
  'POST /plans': z.input<typeof createPlanBody>;
  'POST /plans/{planId}/close': z.input<typeof closePlanBody>;
  'PATCH /plans/{planId}': Omit<z.input<typeof changePlanBody>, 'actor'>;
  'POST /plans/{planId}/assignments': Omit<z.input<typeof newAssignment>, 'requester'>;
  'PATCH /assignments/{assignmentId}': Omit<z.input<typeof changeAssignmentBody>, 'actor'>;
  'POST /assignments/{assignmentId}/smaller': Omit<z.input<typeof makeSmallerStepBody>, 'actor'>;
  'POST /plans/{planId}/barriers': z.input<typeof recordPlanBarrierBody>;
  'POST /assignments/{assignmentId}/moves':
    | WithoutActor<z.input<typeof moveAssignmentBody>>
    | { readonly event: 'undo-withdraw' };
  'POST /assignments/{assignmentId}/barriers': z.input<typeof recordBarrierBody>;
  'POST /assignments/{assignmentId}/feedback': Omit<z.input<typeof giveFeedbackBody>, 'author'>;
  'POST /assignments/{assignmentId}/sessions': z.input<typeof emptyBody>;
  'POST /occurrences/{occurrenceId}/excuse': z.input<typeof excuseOccurrenceBody>;
  'POST /barriers/{barrierId}/talked-over': z.input<typeof talkOverBarrierBody>;
  'POST /logs/{logId}/feedback': Omit<z.input<typeof giveFeedbackBody>, 'author'>;
  'POST /logs/{logId}/complete': z.input<typeof completeLogBody>;
  'PATCH /logs/{logId}': z.input<typeof amendLogBody>;
}

type WithoutActor<Move> = Move extends unknown ? Omit<Move, 'actor'> : never;
type OwnBodies = { [Key in keyof typeof appBodies]: z.input<(typeof appBodies)[Key]> };
type AppBodies = OwnBodies & SharedBodies;

/** What is sent to a route of `/app/v1`, as whoever asks writes it. */
export type AppBody<Key extends keyof AppBodies> = ReadonlyDeep<AppBodies[Key]>;
export type AppBodyKey = keyof AppBodies;

/** A path with anything in place of what it names: `/logs/${string}/complete`. */
type Filled<Path extends string> = Path extends `${infer Begin}{${string}}${infer Rest}`
  ? `${Begin}${string}${Filled<Rest>}`
  : Path;

/** A request with a body to a route of `/app/v1`, its path below that: a body of another route is a type error. */
export type AppRequest = {
  [Key in AppBodyKey]: Key extends `${infer Method extends 'POST' | 'PUT' | 'PATCH'} ${infer Path}`
    ? { readonly method: Method; readonly path: Filled<Path>; readonly body: AppBody<Key> }
    : never;
}[AppBodyKey];
