import { isObject } from '../../foundation/is-object.ts';
import { matchesName, otherSpellings } from '../../homework/patient/match-name.ts';
import type { FhirJson } from '../fhir-json.ts';
import { entriesOf, readAsUser, type UserRead, type UserReader } from './read-as-user.ts';

const mostFound = 200;

/**
 * Ids of patients by a part of their name: the EHR searches, for it holds the names and knows who may find whom. Whom it
 * finds by the text as it was typed is taken at its word; it is also asked for other spellings, for it may compare letter by letter,
 * and of whom it finds by those only who bears such a name, in whatever order, case, accents or apostrophes.
 */
export async function findPatients(reader: UserReader, text: string): Promise<UserRead<readonly string[]>> {
  const [typed, ...others] = await Promise.all([text, ...otherSpellings(text)].map((name) => search(reader, name)));
  const alike = others
    .flatMap((answer) => (answer.ok ? answer.value : []))
    .filter((patient) => matchesName(text, namesOf(patient)));
  if (typed === undefined || (!typed.ok && (typed.why === 'expired' || alike.length === 0)))
    return typed ?? { ok: true, value: [] };
  const found = [...(typed.ok ? typed.value : []), ...alike];
  return { ok: true, value: [...new Set(found.flatMap(({ id }) => (typeof id === 'string' ? [id] : [])))] };
}

async function search(reader: UserReader, name: string): Promise<UserRead<readonly FhirJson[]>> {
  const query = new URLSearchParams({ name, _count: String(mostFound) });
  const answer = await readAsUser(reader, `Patient?${query}`, 'Bundle');
  return answer.ok ? { ok: true, value: entriesOf(answer.value, 'Patient') } : answer;
}

/** All names of a person, each in one line: those they had before as well. */
function namesOf({ name }: FhirJson): string[] {
  return (Array.isArray(name) ? name.filter(isObject) : []).map(({ text, given, family, prefix, suffix }) =>
    [prefix, given, family, suffix, text]
      .flat()
      .filter((part) => typeof part === 'string')
      .join(' '),
  );
}
