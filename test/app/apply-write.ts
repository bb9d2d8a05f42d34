import { randomUUID } from 'node:crypto';
import { changeAssignmentBody, makeSmallerStepBody } from '../../src/contract/assignment.ts';
import { changePlanBody, newAssignment } from '../../src/contract/plan-commands.ts';
import { readAnswers } from '../../src/fhir/answers/read-answers.ts';
import { IntersessionError } from '../../src/foundation/intersession-error.ts';
import { finishLog } from '../../src/homework/log/finish-log.ts';
import { type DraftSaid, nothingSaid } from '../../src/homework/log/merge-drafts.ts';
import { reviseLog } from '../../src/homework/log/revise-log.ts';
import { takeLog } from '../../src/homework/log/take-log.ts';
import { voidLog } from '../../src/homework/log/void-log.ts';
import type { AnswerItem, Instant, LogSource, PlanState } from '../../src/homework/model.ts';
import { activatePlan } from '../../src/homework/plan/activate-plan.ts';
import { addBarrier } from '../../src/homework/plan/add-barrier.ts';
import { addFeedback } from '../../src/homework/plan/add-feedback.ts';
import { addStep } from '../../src/homework/plan/add-step.ts';
import { changePlanWords } from '../../src/homework/plan/change-plan-words.ts';
import { changeStep } from '../../src/homework/plan/change-step.ts';
import type { DesignPlan } from '../../src/homework/plan/design.ts';
import { designPlan } from '../../src/homework/plan/design-plan.ts';
import { endPlan } from '../../src/homework/plan/end-plan.ts';
import { freshKey } from '../../src/homework/plan/fresh-key.ts';
import { type MoveEvent, makeMove } from '../../src/homework/plan/make-move.ts';
import { makeSmallerStep } from '../../src/homework/plan/make-smaller-step.ts';
import { markTalkedOver, takeBackTalkedOver } from '../../src/homework/plan/mark-talked-over.ts';
import type { TailoredStep } from '../../src/homework/plan/tailored-step.ts';
import { assignmentById } from '../../src/homework/replace-in-state.ts';
import { addReport, nextReportVersion } from '../../src/homework/report/add-report.ts';
import { markerOf, reportContent } from '../../src/homework/report/report-content.ts';
import type { ReportContent } from '../../src/homework/report/report-model.ts';
import { nextPeriod } from '../../src/homework/report/report-period.ts';
import { reportText, sectionText } from '../../src/homework/report/report-text.ts';
import { type WrittenWords, withClinicianWords } from '../../src/homework/report/with-clinician-words.ts';
import { exemptOccurrence } from '../../src/homework/schedule/exempt-occurrence.ts';
import { startSession } from '../../src/homework/schedule/start-session.ts';
import { canonicalOf } from '../../src/kinds/canonical-of.ts';
import { currentVersion } from '../../src/kinds/kind.ts';
import { draftsFromLibrary } from '../../src/kinds/library/drafts-from-library.ts';
import { libraryPlanByVersion } from '../../src/kinds/library/registry.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { mergeDraft } from '../../src/record/use-cases/merge-draft.ts';
import { reportDigest } from '../../src/record/use-cases/report-digest.ts';
import { wordingOfKinds } from '../../src/record/use-cases/report-wording.ts';

export const rules = {
  behaviourLinkId: (questionnaire: string) => registeredKinds.version(questionnaire).behaviourLinkId,
  safetyOf: (questionnaire: string) => registeredKinds.version(questionnaire).safety ?? [],
  predictionParts: (questionnaire: string) => registeredKinds.version(questionnaire).predictionParts,
};

export interface Write {
  readonly method: string;
  /** Below `/app/v1`. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** `patient`, or the signed-in user's reference. */
  readonly actor: string;
  readonly at: Instant;
}

const text = (body: Write['body'], name: string): string => String(body[name] ?? '');
const optional = (body: Write['body'], name: string) => (body[name] === undefined ? {} : { [name]: body[name] });

