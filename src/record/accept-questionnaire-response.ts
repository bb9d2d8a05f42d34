import type { QuestionnaireResponse } from 'fhir/r4';
import { fromResponseItems } from '../fhir/answers/read-items.ts';
import { findExtension } from '../fhir/find-extension.ts';
import { ourExtensions } from '../fhir/systems.ts';
import { IntersessionError } from '../homework/errors.ts';
import { logHomework as log } from '../homework/log-homework.ts';
import type { Assignment, Instant, Log, LogSource, Occurrence, PlanState } from '../homework/model.ts';
import { changePlan } from './change-plan.ts';
import { contentDigest } from './content-digest.ts';
import type { HomeworkRecord } from './homework-record.ts';
import { homeworkRules } from './homework-rules.ts';
import { questionnaireOf, readLogItems, refuseIssues } from './read-log-items.ts';
import { tenantOf } from './tenant-of.ts';
import { toInstant } from './to-instant.ts';
import { unknownArtefact } from './unknown-artefact.ts';

export interface AcceptQuestionnaireResponse {
  readonly occurrenceId: string;
  readonly response: QuestionnaireResponse;
}

const statuses = ['in-progress', 'completed', 'stopped'] as const;

/**
 * Takes the answers that a form filler sends to an occurrence's response endpoint, as a log of exactly that occurrence.
 * The same response sent again is answered as the first time.
 * @throws `unknown-artefact`, `response-endpoint-closed`, `invalid-answer` naming linkIds, `invalid-request` naming elements
 * @see https://build.fhir.org/ig/HL7/sdc/workflow.html
 */
export async function acceptQuestionnaireResponse(
  record: HomeworkRecord,
  tenantId: string,
  { occurrenceId, response }: AcceptQuestionnaireResponse,
): Promise<{ readonly planId: string; readonly log: Log; readonly created: boolean }> {
  const rules = homeworkRules(tenantOf(record, tenantId));
  const { id: _theirs, meta: _meta, text: _text, ...said } = response;
  // the endpoint names no source id: what was said is its own name
  const command = { clientId: `response:${occurrenceId}`, sourceId: contentDigest(said) };
  const changed = await changePlan(record, tenantId, {
    of: { artefact: 'occurrence', id: occurrenceId },
    source: { operation: 'log', command },
    apply: (state, at, { artefactId: id }) => {
      const { occurrence, assignment } = placeOf(state, occurrenceId);
      refuseClosed(state, occurrence, at);
      const answers = readResponse(response, assignment);
      return log(
        state,
        { id, assignmentId: assignment.id, occurrenceId, ...answers, performedAt: answers.performedAt ?? at },
        at,
        rules,
      ).state;
    },
  });
  const logged = changed.state.logs.find((one) => one.id === changed.artefactId);
  if (logged === undefined) throw unknownArtefact({ artefact: 'log', id: changed.artefactId });
  return { planId: changed.state.plan.id, log: logged, created: changed.created };
}

function placeOf(state: PlanState, occurrenceId: string): { occurrence: Occurrence; assignment: Assignment } {
  const occurrence = state.occurrences.find((one) => one.id === occurrenceId);
  const assignment = state.assignments.find((one) => one.id === occurrence?.assignmentId);
  if (occurrence === undefined || assignment === undefined) {
    throw unknownArtefact({ artefact: 'occurrence', id: occurrenceId });
  }
  return { occurrence, assignment };
}

/** The endpoint is open while its occurrence can still be done, on time or late, and nothing was logged for it. */
function refuseClosed({ plan }: PlanState, occurrence: Occurrence, at: Instant): void {
  const open = occurrence.status === 'due' || occurrence.status === 'overdue';
  if (plan.status === 'active' && open && occurrence.logId === undefined && at <= occurrence.lateUntil) return;
  throw new IntersessionError(
    'response-endpoint-closed',
    { occurrenceId: occurrence.id },
    'This response endpoint is closed: its time is over, or it was answered already.',
  );
}

function readResponse(response: QuestionnaireResponse, { questionnaire: canonical, patientId }: Assignment) {
  const status = statuses.find((one) => one === response.status);
  const source = sourceOf(response);
  const issues = [
    ...(status === undefined ? [issue('status', `is none of ${statuses.join(', ')}`)] : []),
    ...(response.questionnaire === canonical ? [] : [issue('questionnaire', `is not ${canonical}`)]),
    ...(isPatient(response.subject?.reference, patientId) ? [] : [issue('subject', 'is not the patient of the Task')]),
    ...(source === undefined ? [issue('source', 'is neither a Patient nor a RelatedPerson nor a Practitioner')] : []),
    ...(source?.type === 'patient' && !isPatient(response.source?.reference, patientId)
      ? [issue('source', 'is another patient than that of the Task')]
      : []),
  ];
  if (status === undefined || source === undefined || issues.length > 0) {
    const fields = issues.map(({ path }) => path).join(', ');
    throw new IntersessionError('invalid-request', { issues }, `The response doesn't fit its Task: ${fields}.`);
  }
  const read = fromResponseItems(questionnaireOf(canonical), response.item ?? []);
  refuseIssues(read.issues);
  const { withheld } = read;
  const items = readLogItems(canonical, read, { complete: status === 'completed', withheld }) ?? [];
  const performedAt = performedAtOf(response);
  return { questionnaire: canonical, status, source, items, withheld, performedAt };
}

/** When it happened: what our extension says, else when it was written down; undefined when neither is said. */
function performedAtOf(response: QuestionnaireResponse): Instant | undefined {
  const said = findExtension(findExtension(response, ourExtensions.logContext), 'performedAt')?.valueDateTime;
  if (said !== undefined) return toInstant(said, 'QuestionnaireResponse.extension(log-context).performedAt');
  return response.authored === undefined ? undefined : toInstant(response.authored, 'QuestionnaireResponse.authored');
}

/** Absent references mean the patient: the endpoint is the patient's own. */
function isPatient(reference: string | undefined, patientId: string): boolean {
  return reference === undefined || reference.split('/').slice(-2).join('/') === `Patient/${patientId}`;
}

function sourceOf(response: QuestionnaireResponse): LogSource | undefined {
  const reference = response.source?.reference?.split('/').slice(-2).join('/');
  if (reference === undefined || reference.startsWith('Patient/')) return { type: 'patient' };
  if (reference.startsWith('RelatedPerson/')) return { type: 'related-person', reference };
  if (reference.startsWith('Practitioner/')) return { type: 'practitioner', reference };
  return undefined;
}

function issue(element: string, problem: string) {
  return { path: `QuestionnaireResponse.${element}`, problem };
}
