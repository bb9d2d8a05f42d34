import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { LogView } from '../../../src/contract/app/plan-view.ts';
import { type Measure, measuresOf } from '../../../src/homework/log/measures-of.ts';
import { versionOf } from './version-of.ts';

/** The measures that run through logs, by the summaries of the versions that they answer. @param logs in order of time */
export function measuresIn(homework: PatientHomework, logs: readonly LogView[]): readonly Measure[] {
  return measuresOf(
    logs,
    (questionnaire) => versionOf(homework, questionnaire)?.summary ?? [],
    (questionnaire) => versionOf(homework, questionnaire)?.scores ?? [],
  );
}