/** What one write makes of one plan; undefined when the path is not about this plan. Built on the domain's own operations. */
export function applyWrite(state: PlanState, write: Write): PlanState | undefined {
  const { method, path, body, at } = write;
  const [, room = '', id = '', what = ''] = path.split('/');
  const has = (list: readonly { readonly id: string }[]): boolean => list.some((entry) => entry.id === id);
  if (room === 'assignments' && has(state.assignments)) return onAssignment(state, id, what, write);
  if (room === 'logs' && has(state.logs)) {
    if (method === 'DELETE') return voidLog(state, { logId: id }, at, rules);
    const log = state.logs.find((log) => log.id === id);
    const items = itemsFor(state, log?.assignmentId ?? '', body, true);
    return reviseLog(state, { logId: id, items, withheld: withheldIn(body) }, at, rules);
  }
  if (room === 'occurrences' && has(state.occurrences))
    return exemptOccurrence(state, { occurrenceId: id, reason: text(body, 'reason') }, at, rules);
  if (room === 'barriers' && has(state.barriers))
    return method === 'DELETE'
      ? takeBackTalkedOver(state, { barrierId: id })
      : markTalkedOver(state, { barrierId: id, by: write.actor }, at);
  if (room === 'feedback' && has(state.feedback)) {
    return {
      ...state,
      feedback: state.feedback.map((feedback) => {
        if (feedback.id !== id) return feedback;
        const { readAt = at, ...rest } = feedback;
        return method === 'DELETE' ? rest : { ...rest, readAt };
      }),
    };
  }
  if (room === 'plans' && state.plan.id === id && method === 'PATCH') {
    const { actor: by, ...words } = changePlanBody.parse({ ...body, actor: write.actor });
    return changePlanWords(state, { ...words, by }, at, rules);
  }
  if (room === 'plans' && state.plan.id === id && what === 'assignments') {
    // a form of the plan's own is the service's to make
    const { form: _form, ...step } = newAssignment.parse({ ...body, requester: write.actor });
    return addStep(state, { unlock: { type: 'at-start' }, ...designOf(step) }, at, rules);
  }
  if (room === 'plans' && state.plan.id === id && what === 'close') {
    const status = body.status === 'revoked' ? 'revoked' : 'completed';
    return endPlan(state, { status, ...optional(body, 'reason') }, at, rules);
  }
  if (room === 'plans' && state.plan.id === id && what === 'reports') {
    const reportId = randomUUID();
    const version = nextReportVersion(state, reportId);
    const content = contentOf(state, body, at, markerOf(reportId, version));
    if (body.digest !== reportDigest(reportText(content)))
      throw new IntersessionError('version-conflict', { id, expected: 'read', actual: 'now' }, 'It has changed.');
    if (content.nothing)
      throw new IntersessionError('nothing-to-report', { id, ...period(state, body, at) }, 'Nothing to report.');
    const written = withClinicianWords(content, (body.words ?? {}) as WrittenWords);
    return addReport(
      state,
      {
        ...{ id: reportId, version, ...period(state, body, at), members: [] },
        ...{ author: write.actor, text: reportText(written.content), content: written.content },
        ...(written.passages.length === 0 ? {} : { words: { by: write.actor, passages: written.passages } }),
        ...(body.sign === true ? { signedBy: write.actor } : {}),
        ...optional(body, 'encounter'),
      },
      at,
    );
  }
  if (room === 'drafts' && method === 'PUT') return saveDraft(state, id, write);
  return undefined;
}

/** The between-session note as it would be filed. */
export function preview(state: PlanState, body: Write['body'], at: Instant) {
  const content = contentOf(state, body, at);
  const written = withClinicianWords(content, (body.words ?? {}) as WrittenWords).content;
  return {
    ...period(state, body, at),
    ...{ period: content.period, text: reportText(written), digest: reportDigest(reportText(content)) },
    ...(content.nothing ? { nothing: true } : {}),
    sections: content.sections.map((section) => ({
      title: section.title,
      text: sectionText(section),
      ...(section.urgent ? { fixed: true } : {}),
    })),
  };
}

