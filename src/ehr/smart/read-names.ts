import { isEhrId } from '../../homework/ehr-id.ts';
import { type FhirJson, isObject } from '../fhir-json.ts';
import { entriesOf, readAsUser, type UserReader } from './read-as-user.ts';

/** How many are asked for at once: an address has its limits. */
const mostAtOnce = 50;

/**
 * Names of Patients and Practitioners by their references, read by a person's own token; who may not be read, or cannot
 * be now, is left out.
 */
export async function readNames(reader: UserReader, references: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const chunks = ['Patient', 'Practitioner'].flatMap((type) => {
    const ids = [...new Set(references)].flatMap((one) => {
      const [kind, id = ''] = one.split('/');
      return kind === type && isEhrId(id) ? [id] : [];
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
      const name = nameOf(resource);
      // only what was asked for: an EHR may put more into a Bundle
      if (name !== undefined && ids.includes(String(resource.id))) names.set(`${type}/${String(resource.id)}`, name);
    }
  };
  await Promise.all(chunks.map(({ type, ids }) => ask(type, ids)));
  return names;
}

/** A person's name in one line: the official or usual one, else the first. */
export function nameOf(resource: FhirJson): string | undefined {
  const names = Array.isArray(resource.name) ? resource.name.filter(isObject) : [];
  const best = names.find(({ use }) => use === 'official') ?? names.find(({ use }) => use === 'usual') ?? names[0];
  if (best === undefined) return undefined;
  const words = (value: unknown) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
  const family = typeof best.family === 'string' ? [best.family] : [];
  const line = [...words(best.prefix), ...words(best.given), ...family, ...words(best.suffix)].join(' ').trim();
  if (line !== '') return line;
  return typeof best.text === 'string' && best.text.trim() !== '' ? best.text.trim() : undefined;
}
