import { z } from 'zod';
import { defined } from '../../homework/defined.ts';
import type { Log } from '../../homework/model.ts';
import { flatAnswers } from './flat-answers.ts';
import { reportedBy, reportedByField, type Sources } from './reported-by.ts';
import { supplierOf } from './told-views.ts';
import { ehrReference, instant, versionedCanonical } from './values.ts';

/** A log as the API shows it. */
export const logShape = z
  .strictObject({
    id: z.string(),
    planId: z.string(),
    assignmentId: z.string(),
    patientId: z.string(),
    occurrenceId: z.string().exactOptional(),
    resolution: z
      .enum(['resolved', 'late', 'ad-hoc', 'extra'])
      .describe('How it was tied to its assignment; decided once'),
    questionnaire: versionedCanonical,
    status: z.enum(['in-progress', 'completed', 'amended', 'stopped', 'entered-in-error']),
    performedAt: instant.describe('When it happened'),
    authored: instant.describe('When it was last changed'),
    source: z.union([
      z.strictObject({ type: z.literal('patient') }),
      z.strictObject({ type: z.enum(['related-person', 'practitioner']), reference: ehrReference }),
    ]),
    ...reportedByField,
    answers: z.record(z.string(), z.unknown()).describe('By linkId; without what the patient does not share'),
    withheld: z.array(z.string()).describe('linkIds of answers that the patient does not share'),
    predicted: z
      .strictObject({ at: instant, linkIds: z.array(z.string()) })
      .exactOptional()
      .describe('Predictions that were saved before any outcome: since when they stand so, and which; they are locked'),
  })
  .meta({ id: 'Log' });

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