/** A library plan, tailored and active. */
export function createPlan(write: Write): PlanState {
  const { body, actor, at } = write;
  const library = libraryPlanByVersion(text(body, 'libraryPlan'));
  const given = body.period as DesignPlan['period'];
  const steps = (body.tailor ?? {}) as Readonly<Record<string, TailoredStep>>;
  const drafts = draftsFromLibrary(library, { start: given.start, steps });
  const design = designPlan(
    {
      id: randomUUID(),
      patientId: text(body, 'patientId'),
      title: text(body, 'title'),
      description: drafts.description,
      timeZone: 'America/New_York',
      language: 'en-US',
      period: given,
      author: actor,
      addresses: [],
      goals: drafts.goals.map(({ key: _key, ...goal }) => ({ id: randomUUID(), ...goal })),
      libraryPlan: drafts.libraryPlan,
      assignments: drafts.assignments.map((draft) => ({ id: randomUUID(), ...draft })),
    },
    at,
  );
  return activatePlan(design, at, rules);
}

/** A step that a plan is given while it runs, with what its kind says where nothing is said. */
function designOf<Step extends { readonly kind: string; readonly standing?: boolean }>({ standing, ...step }: Step) {
  const kind = registeredKinds.kind(step.kind);
  const { lateGraceHours } = kind.defaults;
  const questionnaire = canonicalOf(currentVersion(kind).questionnaire);
  return { lateGraceHours, ...step, ...(standing === true ? { standing } : {}), id: randomUUID(), questionnaire };
}

function onAssignment(state: PlanState, assignmentId: string, what: string, write: Write): PlanState {
  const { body, actor, at } = write;
  const said = { saidBy: actor, code: body.code, ...optional(body, 'text') };
  switch (what) {
    case '': {
      const { actor: by, form: _form, ...change } = changeAssignmentBody.parse({ ...body, actor });
      return changeStep(state, { ...change, assignmentId, by }, at, rules);
    }
    case 'smaller': {
      const hard = assignmentById(state, assignmentId);
      const { actor: by, smaller: asked, ...command } = makeSmallerStepBody.parse({ ...body, actor });
      const { form: _form, key = freshKey(state.assignments, hard.key), ...words } = asked;
      const smaller = designOf({ key, ...words, kind: hard.kind, requester: by });
      return makeSmallerStep(state, { ...command, assignmentId, by, smaller }, at, rules);
    }
    case 'moves':
      return makeMove(state, { assignmentId, event: moveIn(body, actor) }, at, rules);
    case 'barriers':
      return addBarrier(state, { id: randomUUID(), assignmentId, ...said } as Parameters<typeof addBarrier>[1], at);
    case 'feedback': {
      const words = { author: actor, text: text(body, 'text'), ...optional(body, 'inResponseTo') };
      return addFeedback(state, { id: randomUUID(), assignmentId, ...words }, at);
    }
    case 'sessions':
      return startSession(state, { assignmentId }, at, rules).state;
    default:
      return completeWrite(state, assignmentId, write);
  }
}

function moveIn(body: Write['body'], actor: string): MoveEvent {
  const { event, barrier, ...rest } = body;
  if (event === 'unlock') {
    const by = { actor, reason: text(body, 'reason') };
    return { type: 'unlock', by, ...optional(body, 'schedule') } as MoveEvent;
  }
  if (event === 'decline' || event === 'stop')
    return { type: event, barrier: { id: randomUUID(), saidBy: actor, ...(barrier as object) } } as MoveEvent;
  return { type: event, actor, ...rest } as MoveEvent;
}

