import type { FormedStep } from '../../homework/plan/own-form.ts';
import type { ReportWording } from '../../homework/report/report-frame.ts';
import type { KindRegister } from '../../kinds/kind-register.ts';
import { kindsOfPlan } from '../../kinds/own/kinds-of-plan.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { sourceNameOf } from '../store/source-name.ts';

/** Reports in the words of the registered kinds, each log by the version that it answers. */
export function wordingOfKinds(kinds: KindRegister): ReportWording {
  return {
    summaryOf: (questionnaire) => kinds.version(questionnaire).summary,
    scoresOf: (questionnaire) => kinds.version(questionnaire).scores ?? [],
    behaviourLinkId: (questionnaire) => kinds.version(questionnaire).behaviourLinkId,
    kindTitle: (slug) => kinds.kind(slug).title,
  };
}

/** The same of one plan, with what a tenant's people call its source systems. */
export function reportWording(record: HomeworkRecord, tenantId: string, steps: readonly FormedStep[]): ReportWording {
  return { ...wordingOfKinds(kindsOfPlan(record.kinds, steps)), sourceName: sourceNameOf(record, tenantId) };
}
