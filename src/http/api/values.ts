import { z } from 'zod';
import { artefacts } from '../../homework/model.ts';

/** Small values that many shapes share, with the words that OpenAPI shows. */
export const id = z
  .string()
  .regex(/^[A-Za-z0-9.-]{1,64}$/, 'must be an id: letters, digits, hyphens and dots, 64 at most');

export const sourceId = z
  .string()
  .min(1)
  .max(200)
  .describe('Your own id of this thing: sending it again makes nothing new, and answers what was made the first time');

export const ehrReference = z
  .string()
  .regex(/^[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/, 'must be a reference like Practitioner/17')
  .describe('A reference into the EHR: `Practitioner/17`');

const ofType = (fits: (type: string) => boolean, problem: string) =>
  ehrReference.refine((reference) => fits(reference.slice(0, reference.indexOf('/'))), problem);

/** Who did something to a plan; never its patient, nor another one. */
export const personReference = ofType(
  (type) => type !== 'Patient' && type !== 'Group',
  'must be a person of the care team or of the family, not a patient',
);
export const encounterReference = ofType((type) => type === 'Encounter', 'must be a reference to an Encounter');
export const practitionerReference = ofType((type) => type === 'Practitioner', 'must be a reference to a Practitioner');
export const relatedPersonReference = ofType(
  (type) => type === 'RelatedPerson',
  'must be a reference to a RelatedPerson',
);

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

export const shortText = z.string().trim().min(1).max(200);
export const longText = z.string().trim().min(1).max(10_000);
export const reason = z.string().trim().min(1).max(1_000);

export const artefact = z.enum(artefacts);

export const coding = z.strictObject({
  system: z.url(),
  code: z.string().min(1).max(100),
  display: shortText.exactOptional(),
});

export const barrierCode = z.enum([
  'fear',
  'too-hard',
  'forgot',
  'no-time',
  'not-understood',
  'no-point-seen',
  'felt-too-bad',
  'practical',
  'other',
]);

/** Who said it: the patient, or someone whom the EHR knows. */
export const speaker = z.union([z.literal('patient'), personReference]);

export const paging = {
  limit: z.coerce.number().int().min(1).max(200).exactOptional().describe('Rows of a page, 50 when not given'),
  cursor: z.string().max(500).exactOptional().describe('From `next` of the page before'),
};

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