function completeWrite(state: PlanState, assignmentId: string, { body, actor, at }: Write): PlanState {
  const id = text(body, 'id');
  const items = itemsFor(state, assignmentId, body, true);
  const withheld = withheldIn(body);
  const performedAt = typeof body.performedAt === 'string' ? body.performedAt : at;
  if (state.logs.some((log) => log.id === id))
    return finishLog(state, { logId: id, items, withheld, performedAt }, at, rules);
  return takeLog(
    state,
    { id, ...logFrom(assignmentId, body, actor), performedAt, status: 'completed', items },
    at,
    rules,
  ).state;
}

function saveDraft(state: PlanState, logId: string, { body, actor, at }: Write): PlanState | undefined {
  const assignmentId = text(body, 'assignmentId');
  if (!state.assignments.some(({ id }) => id === assignmentId)) return undefined;
  const known = state.logs.find(({ id }) => id === draftIn(state, { path: `/drafts/${logId}`, body }));
  if (known !== undefined) {
    if (known.status !== 'in-progress')
      throw new IntersessionError('not-supported', { what: 'saving' }, 'It is sent, or has ended.');
    const { questionnaire } = registeredKinds.version(known.questionnaire);
    const base = (body.base ?? nothingSaid) as DraftSaid;
    const given = { answers: {}, ...body, withheld: withheldIn(body) };
    const { said, items, written } = mergeDraft(questionnaire, { kept: known, base, given });
    const time = { performedAt: said.performedAt ?? at, timeOpen: said.performedAt === undefined };
    const { withheld, others = 'none' } = said;
    return reviseLog(state, { logId: known.id, items, withheld, others, written, ...time }, at, rules);
  }
  const items = itemsFor(state, assignmentId, body, false);
  const open = typeof body.performedAt === 'string' ? {} : { timeOpen: true as const, performedAt: at };
  const log = { id: logId, ...logFrom(assignmentId, body, actor), ...open, status: 'in-progress' as const, items };
  return takeLog(state, log, at, rules).state;
}

/** The draft that a page's save goes into: its own, or the one that was begun for the same time. */
export function draftIn(state: PlanState, { path, body }: Pick<Write, 'path' | 'body'>): string | undefined {
  const begun = state.logs.filter(({ status }) => status === 'in-progress');
  const same = begun.find(
    ({ assignmentId, occurrenceId }) => assignmentId === body.assignmentId && occurrenceId === body.occurrenceId,
  );
  return (state.logs.find(({ id }) => path === `/drafts/${id}`) ?? same)?.id;
}

function logFrom(assignmentId: string, body: Write['body'], actor: string) {
  const source: LogSource = actor === 'patient' ? { type: 'patient' } : { type: 'practitioner', reference: actor };
  return {
    assignmentId,
    ...(typeof body.occurrenceId === 'string' ? { occurrenceId: body.occurrenceId } : {}),
    performedAt: text(body, 'performedAt'),
    source,
    withheld: withheldIn(body),
  };
}

function itemsFor(
  state: PlanState,
  assignmentId: string,
  body: Write['body'],
  complete: boolean,
): readonly AnswerItem[] {
  const step = state.assignments.find(({ id }) => id === assignmentId);
  if (step === undefined)
    throw new IntersessionError('unknown-artefact', { artefact: 'assignment', id: assignmentId }, 'no such step');
  return readAnswers(
    registeredKinds.version(step.questionnaire).questionnaire,
    (body.answers ?? {}) as Record<string, unknown>,
    {
      complete,
    },
  );
}

const withheldIn = (body: Write['body']): readonly string[] =>
  Array.isArray(body.withheld) ? body.withheld.map(String) : [];

function period(state: PlanState, body: Write['body'], at: Instant) {
  const next = nextPeriod(state, at);
  return {
    from: typeof body.from === 'string' ? body.from : next.from,
    to: typeof body.to === 'string' ? body.to : next.to,
  };
}

function contentOf(state: PlanState, body: Write['body'], at: Instant, marker?: string): ReportContent {
  const options = { ...wordingOfKinds(registeredKinds), ...period(state, body, at), members: [] };
  return reportContent(state, marker === undefined ? options : { ...options, marker });
}
