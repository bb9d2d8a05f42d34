import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Assignment, Plan } from '../model.ts';
import { planRevision } from './plan-revision.ts';
import { revisionOf } from './step-words.ts';

/** Refuses a change by somebody who has read another edition of the step. @throws IntersessionError `version-conflict` */
export function refuseStaleStep(step: Assignment, basedOn: number): void {
  refuseStale(`step ${step.key}`, { id: step.id, expected: basedOn, actual: revisionOf(step) });
}

/** The same of a plan. @throws IntersessionError `version-conflict` */
export function refuseStalePlan(plan: Plan, basedOn: number): void {
  refuseStale('the plan', { id: plan.id, expected: basedOn, actual: planRevision(plan) });
}

interface Editions {
  readonly id: string;
  readonly expected: number;
  readonly actual: number;
}

function refuseStale(what: string, editions: Editions): void {
  const { expected, actual } = editions;
  if (expected === actual) return;
  const message = `${what} was changed meanwhile: this change was based on revision ${expected}, and it stands at ${actual}`;
  throw new IntersessionError('version-conflict', { ...editions }, message);
}
