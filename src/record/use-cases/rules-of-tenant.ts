import { defined } from '../../foundation/defined.ts';
import type { HomeworkRules } from '../../homework/homework-rules.ts';
import type { FormedStep } from '../../homework/plan/own-form.ts';
import { kindsOfPlan } from '../../kinds/own/kinds-of-plan.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { tenantOf } from '../tenant-of.ts';

/**
 * What the pure operations must know of the versions of questionnaires, by the register, and of the tenant.
 * @param steps of the plan that is operated on, also those that it is about to have: their own forms are known to it alone
 */
export function rulesOfTenant(record: HomeworkRecord, tenantId: string, steps: readonly FormedStep[]): HomeworkRules {
  const kinds = kindsOfPlan(record.kinds, steps);
  const { lateGraceHours, weekBegins } = tenantOf(record, tenantId);
  return {
    behaviourLinkId: (questionnaire) => kinds.version(questionnaire).behaviourLinkId,
    safetyOf: (questionnaire) => kinds.version(questionnaire).safety ?? [],
    predictionParts: (questionnaire) => kinds.version(questionnaire).predictionParts,
    predictionTold: (questionnaire) => kinds.version(questionnaire).predictionTold,
    scoresOf: (questionnaire) => kinds.version(questionnaire).scores ?? [],
    ...defined({ statedLateGraceHours: lateGraceHours, weekBegins }),
  };
}
