import type { TimingRepeat } from 'fhir/r4';
import { type PartOfDay, partsOfDay } from '../../homework/schedule/schedule.ts';
import { expectCode, expectElement } from '../expect-element.ts';

type WhenCode = NonNullable<TimingRepeat['when']>[number];

/** A part of the day by FHIR's code for it. @see https://hl7.org/fhir/R4/valueset-event-timing.html */
export const whenOfPart = {
  morning: 'MORN',
  noon: 'NOON',
  afternoon: 'AFT',
  evening: 'EVE',
  night: 'NIGHT',
} as const satisfies Readonly<Record<PartOfDay, WhenCode>>;

/** The part of the day that a code of FHIR names; undefined: none of ours (before meals, at bedtime, early in the morning). */
export function partOfWhen(code: string | undefined): PartOfDay | undefined {
  return partsOfDay.find((part) => whenOfPart[part] === code);
}

/** The part of the day that a code of ours names. @throws IntersessionError `invalid-request` by `path`, with the codes that there are */
export function expectPart(code: string | undefined, path: string): PartOfDay {
  return expectElement(partOfWhen(expectCode(code, Object.values(whenOfPart), path)), path);
}
