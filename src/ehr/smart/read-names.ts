import { parseLiteral } from '../../fhir/parse-reference.ts';
import { entriesOf, readAsUser, type UserReader } from './read-as-user.ts';
import { nameOf } from './read-human-names.ts';

/** How many are asked for at once: an address has its limits. */
const mostAtOnce = 50;

/**
 * Names of Patients and Practitioners by their references, read by a person's own token; who may not be read, or cannot
 * be now, is left out.
 */
export async function readNames(reader: UserReader, references: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const chunks = ['Patient', 'Practitioner'].flatMap((type) => {
    const ids = [...new Set(references)].flatMap((text) => {
      const named = parseLiteral(text, { ehr: reader.tenant.fhirBase });
      return named.form === 'local' && named.type === type ? [named.id] : [];
    });
    return Array.from({ length: Math.ceil(ids.length / mostAtOnce) }, (_, index) => ({
      type,
      ids: ids.slice(index * mostAtOnce, (index + 1) * mostAtOnce),
    }));
  });
  const ask = async (type: string, ids: readonly string[]): Promise<void> => {
    const query = new URLSearchParams({ _id: ids.join(','), _count: String(ids.length) });
    const answer = await readAsUser(reader, `${type}?${query}`, 'Bundle');
    if (!answer.ok) {
      // one person whom the user may not see can make an EHR refuse the whole search: the others must not lose their names
      if (answer.why !== 'refused' || ids.length === 1) return;
      const half = Math.ceil(ids.length / 2);
      await Promise.all([ask(type, ids.slice(0, half)), ask(type, ids.slice(half))]);
      return;
    }
    for (const resource of entriesOf(answer.value, type)) {
      const name = nameOf(resource, reader);
      // only what was asked for: an EHR may put more into a Bundle
      if (name !== undefined && ids.includes(String(resource.id))) names.set(`${type}/${String(resource.id)}`, name);
    }
  };
  await Promise.all(chunks.map(({ type, ids }) => ask(type, ids)));
  return names;
}
