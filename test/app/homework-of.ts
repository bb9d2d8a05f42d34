import type { KindView, PatientHomework } from '../../src/contract/app/patient-homework.ts';
import { kindForApp } from '../../src/http/app/kind-for-app.ts';
import { everyVersion } from '../kinds/current-of.ts';

/** Every version of every kind, as a clinician's page is told of it. */
export const shownKinds: readonly KindView[] = everyVersion.map((version) => kindForApp(version, 'clinician'));

/** What the service answers of Sarah with these plans, and every kind; without questionnaires. */
export const homeworkOf = (
  plans: PatientHomework['plans'],
  more: Partial<PatientHomework> & Pick<PatientHomework, 'now'>,
): PatientHomework => ({
  ...{ patient: { id: 'sarah', name: 'Sarah Whitfield' }, plans, landings: [], whoSees: '' },
  ...{ kinds: [...shownKinds], questionnaires: {}, ...more },
});
