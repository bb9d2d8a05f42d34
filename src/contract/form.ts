import { z } from 'zod';
import { shortText } from './values.ts';

/** Name of a setting or of an own part, and the id of a name: they become part of a linkId. */
const word = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be a word like `self-harm`: a small letter, then letters, digits and hyphens');

const ownName = z
  .strictObject({
    id: word
      .exactOptional()
      .describe(
        'Keeps its answers together when its text changes; default: that of the same text before, else a new one that no other ever had',
      ),
    text: shortText.describe('What the patient reads'),
  })
  .meta({ id: 'OwnName' });

/** What a plan chooses of the form of a step. */
export const formChoice = z
  .strictObject({
    settings: z
      .record(word, z.union([word, z.number()]))
      .exactOptional()
      .describe('By the setting’s name: the code of an option, or a number'),
    own: z
      .record(word, z.array(ownName).max(50))
      .exactOptional()
      .describe('By the part’s name, the names in their order: the targets of a diary card, the warning signs'),
  })
  .meta({ id: 'FormChoice' });

/** What stands in a plan: every setting, and every name with its id. */
export const chosenForm = z
  .strictObject({
    version: z.number().int().min(1).describe('Which of the step’s own forms this is, from 1'),
    settings: z.record(z.string(), z.union([z.string(), z.number()])),
    own: z.record(z.string(), z.array(z.strictObject({ id: z.string(), text: z.string() }))),
  })
  .meta({ id: 'ChosenForm' });

/** What of a kind a plan may name or choose. */
export const ownPartShape = z
  .strictObject({
    name: z.string(),
    label: z.string(),
    least: z.number().int(),
    most: z.number().int(),
    defaults: z
      .array(z.strictObject({ id: z.string(), text: z.string() }))
      .describe('What stands there when a plan names none'),
  })
  .meta({ id: 'OwnPart' });

export const formSettingShape = z
  .union([
    z.strictObject({
      name: z.string(),
      label: z.string(),
      options: z.array(z.strictObject({ code: z.string(), label: z.string() })),
      byDefault: z.string(),
    }),
    z.strictObject({
      name: z.string(),
      label: z.string(),
      number: z.strictObject({
        least: z.number(),
        most: z.number(),
        byDefault: z.number(),
        whole: z.literal(true).exactOptional().describe('Whole numbers alone'),
      }),
    }),
  ])
  .meta({ id: 'FormSetting' });
