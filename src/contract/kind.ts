import { z } from 'zod';
import { safetyRule } from './safety-signal.ts';
import { versionedCanonical } from './values.ts';
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
    defaults: z.strictObject({ lateGraceHours: z.number(), instructions: z.string(), rationale: z.string() }),
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
