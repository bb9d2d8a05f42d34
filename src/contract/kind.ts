import { z } from 'zod';
import { formSettingShape, ownPartShape } from './form.ts';
import { safetyRule } from './safety-signal.ts';
import { schedule } from './schedule.ts';
import { versionedCanonical } from './values.ts';

/** What stands in a new step when nothing else is said. */
export const kindDefaults = z.strictObject({
  lateGraceHours: z.number(),
  instructions: z.string(),
  rationale: z.string(),
  schedule: schedule.exactOptional().describe('How often; absent: once within a week'),
  standing: z.literal(true).exactOptional().describe('It stands beside the ladder, and neither locks nor is locked'),
  unlockedByClinician: z.literal(true).exactOptional().describe('A clinician opens it'),
});

/** What of a form is the plan's, or the patient's own. */
export const kindParts = {
  family: z.literal('outcome-measure').exactOptional().describe('Kinds that are looked for in one place'),
  keptToSelf: z
    .array(z.string())
    .exactOptional()
    .describe('linkIds of what the patient keeps to themself unless they choose to share it'),
  ownParts: z
    .array(ownPartShape)
    .exactOptional()
    .describe('What of the form a plan names for itself: `form.own` of an assignment'),
  settings: z
    .array(formSettingShape)
    .exactOptional()
    .describe('What of the form a plan may choose: `form.settings` of an assignment'),
};

export const kindShape = z
  .strictObject({
    slug: z.string(),
    title: z.string(),
    description: z.string(),
    questionnaire: versionedCanonical.describe(
      'The version that new assignments get; each assignment and log names its own',
    ),
    behaviourLinkId: z.string().exactOptional().describe('The item that says whether the behaviour itself was done'),
    safety: z
      .array(z.strictObject({ linkId: z.string(), rule: safetyRule }))
      .exactOptional()
      .describe('Items that ask for risk: a risk answer raises a safety signal'),
    defaults: kindDefaults,
    ...kindParts,
    offers: z.array(z.string()).describe('Unlock criteria that make sense after a step of this kind'),
    items: z
      .array(
        z.strictObject({
          linkId: z.string(),
          type: z.string(),
          text: z.string().exactOptional(),
          required: z.boolean(),
          repeats: z.boolean(),
        }),
      )
      .describe('What can be answered; the whole questionnaire is at `/fhir/{tenant}/Questionnaire`'),
  })
  .meta({ id: 'Kind' });
