import { z } from 'zod';
import type { AnswerOf, FileAnswer } from '../answer-type.ts';
import { connectionShape } from './connection.ts';
import { ledgerCheckShape, ledgerPageShape, retriedShape, rowShape, summaryShape } from './ledger.ts';
import { mergesShape } from './merges.ts';
import { encountersShape, notePreviewShape } from './note.ts';
import { patientHomeworkShape } from './patient-homework.ts';
import { changedPlanShape, savedDraftShape } from './plan-view.ts';
import { nextVisitsShape, notedContactShape, rosterPageShape } from './roster.ts';
import { changedSignalShape, heardShape } from './safety.ts';
import { copyKeyShape, openedPatientShape, ownNameShape, peopleShape } from './session.ts';

/** Answered with status 204. */
const noContent = z.undefined();
/** A PDF, and no JSON. */
const pdf = z.custom<FileAnswer>();

/**
 * Every route of `/app/v1` and what it answers when it does what was asked. The doors answer by it (another shape is a type
 * error), the app reads by it, and the app's fake service is held to it.
 */
export const appAnswers = {
  'GET /patient': patientHomeworkShape,
  'POST /open-patient': openedPatientShape,
  'GET /copy-key': copyKeyShape,
  'GET /own-name': ownNameShape,
  'GET /people': peopleShape,
  'POST /plans': changedPlanShape,
  'POST /plans/{planId}/close': changedPlanShape,
  'PATCH /plans/{planId}': changedPlanShape,
  'POST /plans/{planId}/assignments': changedPlanShape,
  'PATCH /assignments/{assignmentId}': changedPlanShape,
  'POST /assignments/{assignmentId}/smaller': changedPlanShape,
  'POST /plans/{planId}/barriers': changedPlanShape,
  'POST /assignments/{assignmentId}/moves': changedPlanShape,
  'POST /assignments/{assignmentId}/logs': changedPlanShape,
  'POST /assignments/{assignmentId}/barriers': changedPlanShape,
  'POST /assignments/{assignmentId}/feedback': changedPlanShape,
  'POST /assignments/{assignmentId}/sessions': changedPlanShape,
  'POST /occurrences/{occurrenceId}/excuse': changedPlanShape,
  'POST /barriers/{barrierId}/talked-over': changedPlanShape,
  'DELETE /barriers/{barrierId}/talked-over': changedPlanShape,
  'POST /logs/{logId}/feedback': changedPlanShape,
  'POST /logs/{logId}/complete': changedPlanShape,
  'PATCH /logs/{logId}': changedPlanShape,
  'DELETE /logs/{logId}': changedPlanShape,
  'PUT /drafts/{logId}': savedDraftShape,
  'POST /feedback/{feedbackId}/read': changedPlanShape,
  'DELETE /feedback/{feedbackId}/read': changedPlanShape,
  'POST /safety-signals': z.union([changedSignalShape, heardShape]).describe('Staff see the signal; the patient, none'),
  'POST /safety-signals/{signalId}/close': changedSignalShape,
  'POST /plans/{planId}/reports/preview': notePreviewShape,
  'POST /plans/{planId}/reports/preview/pdf': pdf,
  'POST /plans/{planId}/reports': changedPlanShape,
  'GET /encounters': encountersShape,
  'POST /reports/{reportId}/encounter': changedPlanShape,
  'GET /reports/{reportId}/pdf': pdf,
  'GET /roster': rosterPageShape,
  'POST /roster/search': rosterPageShape,
  'POST /roster/visits': nextVisitsShape,
  'POST /contacts': notedContactShape,
  'DELETE /contacts/{contactId}': noContent,
  'POST /contacts/{contactId}/end': noContent,
  'GET /connection': connectionShape,
  'POST /connection/ask-again': connectionShape,
  'POST /connection/try-again': connectionShape,
  'GET /ledger/summary': summaryShape,
  'POST /ledger/search': ledgerPageShape,
  'POST /ledger/retry': retriedShape,
  'GET /ledger/{artefact}/{id}': rowShape,
  'POST /ledger/{artefact}/{id}/retry': rowShape,
  'POST /ledger/{artefact}/{id}/confirm': rowShape,
  'POST /ledger/{artefact}/{id}/withdraw': rowShape,
  'GET /ledger/check': ledgerCheckShape,
  'POST /ledger/check': ledgerCheckShape,
  'GET /merges': mergesShape,
  'POST /merges/{patientId}/confirm': mergesShape,
} as const satisfies Readonly<Record<`${string} /${string}`, z.ZodType>>;

export type AppRouteKey = keyof typeof appAnswers;

/** What a handler of that route answers. */
export type AppAnswer<Key extends AppRouteKey> = { readonly status: number } & BodyOf<(typeof appAnswers)[Key]>;

type BodyOf<Shape extends z.ZodType> = [FileAnswer] extends [z.output<Shape>]
  ? { readonly file: FileAnswer }
  : undefined extends z.output<Shape>
    ? { readonly body?: AnswerOf<Shape> }
    : { readonly body: AnswerOf<Shape> };
