import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { LogView } from '../../../src/contract/app/plan-view.ts';
import type { Measure, MeasureReading } from '../../../src/homework/log/measures-of.ts';
import { questionsOf, readQuestionnaire } from '../forms/read-questionnaire.ts';
import { numberIn } from '../plan/summary.ts';
import { versionOf } from '../plan/version-of.ts';

/** What is drawn next to a measure though it is none of its own: the use of skills next to an urge. */
export interface BesideMeasure {
  /** Label of the line that it belongs to. */
  readonly beside: string;
  readonly measure: Measure;
}

/** By what the kinds say is drawn beside another line, with what was rated of it more than once. @param logs in order of time */
export function besideMeasures(homework: PatientHomework, logs: readonly LogView[]): readonly BesideMeasure[] {
  const found = new Map<string, { beside: string; unit: string; linkId: string; readings: MeasureReading[] }>();
  for (const log of logs) {
    for (const line of versionOf(homework, log.questionnaire)?.summary ?? []) {
      if (line.type !== 'value' || line.beside === undefined) continue;
      const value = numberIn(log, line.linkId);
      if (value === undefined) continue;
      const { beside, linkId, unit = '' } = line;
      const known = found.get(line.label) ?? { beside, unit, linkId, readings: [] };
      found.set(line.label, known);
      known.readings.push({ logId: log.id, at: log.performedAt, value, moment: 'after' });
    }
  }
  return [...found].flatMap(([label, { beside, readings, ...rest }]) => {
    const [first, ...later] = readings;
    if (first === undefined || later.length === 0) return [];
    return [{ beside, measure: { label, ...rest, readings: [first, ...later] } }];
  });
}

/** Where the scale of a measure ends, as the form of its last log has it; undefined where it does not say. */
export function topOf(
  homework: PatientHomework,
  logs: readonly LogView[],
  { linkId, readings }: Measure,
): number | undefined {
  const last = logs.find(({ id }) => id === readings.at(-1)?.logId);
  const questionnaire = last && homework.questionnaires[last.questionnaire];
  if (questionnaire === undefined) return undefined;
  return questionsOf(readQuestionnaire(questionnaire)).find((question) => question.linkId === linkId)?.max;
}
