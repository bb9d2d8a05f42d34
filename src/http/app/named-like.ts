import { ehrTrouble } from '../../foundation/ehr-trouble.ts';
import { matchesName } from '../../homework/patient/match-name.ts';
import { withUserToken } from '../smart/with-user-token.ts';
import type { AppCall } from './app-route.ts';
import type { KnownPatients } from './known-patients.ts';

/**
 * Patients who have that name: of those whose names this user could read just now, whatever the case, accents, apostrophes
 * and order; and whom the EHR finds.
 */
export async function namedLike(
  { options, smart, session }: AppCall<unknown, unknown>,
  q: string,
  { ids, patients }: { readonly ids: readonly string[]; readonly patients: KnownPatients },
): Promise<readonly string[]> {
  const alike = [...patients.known(session, ids)].flatMap(([id, sight]) =>
    sight.seen !== 'hidden' && sight.name !== undefined && matchesName(q, [sight.name]) ? [id] : [],
  );
  // one letter finds half of an EHR; one sign of another script is a name
  if (q.length < 2 && /^[\p{Script=Latin}\P{L}]$/u.test(q)) return alike;
  try {
    const found = await withUserToken(options, smart, session, (client, token) => client.findPatients(token, q));
    return [...new Set([...alike, ...(found ?? [])])];
  } catch (error) {
    // an EHR that does not answer as it should must not take the list away
    if (ehrTrouble(error) !== undefined) return alike;
    throw error;
  }
}
