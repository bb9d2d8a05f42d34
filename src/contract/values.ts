import { z } from 'zod';
import { ehrIdPattern, ehrIdRule } from '../foundation/ehr-id.ts';
import { cleanLine, cleanText, isBlank } from '../foundation/plain-text.ts';
import { artefacts } from '../homework/model.ts';
import { barrierCodes } from '../homework/plan/barrier.ts';
import { isTimeZone } from '../homework/schedule/day-end.ts';

/** Small values that many shapes share, with the words and patterns that OpenAPI shows. */

/** Of ours, or of the EHR, whose own are wider than R4's. */
export const id = z
  .string()
  .min(1)
  .max(255)
  .regex(new RegExp(`^${ehrIdPattern}$`), `must be an id: ${ehrIdRule}`);

export const sourceId = z
  .string()
  .min(1)
  .max(200)
  .refine(isLegible, 'must not be blank')
  .describe('Your own id of this thing: sending it again makes nothing new, and answers what was made the first time');

export const ehrReference = z
  .string()
  .max(320)
  .regex(
    new RegExp(`^[A-Z][A-Za-z]+/${ehrIdPattern}$`),
    `must be a reference like Practitioner/17, its id of ${ehrIdRule}`,
  )
  .describe('A reference into the EHR: `Practitioner/17`');

/** Who did something to a plan; never its patient, nor another one. */
export const personReference = ehrReference.regex(
  /^(?!(?:Patient|Group)\/)/,
  'must be a person of the care team or of the family, not a patient',
);
export const encounterReference = ehrReference.regex(/^Encounter\//, 'must be a reference to an Encounter');
export const practitionerReference = ehrReference.regex(/^Practitioner\//, 'must be a reference to a Practitioner');
export const relatedPersonReference = ehrReference.regex(/^RelatedPerson\//, 'must be a reference to a RelatedPerson');

export const localDate = z.iso.date().describe('A day in the patient’s own zone: `2026-03-02`');

export const dateTime = z.iso
  .datetime({ offset: true })
  .describe('A time with its offset: `2026-03-02T10:00:00-05:00`');

export const instant = z.string().describe('A time in UTC: `2026-03-02T15:00:00.000Z`');

export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, 'must be an IANA time zone like America/New_York')
  .describe('IANA time zone of the patient: their days begin and end there');

export const versionedCanonical = z.string().describe('`url|version`');

/**
 * What people write: what no system holds, or only space, does not come further than this. Every other text of a command is refused by
 * `parseWith` when it holds such a character, so that a new field is held whichever it is.
 */
const written = (most: number, clean: (text: string) => string) =>
  z.string().overwrite(clean).trim().min(1).max(most).refine(isLegible, 'must not be blank');

/** A title, name or unit: one line. */
export const line = (most: number) => written(most, cleanLine);
/** A text of several lines. */
export const lines = (most: number) => written(most, cleanText);

export const shortText = line(200);
export const longText = lines(10_000);
export const reason = lines(1_000);

/** An answer as it came, a text cleaned; `{system, code}` as it is, for a code is no text. */
export const answer = z.unknown().transform((given) => cleanAnswer(given));

export const linkIds = z.array(z.string().min(1).max(64)).max(200);

/** Answers by linkId. */
export const answers = z.record(z.string().min(1).max(64), answer);

/** What is empty altogether is told as too short. */
function isLegible(text: string): boolean {
  return text === '' || !isBlank(text);
}

function cleanAnswer(given: unknown): unknown {
  if (typeof given === 'string') return cleanText(given);
  if (Array.isArray(given)) return given.map(cleanAnswer);
  if (typeof given !== 'object' || given === null || 'code' in given) return given;
  return Object.fromEntries(Object.entries(given).map(([name, member]) => [name, cleanAnswer(member)]));
}

export const artefact = z.enum(artefacts);

export const coding = z.strictObject({
  system: z.url().refine((text) => !/\s/.test(text), 'must be a URL without spaces'),
  // R4's code: no space at its ends, and none beside another
  code: z
    .string()
    .max(100)
    .regex(/^\S+( \S+)*$/, 'must be a code: no spaces at its ends, and none beside another'),
  display: shortText.exactOptional(),
});

/** The name of a step inside its plan. */
export const stepKey = z.string().regex(/^[A-Za-z0-9-]{1,32}$/, 'must be letters, digits and hyphens, 32 at most');

export const barrierCode = z.enum(barrierCodes);

/** Who said it: the patient, or someone whom the EHR knows. */
export const speaker = z.union([z.literal('patient'), personReference]);

export const paging = {
  limit: z.coerce.number().int().min(1).max(200).exactOptional().describe('Rows of a page, 50 when not given'),
  cursor: z.string().max(500).exactOptional().describe('From `next` of the page before'),
};
