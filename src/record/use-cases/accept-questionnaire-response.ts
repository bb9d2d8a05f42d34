import type { Questionnaire, QuestionnaireResponse, Resource } from 'fhir/r4';
import { fromResponseItems } from '../../fhir/answers/read-items.ts';
import { findExtension } from '../../fhir/find-extension.ts';
import { ourExtensions } from '../../fhir/systems.ts';
import { defined } from '../../foundation/defined.ts';
import { hasCode, IntersessionError } from '../../foundation/intersession-error.ts';
import { finishLog } from '../../homework/log/finish-log.ts';
import { reviseLog } from '../../homework/log/revise-log.ts';
import { takeLog } from '../../homework/log/take-log.ts';
import type { Assignment, Instant, Log, Occurrence, PlanState, VersionedCanonical } from '../../homework/model.ts';
import { formAfter, formsAsked } from '../../homework/plan/own-form.ts';
import { logById, withLog } from '../../homework/replace-in-state.ts';
import { kindsOfPlan } from '../../kinds/own/kinds-of-plan.ts';
import { actorKey } from '../actor.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { contentDigest } from '../store/content-digest.ts';
import { readAuthored } from '../store/read-authored.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { changePlan } from './change-plan.ts';
import { readLogItems, refuseIssues } from './read-log-items.ts';
import { type ResponseWhose, readResponseReferences } from './response-references.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';
import { toInstant } from './to-instant.ts';

export interface AcceptQuestionnaireResponse {
  readonly occurrenceId: string;
  readonly response: QuestionnaireResponse;
  /** Base of the tenant's EHR: a reference under it is as good as a relative one. */
  readonly ehrBase?: string;
}

const statuses = ['in-progress', 'completed', 'stopped'] as const;

/** Responses that were stopped, of one occurrence: somebody gave up so often, and no more is kept. */
const mostStopped = 5;
const mostTries = 5;

/**
 * Takes the answers that a form filler sends to an occurrence's response endpoint, as a log of exactly that occurrence.
 * The same response sent again is answered as the first time. There is one draft at most (`in-progress`): what comes after
 * it is the same log, saved on, completed or stopped.
 * @throws `unknown-artefact`, `response-endpoint-closed`, `invalid-answer` naming linkIds, `invalid-request` naming elements
 * @see https://build.fhir.org/ig/HL7/sdc/workflow.html
 */
export async function acceptQuestionnaireResponse(
  record: HomeworkRecord,
  tenantId: string,
  command: AcceptQuestionnaireResponse,
): Promise<AcceptedResponse> {
  const whose = await readResponseReferences(record, tenantId, command);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await acceptOnce(record, tenantId, { ...command, whose });
    } catch (error) {
      // another response of this occurrence has begun or ended the draft meanwhile
      if (!hasCode(error, 'version-conflict') || attempt === mostTries) throw error;
    }
  }
}

export interface AcceptedResponse {
  readonly planId: string;
  readonly log: Log;
  readonly created: boolean;
}

async function acceptOnce(
  record: HomeworkRecord,
  tenantId: string,
  { occurrenceId, response, whose }: AcceptQuestionnaireResponse & { readonly whose: ResponseWhose },
): Promise<AcceptedResponse> {
  const { id: _theirs, meta: _meta, text: _text, ...said } = response;
  // the endpoint names no source id: what was said is its own name
  const command = { clientId: `response:${occurrenceId}`, sourceId: contentDigest(said) };
  const by = actorKey({ type: 'form', occurrenceId });
  let begun = false;
  const changed = await changePlan(record, tenantId, {
    of: { artefact: 'occurrence', id: occurrenceId },
    source: { operation: 'log', command, goesOnWith: (tx) => openDraftOf(tx, tenantId, by) },
    apply: (state, at, { artefactId: id }) => {
      const { occurrence, assignment } = placeOf(state, occurrenceId);
      refuseClosed(state, occurrence, at);
      const place = { assignment, occurrence, at, timeZone: state.plan.timeZone };
      const rules = rulesOfTenant(record, tenantId, state.assignments);
      const mine = state.logs.filter(({ madeBy }) => madeBy === by);
      const draft = mine.find(({ status }) => status === 'in-progress');
      const asked: Forms = draft === undefined ? formsFor(place) : [draft.questionnaire];
      const canonical = formAnswered(response, asked);
      const { questionnaire } = kindsOfPlan(record.kinds, state.assignments).version(canonical ?? asked[0]);
      const answers = readResponse(response, whose, { ...place, questionnaire, canonical, asked });
      if ((draft?.id ?? id) !== id || (draft === undefined && mine.some((log) => log.id === id))) {
        throw new IntersessionError('version-conflict', { id, expected: 0, actual: 0 }, 'The draft was changed.');
      }
      begun = draft === undefined;
      const performedAt = answers.performedAt ?? draft?.performedAt ?? at;
      if (draft === undefined) {
        refuseGivenUp(occurrenceId, mine, answers.status);
        const told = { ...answers, ...defined({ questionnaire: canonical }), performedAt, madeBy: by };
        return takeLog(state, { id, assignmentId: assignment.id, occurrenceId, ...told }, at, rules).state;
      }
      const { status, items, withheld, source } = answers;
      // who answers may only now be said
      const spoken = withLog(state, { ...draft, source });
      const change = { logId: id, items, withheld, performedAt };
      if (status === 'completed') return finishLog(spoken, change, at, rules);
      const saved = reviseLog(spoken, change, at, rules);
      return status === 'in-progress' ? saved : withLog(saved, { ...logById(saved, id), status: 'stopped' });
    },
  });
  const logged = changed.state.logs.find((log) => log.id === changed.artefactId);
  if (logged === undefined) throw unknownArtefact({ artefact: 'log', id: changed.artefactId });
  return { planId: changed.state.plan.id, log: logged, created: changed.created && begun };
}

