import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { LogView } from '../../../src/contract/app/plan-view.ts';
import type { Measure } from '../../../src/homework/log/measures-of.ts';
import { numberIn } from '../plan/summary.ts';
import { versionOf } from '../plan/version-of.ts';
import type { Place } from '../words/dates.ts';
import { writeMeasured } from '../words/numbers.ts';

/** What was meant of a measure, by the log that says what came of it. */
export interface PlannedValues {
  /** `Activity planned` */
  readonly name: string;
  readonly values: ReadonlyMap<string, number>;
}

/** What was planned of a measure whose kind tells it beside what came; undefined: it tells none, or none is given. */
export function plannedIn(
  homework: PatientHomework,
  logs: readonly LogView[],
  { linkId, readings }: Measure,
): PlannedValues | undefined {
  const read = new Set(readings.map(({ logId }) => logId));
  let name: string | undefined;
  const values = new Map<string, number>();
  for (const log of logs.filter(({ id }) => read.has(id))) {
    for (const line of versionOf(homework, log.questionnaire)?.summary ?? []) {
      if (line.type !== 'pair' || line.actual !== linkId) continue;
      const value = numberIn(log, line.planned);
      if (value === undefined) continue;
      name = `${line.label} ${line.names?.planned ?? 'planned'}`;
      values.set(log.id, value);
    }
  }
  return name === undefined ? undefined : { name, values };
}

/** In words what an open square is, and how often what came was at least what was meant. */
export function plannedWords({ readings, unit }: Measure, { name, values }: PlannedValues, place: Place): string {
  const pairs = readings.flatMap(({ logId, value }) => {
    const meant = values.get(logId);
    return meant === undefined ? [] : [{ meant, value }];
  });
  const reached = pairs.filter(({ meant, value }) => value >= meant).length;
  const last = pairs.at(-1);
  const lastWords =
    last === undefined
      ? ''
      : `; the last time ${writeMeasured(last.value, unit, place)} of ${writeMeasured(last.meant, unit, place)}`;
  return `open square: ${name}, reached ${reached} of ${pairs.length} times${lastWords}`;
}
