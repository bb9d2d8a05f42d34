import type { KindView, PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { VersionedCanonical } from '../../../src/homework/model.ts';

/** What reads the answers to a version of a questionnaire, as a step or a log names it; undefined: it is not known here. */
export function versionOf({ kinds }: PatientHomework, questionnaire: VersionedCanonical): KindView | undefined {
  return kinds.find((version) => version.questionnaire === questionnaire);
}
