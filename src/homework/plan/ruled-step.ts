import type { DesignAssignment } from './design.ts';
import type { PlanPeriod } from './most-logs.ts';

/** What is wrong with a design, and where. */
export interface Issue {
  readonly path: string;
  readonly problem: string;
}

/** What a rule is judged by. */
export type RuledStep = Pick<DesignAssignment, 'key' | 'unlock' | 'schedule' | 'standing'>;

/** The plan that a step stands in. */
export interface RuledPlan {
  readonly all: readonly RuledStep[];
  readonly period: PlanPeriod;
}
