import { refuse } from '../fhir-error.ts';
import { isObject, listOf } from '../resource.ts';

/** [start, end) in epoch milliseconds; open ends are infinite. */
export interface Range {
  start: number;
  end: number;
}

const PARTIAL =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/** The time a partial FHIR date or dateTime covers (without a zone: UTC), or undefined when it is none. */
export function rangeOf(text: string): Range | undefined {
  const match = PARTIAL.exec(text);
  if (!match) return undefined;
  const [, year = '', month, day, hour, minute = '00', second, fraction, zone = 'Z'] = match;
  if (hour === undefined) {
    const start = Date.UTC(+year, month ? +month - 1 : 0, day ? +day : 1);
    const end = day ? start + 86_400_000 : month ? Date.UTC(+year, +month, 1) : Date.UTC(+year + 1, 0, 1);
    const valid =
      new Date(start).getUTCMonth() === (month ? +month - 1 : 0) && new Date(start).getUTCDate() === +(day ?? 1);
    return valid ? { start, end } : undefined;
  }
  const milliseconds = fraction === undefined ? '000' : fraction.padEnd(3, '0').slice(0, 3);
  const start = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second ?? '00'}.${milliseconds}${zone}`);
  if (Number.isNaN(start)) return undefined;
  const width = second === undefined ? 60_000 : fraction === undefined ? 1000 : 1;
  return { start, end: start + width };
}

/** The time a date, dateTime, instant, Period or Timing element covers. */
export function rangeOfElement(value: unknown): Range | undefined {
  if (typeof value === 'string') return rangeOf(value);
  if (!isObject(value)) return undefined;
  if (value.event !== undefined || value.repeat !== undefined) return rangeOfTiming(value);
  const start = typeof value.start === 'string' ? rangeOf(value.start)?.start : undefined;
  const end = typeof value.end === 'string' ? rangeOf(value.end)?.end : undefined;
  if (start === undefined && end === undefined) return undefined;
  return { start: start ?? Number.NEGATIVE_INFINITY, end: end ?? Number.POSITIVE_INFINITY };
}

function rangeOfTiming(timing: Record<string, unknown>): Range | undefined {
  const bounds = isObject(timing.repeat) ? rangeOfElement(timing.repeat.boundsPeriod) : undefined;
  const ranges = [...listOf(timing.event).map(rangeOfElement), bounds].filter((range) => range !== undefined);
  if (ranges.length === 0) return undefined;
  return { start: Math.min(...ranges.map((r) => r.start)), end: Math.max(...ranges.map((r) => r.end)) };
}

/**
 * Whether an element's time satisfies one search value such as `ge2026-03-02`.
 * @throws FhirError 400 when the search value is not a date
 * @see https://hl7.org/fhir/R4/search.html#date
 */
export function matchesDate(element: unknown, value: string, parameterCode: string): boolean {
  const [, prefix = 'eq', text = ''] = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.*)$/.exec(value) ?? [];
  const asked = rangeOf(text);
  if (asked === undefined) throw refuse(400, 'value', `${parameterCode}: not a date`);
  const found = rangeOfElement(element);
  if (found === undefined) return false;
  const within = found.start >= asked.start && found.end <= asked.end;
  switch (prefix) {
    case 'ne':
      return !within;
    case 'gt':
      return found.end > asked.end;
    case 'lt':
      return found.start < asked.start;
    case 'ge':
      return within || found.end > asked.end;
    case 'le':
      return within || found.start < asked.start;
    case 'sa':
      return found.start >= asked.end;
    case 'eb':
      return found.end <= asked.start;
    case 'ap': {
      const slack = Math.max(Math.abs(Date.now() - asked.start) / 10, 0);
      return found.start < asked.end + slack && found.end > asked.start - slack;
    }
    default:
      return within;
  }
}
