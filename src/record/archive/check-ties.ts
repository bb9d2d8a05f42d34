import type { ArchivedPlan } from '../../fhir/archive/archived-plan.ts';
import { legalPairs } from '../../homework/plan/legal-pairs.ts';
import type { KindRegister } from '../../kinds/kind-register.ts';
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
    else if (step.questionnaire !== log.questionnaire) {
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

function checkSteps({ assignments }: ArchivedPlan['state'], register: KindRegister, say: Say): void {
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
    if (!legalPairs[status].includes(businessStatus)) {
      say('assignment', assignment, 'businessStatus', `does not go with the status ${status}`);
    }
  }
}
