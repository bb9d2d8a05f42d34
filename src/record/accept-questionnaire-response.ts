import type { Questionnaire, QuestionnaireResponse, Resource } from 'fhir/r4';
import { fromResponseItems } from '../fhir/answers/read-items.ts';
import { findExtension } from '../fhir/find-extension.ts';
import { ourExtensions } from '../fhir/systems.ts';
import { IntersessionError } from '../homework/errors.ts';
import { logHomework as log } from '../homework/log-homework.ts';
import type { Assignment, Instant, Log, Occurrence, PlanState, VersionedCanonical } from '../homework/model.ts';
import { changePlan } from './change-plan.ts';
import { contentDigest } from './content-digest.ts';
import type { HomeworkRecord } from './homework-record.ts';
import { homeworkRules } from './homework-rules.ts';
import { readAuthored } from './read-authored.ts';
import { questionnaireOf, readLogItems, refuseIssues } from './read-log-items.ts';
import { type ResponseWhose, readResponseReferences } from './response-references.ts';
import { tenantOf } from './tenant-of.ts';
import { toInstant } from './to-instant.ts';
import { unknownArtefact } from './unknown-artefact.ts';

export interface AcceptQuestionnaireResponse {
  readonly occurrenceId: string;
  readonly response: QuestionnaireResponse;
  /** Base of the tenant's EHR: a reference under it is as good as a relative one. */
  readonly ehrBase?: string;
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
  { occurrenceId, response, ehrBase }: AcceptQuestionnaireResponse,
): Promise<{ readonly planId: string; readonly log: Log; readonly created: boolean }> {
  const rules = homeworkRules(tenantOf(record, tenantId));
  const { id: _theirs, meta: _meta, text: _text, ...said } = response;
  // the endpoint names no source id: what was said is its own name
  const command = { clientId: `response:${occurrenceId}`, sourceId: contentDigest(said) };
  const whose = await readResponseReferences(record, tenantId, { occurrenceId, response, ehrBase });
  const changed = await changePlan(record, tenantId, {
    of: { artefact: 'occurrence', id: occurrenceId },
    source: { operation: 'log', command },
    apply: (state, at, { artefactId: id }) => {
      const { occurrence, assignment } = placeOf(state, occurrenceId);
      refuseClosed(state, occurrence, at);
      const place = { assignment, occurrence, at, timeZone: state.plan.timeZone };
      const answers = readResponse(response, whose, place);
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

interface Place {
  readonly assignment: Assignment;
  readonly occurrence: Occurrence;
  readonly at: Instant;
  readonly timeZone: string;
}

function readResponse(response: QuestionnaireResponse, { source, issues: foreign }: ResponseWhose, place: Place) {
  const { questionnaire: canonical } = place.assignment;
  const status = statuses.find((one) => one === response.status);
  const issues = [
    ...(status === undefined ? [issue('status', `is none of ${statuses.join(', ')}`)] : []),
    ...(answersTask(response, canonical) ? [] : [issue('questionnaire', `is not ${canonical}`)]),
    ...foreign.map(({ element, problem }) => issue(element, problem)),
  ];
  if (status === undefined || source === undefined || issues.length > 0) {
    const fields = issues.map(({ path }) => path).join(', ');
    throw new IntersessionError('invalid-request', { issues }, `The response doesn't fit its Task: ${fields}.`);
  }
  const read = fromResponseItems(questionnaireOf(canonical), response.item ?? []);
  refuseIssues(read.issues);
  const { withheld } = read;
  const items = readLogItems(canonical, read, { complete: status === 'completed', withheld }) ?? [];
  const performedAt = performedAtOf(response, place);
  return { questionnaire: canonical, status, source, items, withheld, performedAt };
}

/**
 * Whether the response answers the Task's questionnaire. The Task says which one and in which version: a form filler may
 * leave the version out, or name the copy that it carries (`#q`), whose own url then tells.
 */
function answersTask({ questionnaire, contained }: QuestionnaireResponse, canonical: VersionedCanonical): boolean {
  const [url = ''] = canonical.split('|');
  if (questionnaire?.startsWith('#') !== true) return questionnaire === canonical || questionnaire === url;
  const copy = contained?.find((one) => one.id === questionnaire.slice(1));
  if (copy === undefined || !isQuestionnaire(copy) || copy.url === undefined) return false;
  const named = copy.version === undefined || copy.url.includes('|') ? copy.url : `${copy.url}|${copy.version}`;
  return named === canonical || named === url;
}

function isQuestionnaire(resource: Resource): resource is Questionnaire {
  return resource.resourceType === 'Questionnaire';
}

/** When it happened: what our extension says, else when it was written down; undefined when neither is said. */
function performedAtOf(response: QuestionnaireResponse, { occurrence, at, timeZone }: Place): Instant | undefined {
  const said = findExtension(findExtension(response, ourExtensions.logContext), 'performedAt')?.valueDateTime;
  if (said !== undefined) return toInstant(said, 'QuestionnaireResponse.extension(log-context).performedAt');
  if (response.authored === undefined) return undefined;
  return readAuthored(response.authored, { at, timeZone, dueUntil: occurrence.dueUntil });
}

function issue(element: string, problem: string) {
  return { path: `QuestionnaireResponse.${element}`, problem };
}
