import type { BarrierView, PlanView } from '../../../src/contract/app/plan-view.ts';
import type { Artefact } from '../../../src/homework/model.ts';
import { type Place, writeDay } from './dates.ts';
import { barrierWords } from './status-words.ts';

interface Row {
  readonly artefact: Artefact;
  readonly id: string;
}

/**
 * What a row of the ledger is about, as a clinician knows it: `Log of Tue, Mar 17 (step 3)`; undefined where nothing in the plan
 * says it. Never an id.
 */
export function nameOfRow(view: PlanView, { artefact, id }: Row, place: Place): string | undefined {
  switch (artefact) {
    case 'log':
      return ofLog(view, id, 'Log', place);
    case 'measure': {
      const barrier = view.barriers.find((candidate) => candidate.id === id);
      if (barrier !== undefined) return ofBarrier(view, barrier, place);
      // a measure's id is its log's with the item's name behind
      const log = view.logs.find((candidate) => id.startsWith(`${candidate.id}.`));
      return log === undefined ? undefined : ofLog(view, log.id, 'Of the log', place);
    }
    case 'assignment':
      return ofStep(view, id);
    case 'occurrence': {
      const occurrence = view.occurrences.find((candidate) => candidate.id === id);
      const step = occurrence && keyOf(view, occurrence.assignmentId);
      return step === undefined ? undefined : `Time ${occurrence?.ordinal} of step ${step}`;
    }
    case 'adherence':
      return id.startsWith(view.plan.id) ? 'Of the whole plan' : ofStep(view, id.replace(/\.adherence$/, ''));
    case 'feedback': {
      const message = view.feedback.find((candidate) => candidate.id === id);
      return message === undefined ? undefined : `Message of ${writeDay(message.sentAt, place)}`;
    }
    case 'report': {
      const report = view.reports?.find((candidate) => candidate.id === id);
      return report === undefined ? undefined : `Note of ${writeDay(report.createdAt, place)}`;
    }
    case 'plan':
    case 'safety':
      return undefined;
  }
}

const keyOf = ({ assignments }: PlanView, id: string): string | undefined =>
  assignments.find((assignment) => assignment.id === id)?.key;

function ofStep(view: PlanView, id: string): string | undefined {
  const step = view.assignments.find((assignment) => assignment.id === id);
  return step === undefined ? undefined : `Step ${step.key}: ${step.title}`;
}

function ofBarrier(view: PlanView, { code, assignmentId, recordedAt }: BarrierView, place: Place): string {
  const key = assignmentId === undefined ? undefined : keyOf(view, assignmentId);
  return `${barrierWords[code].short}, said ${writeDay(recordedAt, place)}${key === undefined ? '' : ` (step ${key})`}`;
}

function ofLog(view: PlanView, id: string, what: string, place: Place): string | undefined {
  const log = view.logs.find((candidate) => candidate.id === id);
  if (log === undefined) return undefined;
  const key = keyOf(view, log.assignmentId);
  return `${what} of ${writeDay(log.performedAt, place)}${key === undefined ? '' : ` (step ${key})`}`;
}
