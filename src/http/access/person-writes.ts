import type { LandingRow } from '../../contract/landing.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { AppSession } from '../../record/session/app-session.ts';
import type { AppOptions } from '../app-options.ts';

/** The FHIR types that an act in the app is written as. */
export const personWrites = [
  ...(['CarePlan', 'Task', 'QuestionnaireResponse', 'Observation', 'DocumentReference'] as const),
  ...(['Communication', 'Flag'] as const),
] as const;
export type PersonWrite = (typeof personWrites)[number];

const nativeType: Readonly<Record<string, PersonWrite>> = {
  plan: 'CarePlan',
  assignment: 'Task',
  occurrence: 'Task',
  log: 'QuestionnaireResponse',
  measure: 'Observation',
  adherence: 'Observation',
  feedback: 'Communication',
  report: 'DocumentReference',
  safety: 'Flag',
};
const landingType: Readonly<Record<string, PersonWrite>> = {
  'questionnaire-response': 'QuestionnaireResponse',
  observation: 'Observation',
  note: 'DocumentReference',
  communication: 'Communication',
};

/** Types that this EHR takes, by where each artefact lands: what nobody may write there, it keeps from nobody. */
function takenTypes(landings: readonly LandingRow[]): ReadonlySet<string> {
  return new Set(
    landings.flatMap(({ artefact, landing }) => {
      const type = landing === 'native' ? nativeType[artefact] : landingType[landing];
      return type === undefined ? [] : [type];
    }),
  );
}

/**
 * Refuses an act whose type this person's EHR keeps from them: the app asked for writing it, it was not granted, and the
 * EHR takes that type from others. Where the EHR takes it from nobody it decides nothing, and the role does.
 * @throws `forbidden`
 */
export async function refusePersonWrite(
  options: Pick<AppOptions, 'landings'>,
  session: AppSession,
  types: readonly PersonWrite[],
): Promise<void> {
  if (!session.canWrite) {
    const needed = 'a scope that permits writing';
    throw new IntersessionError('forbidden', { needed }, 'The EHR has not granted this user any writing.');
  }
  const kept = types.filter((type) => session.sealed.refusedWrites?.includes(type) === true);
  if (kept.length === 0) return;
  const taken = takenTypes((await options.landings?.(session.tenantId).catch(() => undefined)) ?? []);
  const refused = kept.filter((type) => taken.has(type));
  if (refused.length === 0) return;
  const needed = refused.map((type) => `user/${type}.cu`).join(' ');
  throw new IntersessionError(
    'forbidden',
    { needed },
    `The EHR has not granted this user the writing of ${refused.join(' and ')}.`,
  );
}
