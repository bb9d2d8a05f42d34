import { z } from 'zod';
import { reportedRuleCodes, safetyRuleCodes } from '../homework/safety/safety-signal.ts';
import { reportedByField, reportedByShape } from './told.ts';
import { id, instant, lines, personReference, reason, sourceId } from './values.ts';

export const signalText = lines(2_000).describe('What was seen or said: for colleagues, and for the note in the chart');
export const safetyRule = z.enum(safetyRuleCodes).describe('What made someone fear for the patient');

/** What people and their systems report; the others are noticed in answers. */
export const reportedRule = z.enum(reportedRuleCodes).describe('What made someone fear for the patient');

export const signalStatus = z.enum(['open', 'closed']);

export const reporter = z.union([
  z.strictObject({ type: z.literal('patient') }),
  z.strictObject({ type: z.literal('person'), reference: z.string() }),
  z.strictObject({ type: z.literal('system'), clientId: z.string() }),
]);

export const safetySignalShape = z
  .strictObject({
    id: z.string(),
    patientId: z.string(),
    planId: z
      .string()
      .exactOptional()
      .describe(
        'The plan in whose ledger it stands; told to who sees the whole tenant, as `ordinal` and `version` are',
      ),
    rule: safetyRule,
    words: z.string().describe('The rule in words'),
    ordinal: z.number().int().exactOptional().describe('How often this rule has been raised of this patient'),
    status: signalStatus,
    raisedAt: instant,
    evidence: z.array(
      z.strictObject({
        at: instant,
        by: reporter,
        ...reportedByField,
        planId: z.string().exactOptional(),
        logId: z.string().exactOptional(),
        linkId: z.string().exactOptional(),
        value: z
          .union([z.boolean(), z.number(), z.string()])
          .exactOptional()
          .describe('The risk answer; not there when the patient does not share it'),
        text: z.string().exactOptional().describe('What whoever reported it wrote of it'),
      }),
    ),
    closedAt: instant.exactOptional(),
    closedBy: z.string().exactOptional(),
    closedReportedBy: reportedByShape
      .exactOptional()
      .describe('Present when a source system told of the merge that closed it'),
    closeReason: z.string().exactOptional(),
    version: z.number().int().exactOptional(),
  })
  .meta({ id: 'SafetySignal' });

/** `POST /safety-signals`, by the API. */
export const raiseSafetySignalBody = z
  .strictObject({
    sourceId: sourceId.exactOptional(),
    patientId: id,
    rule: reportedRule,
    by: z
      .union([z.literal('patient'), personReference])
      .exactOptional()
      .describe('Who fears it: `patient`, or a person of the EHR; default: the sending system'),
    text: signalText.exactOptional(),
  })
  .meta({ id: 'RaiseSafetySignal' });

/** `POST /safety-signals/{signalId}/close`, by the API. */
export const closeSafetySignalBody = z
  .strictObject({
    by: personReference.describe('The person of the care team who decided it: `Practitioner/17`'),
    reason,
  })
  .meta({ id: 'CloseSafetySignal' });
