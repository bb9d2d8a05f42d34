import { defined } from '../../homework/defined.ts';
import type { HomeworkRules } from '../../homework/homework-rules.ts';
import { kindBySlug } from '../../kinds/registry.ts';
import type { RecordTenant } from '../homework-record.ts';

/** What the pure operations must know of the kinds, by the registry, and of the tenant. */
export function rulesOfTenant(tenant: RecordTenant): HomeworkRules {
  return {
    behaviourLinkId: (slug) => kindBySlug(slug).behaviourLinkId,
    safetyOf: (slug) => kindBySlug(slug).safety ?? [],
    predictionParts: (slug) => kindBySlug(slug).predictionParts,
    ...defined({ statedLateGraceHours: tenant.lateGraceHours }),
  };
}
