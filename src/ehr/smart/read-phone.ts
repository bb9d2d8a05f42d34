import { isObject } from '../../foundation/is-object.ts';
import type { FhirJson } from '../fhir-json.ts';

const uses = ['mobile', 'home', 'temp', 'work'];
const longest = 40;

/**
 * The telephone number that a person is to be reached by, as the EHR writes it: by its rank, then the mobile one. An old
 * one, one whose time is over or not yet come, and what holds no number at all is none.
 * @see https://hl7.org/fhir/R4/datatypes.html#ContactPoint
 */
export function phoneOf({ telecom }: FhirJson, at: Date): string | undefined {
  const points = (Array.isArray(telecom) ? telecom.filter(isObject) : []).flatMap((point) => {
    const { system, value, use, rank, period } = point;
    if ((system !== 'phone' && system !== 'sms') || use === 'old' || !isNow(period, at)) return [];
    if (typeof value !== 'string' || value.length > longest || !/\d.*\d.*\d/s.test(value)) return [];
    const byUse = uses.indexOf(String(use));
    return [
      {
        value: value.trim(),
        rank: typeof rank === 'number' && rank > 0 ? rank : Number.POSITIVE_INFINITY,
        use: byUse < 0 ? uses.length : byUse,
      },
    ];
  });
  // ranks that are both absent are equal, which no difference tells of infinities
  return points.toSorted((a, b) => (a.rank === b.rank ? a.use - b.use : a.rank - b.rank))[0]?.value;
}

function isNow(period: unknown, at: Date): boolean {
  if (!isObject(period)) return true;
  const today = at.toISOString();
  const { start, end } = period;
  if (typeof start === 'string' && start > today) return false;
  // an end that is a day holds to its end
  return typeof end !== 'string' || end >= today.slice(0, end.length);
}
