import { IntersessionError } from '../../foundation/intersession-error.ts';

/** Where a Timing stands, and what whoever reads it knows besides. */
export interface TimingReader {
  /** The Timing's own path, which a refusal begins with. */
  readonly path: string;
  /** IANA zone in which the patient's days begin and end. */
  readonly timeZone: string;
  /** First day of what it says, where the reader knows it: a duration is counted from it. */
  readonly start?: string;
}

/** Refuses what no schedule says, by the element's name. @throws IntersessionError `invalid-request` */
export function refuseTiming({ path }: Pick<TimingReader, 'path'>, element: string, problem: string): never {
  const at = `${path}.${element}`;
  throw new IntersessionError('invalid-request', { issues: [{ path: at, problem }] }, `${at} ${problem}`);
}
