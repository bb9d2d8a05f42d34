import { defined } from '../../foundation/defined.ts';
import type { HomeworkRules } from '../../homework/homework-rules.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { tenantOf } from '../tenant-of.ts';

/** What the pure operations must know of the versions of questionnaires, by the register, and of the tenant. */
export function rulesOfTenant(record: HomeworkRecord, tenantId: string): HomeworkRules {
  const { kinds } = record;
  return {
    behaviourLinkId: (questionnaire) => kinds.version(questionnaire).behaviourLinkId,
    safetyOf: (questionnaire) => kinds.version(questionnaire).safety ?? [],
    predictionParts: (questionnaire) => kinds.version(questionnaire).predictionParts,
    ...defined({ statedLateGraceHours: tenantOf(record, tenantId).lateGraceHours }),
  };
}
