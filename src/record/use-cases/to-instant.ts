import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Instant } from '../../homework/model.ts';

const withOffset = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** Reads a date-time with its offset (`2026-03-02T10:00:00-05:00`) as an instant. @throws `invalid-request` naming `path` */
export function toInstant(text: string, path: string): Instant {
  const time = withOffset.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new IntersessionError(
      'invalid-request',
      { issues: [{ path, problem: 'is not a date and time with an offset from UTC' }] },
      `${path} is not a date and time with an offset from UTC.`,
    );
  }
  return new Date(time).toISOString();
}