/** The draft that came through this occurrence's endpoint and is still open. */
async function openDraftOf(tx: Queryable, tenantId: string, madeBy: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(
    `select l.id from log l join occurrence o on o.tenant = l.tenant and o.plan_id = l.plan_id
     where o.tenant = $1 and o.id = $2 and l.status = 'in-progress' and l.body->>'madeBy' = $3`,
    [tenantId, madeBy.slice('form:'.length), madeBy],
  );
  return rows[0]?.id;
}

function placeOf(state: PlanState, occurrenceId: string): { occurrence: Occurrence; assignment: Assignment } {
  const occurrence = state.occurrences.find((occurrence) => occurrence.id === occurrenceId);
  const assignment = state.assignments.find((assignment) => assignment.id === occurrence?.assignmentId);
  if (occurrence === undefined || assignment === undefined) {
    throw unknownArtefact({ artefact: 'occurrence', id: occurrenceId });
  }
  return { occurrence, assignment };
}

/** The endpoint is open while its occurrence can still be done, on time or late, and nothing was logged for it. */
function refuseClosed({ plan }: PlanState, occurrence: Occurrence, at: Instant): void {
  const open = occurrence.status === 'due' || occurrence.status === 'overdue';
  if (plan.status === 'active' && open && occurrence.logId === undefined && at <= occurrence.lateUntil) return;
  throw closed(occurrence.id);
}

/** What is given up without an end would otherwise be kept without an end. */
function refuseGivenUp(occurrenceId: string, earlier: readonly Log[], status: string): void {
  if (status === 'completed' || earlier.filter((log) => log.status === 'stopped').length < mostStopped) return;
  throw closed(occurrenceId, `It was given up ${mostStopped} times: only completed answers are taken here.`);
}

const over = 'This response endpoint is closed: its time is over, or it was answered already.';

function closed(occurrenceId: string, message = over): IntersessionError {
  return new IntersessionError('response-endpoint-closed', { occurrenceId }, message);
}

interface Place {
  readonly assignment: Assignment;
  readonly occurrence: Occurrence;
  readonly at: Instant;
  readonly timeZone: string;
  readonly questionnaire: Questionnaire;
  /** Which form it answers; undefined: none of those that are asked for. */
  readonly canonical: VersionedCanonical | undefined;
  readonly asked: readonly VersionedCanonical[];
}

function readResponse(response: QuestionnaireResponse, { source, issues: foreign }: ResponseWhose, place: Place) {
  const { canonical, asked } = place;
  const status = statuses.find((status) => status === response.status);
  const issues = [
    ...(status === undefined ? [issue('status', `is none of ${statuses.join(', ')}`)] : []),
    ...(canonical === undefined ? [issue('questionnaire', `is not ${asked.join(' or ')}`)] : []),
    ...foreign.map(({ element, problem }) => issue(element, problem)),
  ];
  if (status === undefined || source === undefined || issues.length > 0) {
    const fields = issues.map(({ path }) => path).join(', ');
    throw new IntersessionError('invalid-request', { issues }, `The response doesn't fit its Task: ${fields}.`);
  }
  const read = fromResponseItems(place.questionnaire, response.item ?? []);
  refuseIssues(read.issues);
  const said = { complete: status === 'completed', withheld: read.withheld };
  const { items = [], withheld } = readLogItems(place.questionnaire, read, said);
  const performedAt = performedAtOf(response, place);
  return { status, source, items, withheld, performedAt };
}

type Forms = readonly [VersionedCanonical, ...VersionedCanonical[]];

/** What a response may answer: the form that its Task names, and whichever else its step has asked for. */
function formsFor({ assignment, occurrence }: Pick<Place, 'assignment' | 'occurrence'>): Forms {
  const first = formAfter(assignment, occurrence.words);
  return [first, ...formsAsked(assignment).filter((canonical) => canonical !== first)];
}

/**
 * Which of the forms a response answers. A form filler may leave the version out, and means the Task's then, or name the copy that it
 * carries (`#q`), whose own url then tells; one that was handed out before the form was changed names an earlier version.
 */
function formAnswered(
  { questionnaire = '', contained }: QuestionnaireResponse,
  asked: readonly VersionedCanonical[],
): VersionedCanonical | undefined {
  const copy = questionnaire.startsWith('#')
    ? contained?.find((resource) => resource.id === questionnaire.slice(1))
    : undefined;
  const named = copy === undefined ? questionnaire : isQuestionnaire(copy) ? nameOf(copy) : '';
  return asked.find((canonical) => named === canonical || named === canonical.slice(0, canonical.indexOf('|')));
}

function nameOf({ url = '', version }: Questionnaire): string {
  return version === undefined || url.includes('|') ? url : `${url}|${version}`;
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
