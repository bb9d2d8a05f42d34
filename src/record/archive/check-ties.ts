import type { ArchivedPlan } from '../../fhir/archive/archived-plan.ts';
import { hasCode } from '../../foundation/intersession-error.ts';
import type { Assignment } from '../../homework/model.ts';
import { legalPairs } from '../../homework/plan/legal-pairs.ts';
import { formsAsked } from '../../homework/plan/own-form.ts';
import { sameValue } from '../../homework/plan/same-value.ts';
import type { KindRegister } from '../../kinds/kind-register.ts';
import { chooseForm } from '../../kinds/own/choose-form.ts';
import { kindsOfPlan } from '../../kinds/own/kinds-of-plan.ts';
import type { Say } from './archived-row.ts';

/** What the rows of a plan name must be of that plan, and be known here. */
export function checkTies(state: ArchivedPlan['state'], register: KindRegister, say: Say): void {
  const steps = new Map(state.assignments.map((assignment) => [assignment.id, assignment]));
  const logs = new Set(state.logs.map(({ id }) => id));
  const occurrences = new Map(state.occurrences.map((occurrence) => [occurrence.id, occurrence]));
  checkSteps(state, register, say);
  for (const occurrence of state.occurrences) {
    const { assignmentId, ordinal, logId } = occurrence;
    if (!steps.has(assignmentId)) say('occurrence', occurrence, 'partOf', 'is no step of this plan');
    if (occurrence.id !== `${assignmentId}.${ordinal}`) {
      say('occurrence', occurrence, 'identifier', 'is not made of its step and its number');
    }
    if (logId !== undefined && !logs.has(logId)) say('occurrence', occurrence, 'output', 'is no log of this plan');
  }
  for (const log of state.logs) {
    const { assignmentId, occurrenceId } = log;
    const step = steps.get(assignmentId);
    if (step === undefined) say('log', log, 'assignment', 'is no step of this plan');
    else if (!formsAsked(step).includes(log.questionnaire)) {
      say('log', log, 'questionnaire', 'is not the one, or the version, that its step asks for');
    }
    if (occurrenceId !== undefined && occurrences.get(occurrenceId)?.assignmentId !== assignmentId) {
      say('log', log, 'task', 'is no occurrence of its step');
    }
  }
  for (const barrier of state.barriers) {
    if (barrier.assignmentId !== undefined && !steps.has(barrier.assignmentId)) {
      say('barrier', barrier, 'focus', 'is no step of this plan');
    }
  }
  const messages = new Set(state.feedback.map(({ id }) => id));
  for (const feedback of state.feedback) {
    const { assignmentId, logId, inResponseTo } = feedback;
    if (assignmentId !== undefined && !steps.has(assignmentId))
      say('feedback', feedback, 'about', 'is no step of this plan');
    if (logId !== undefined && !logs.has(logId)) say('feedback', feedback, 'about', 'is no log of this plan');
    if (inResponseTo !== undefined && !messages.has(inResponseTo)) {
      say('feedback', feedback, 'inResponseTo', 'is no message of this plan');
    }
  }
  const reports = new Set(state.reports.map(({ id }) => id));
  for (const report of state.reports) {
    if (report.addendumTo !== undefined && !reports.has(report.addendumTo)) {
      say('report', report, 'relatesTo', 'is no report of this plan');
    }
  }
}

function checkSteps({ assignments }: ArchivedPlan['state'], kinds: KindRegister, say: Say): void {
  const register = kindsOfPlan(kinds, assignments);
  const taken = new Set<string>();
  for (const assignment of assignments) {
    const { key, step, kind, questionnaire, status, businessStatus } = assignment;
    for (const [name, value] of [
      ['step-key', key],
      ['step-number', String(step)],
    ] as const) {
      if (taken.has(`${name} ${value}`)) say('assignment', assignment, name, 'is that of another step');
      taken.add(`${name} ${value}`);
    }
    if (!register.kinds.some(({ slug }) => slug === kind)) {
      say('assignment', assignment, 'kind', 'is no kind of homework that this service has');
    }
    if (register.find(questionnaire)?.kind.slug !== kind) {
      say(
        'assignment',
        assignment,
        'questionnaire',
        'is none of its kind, or a version of it that this service does not have',
      );
    }
    for (const problem of formProblems(kinds, assignment)) say('assignment', assignment, 'forms', problem);
    if (!legalPairs[status].includes(businessStatus)) {
      say('assignment', assignment, 'businessStatus', `does not go with the status ${status}`);
    }
  }
}

/** What is wrong with a step's own forms: their order, what they are made of, and whether their choice fits that. */
function formProblems(kinds: KindRegister, { kind, forms = [] }: Assignment): readonly string[] {
  return forms.flatMap((form, index) => {
    const base = kinds.find(form.base);
    if (form.version !== index + 1) return ['are not numbered in their order, from 1'];
    if (base?.kind.slug !== kind) return ['are made of no version of its kind that this service has'];
    try {
      const { settings, own } = form;
      const chosen = chooseForm(base, form, { earlier: forms.slice(0, index), field: 'forms' });
      return sameValue(chosen, { settings, own }) ? [] : ['have a choice that is not whole'];
    } catch (error) {
      if (hasCode(error, 'invalid-request')) return ['have a choice that does not fit their kind'];
      throw error;
    }
  });
}
