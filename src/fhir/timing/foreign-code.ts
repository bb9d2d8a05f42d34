import type { CodeableConcept } from 'fhir/r4';
import { codeIn } from '../concept.ts';
import { foreignCodeSystems } from '../systems.ts';
import type { Pace } from './foreign-pace.ts';
import { refuseTiming, type TimingReader } from './refuse-timing.ts';

/** What a code of v3-GTSAbbreviation says, as its system defines it; `timesADay`: at times that only an institution knows. */
const said: Readonly<Record<string, Pace | { readonly timesADay: number }>> = {
  QD: { pattern: { type: 'days', every: 1 } },
  QOD: { pattern: { type: 'days', every: 2 } },
  WK: { pattern: { type: 'per-week', count: 1 } },
  AM: { pattern: { type: 'days', every: 1 }, times: ['morning'] },
  PM: { pattern: { type: 'days', every: 1 }, times: ['afternoon'] },
  BID: { timesADay: 2 },
  TID: { timesADay: 3 },
  QID: { timesADay: 4 },
};

/**
 * The pace that a Timing's code and its data say together: R4 lets either be read, so both must say the same.
 * @param data the pace that `repeat` says; undefined: none
 * @throws IntersessionError `invalid-request` naming the code when no schedule says it, or when it is not what the data say
 * @see https://hl7.org/fhir/R4/datatypes-definitions.html#Timing.code
 */
export function paceByCode(
  concept: CodeableConcept | undefined,
  data: Pace | undefined,
  reader: TimingReader,
): Pace | undefined {
  const code = codeIn(concept, foreignCodeSystems.gtsAbbreviation);
  if (code === undefined) {
    if (data === undefined && concept?.coding !== undefined)
      refuseTiming(reader, 'code', 'is no code that says how often, and no data do');
    return data;
  }
  const meant = Object.hasOwn(said, code) ? said[code] : undefined;
  if (meant === undefined) return refuseTiming(reader, 'code', 'is nothing that a schedule can say');
  if ('timesADay' in meant) {
    if (data === undefined) refuseTiming(reader, 'code', 'does not say at which parts of the day');
    if (!isDaily(data) || data.times?.length !== meant.timesADay) refuseDifferent(reader);
    return data;
  }
  if (data !== undefined && !saysTheSame(meant, data)) refuseDifferent(reader);
  return data ?? meant;
}

/** Of a code that names days alone, data may name the part of the day. */
function saysTheSame(meant: Pace, data: Pace): boolean {
  const parts = meant.times ?? data.times ?? [];
  return (
    JSON.stringify(meant.pattern) === JSON.stringify(data.pattern) &&
    parts.length <= 1 &&
    (meant.times === undefined || meant.times[0] === data.times?.[0])
  );
}

const isDaily = ({ pattern }: Pace) => pattern.type === 'days' && pattern.every === 1;

function refuseDifferent(reader: TimingReader): never {
  return refuseTiming(reader, 'code', 'says something else than the data do');
}
