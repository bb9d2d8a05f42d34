import type { z } from 'zod';
import type { logShape } from '../../contract/log.ts';
import { defined } from '../../foundation/defined.ts';
import { flatAnswers } from '../../homework/log/flat-answers.ts';
import type { Log } from '../../homework/model.ts';
import { reportedBy, type Sources } from './reported-by.ts';
import { supplierOf } from './told-views.ts';

/** What everyone but the patient may see of a log: withheld answers are named, not shown. */
export function logView({ items, ...log }: Log, sources: Sources): z.input<typeof logShape> {
  const { id, planId, assignmentId, patientId, occurrenceId, resolution, questionnaire, status } = log;
  const told = reportedBy(log, supplierOf(log.source), sources);
  return {
    id,
    planId,
    assignmentId,
    patientId,
    ...defined({ occurrenceId }),
    resolution,
    questionnaire,
    status,
    performedAt: log.performedAt,
    authored: log.authored,
    source: log.source,
    ...defined({ reportedBy: told }),
    answers: flatAnswers(items, log.withheld),
    withheld: [...log.withheld],
    ...(log.predicted === undefined
      ? {}
      : { predicted: { at: log.predicted.at, linkIds: [...log.predicted.linkIds] } }),
  };
}
