import { entriesOf, readAsUser, type UserRead, type UserReader } from './read-as-user.ts';

const mostFound = 200;

/** Ids of patients by a part of their name: the EHR searches, for it holds the names and knows who may find whom. */
export async function findPatients(reader: UserReader, name: string): Promise<UserRead<readonly string[]>> {
  const query = new URLSearchParams({ name, _count: String(mostFound) });
  const answer = await readAsUser(reader, `Patient?${query}`, 'Bundle');
  if (!answer.ok) return answer;
  return { ok: true, value: entriesOf(answer.value, 'Patient').flatMap(({ id }) => (id === undefined ? [] : [id])) };
}
