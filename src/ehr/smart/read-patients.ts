import { defined } from '../../foundation/defined.ts';
import { isObject } from '../../foundation/is-object.ts';
import type { PatientStanding } from '../../homework/patient/patient-standing.ts';
import type { NameOrder } from '../../homework/patient/say-name.ts';
import type { FhirJson } from '../fhir-json.ts';
import { standingOf } from '../read-standing.ts';
import { entriesOf, readAsUser, type UserRead, type UserReader } from './read-as-user.ts';
import { nameOf, nameOrderOf } from './read-human-names.ts';
import { phoneOf } from './read-phone.ts';

/** How many are asked for in one search, as an address has its limits; and how many are read singly at the same time. */
const mostAtOnce = 50;
const mostSingly = 8;

/** What tells a patient from others and how to reach them, as far as the EHR says it. */
export interface PatientDetails {
  readonly name?: string;
  /** By what that name stands in a list. */
  readonly order?: NameOrder;
  readonly birthDate?: string;
  readonly phone?: string;
  /** The medical record number. */
  readonly recordNumber?: string;
  /** How they stand, as far as what was read says: a person's token may be shown less of it than there is. */
  readonly stands?: PatientStanding;
}

/**
 * What a person's own token may see of a patient: `readable` (without a name, where there is no current one); `listed`: a
 * search tells of them and a read is refused; or `hidden`: the EHR refuses them, or has no such patient, and need not say
 * which, though `absent` says that it answered as of one whom it does not have.
 */
export type PatientSight =
  | ({ readonly seen: 'readable' | 'listed' } & PatientDetails)
  | { readonly seen: 'hidden'; readonly absent?: true };

type Sights = Map<string, PatientSight>;
type Asked = 'done' | 'expired';

/**
 * What a person may see of each of these patients. One of whom the EHR says nothing now, because it does not answer or answers with
 * something else, is left out. A search finds most of them at once; whom it leaves out, or will not tell of, is read
 * singly, so that an EHR which searches badly hides nobody.
 */
export async function readPatients(
  reader: UserReader,
  patientIds: readonly string[],
): Promise<UserRead<ReadonlyMap<string, PatientSight>>> {
  const sights: Sights = new Map();
  const ids = [...new Set(patientIds)];
  const chunks = Array.from({ length: Math.ceil(ids.length / mostAtOnce) }, (_, at) =>
    ids.slice(at * mostAtOnce, (at + 1) * mostAtOnce),
  );
  const ends = await Promise.all(chunks.map((chunk) => searchFor(reader, chunk, sights)));
  return ends.includes('expired') ? { ok: false, why: 'expired' } : { ok: true, value: sights };
}

async function searchFor(reader: UserReader, ids: readonly string[], sights: Sights): Promise<Asked> {
  if (ids.length > 1) {
    const query = new URLSearchParams({ _id: ids.join(','), _count: String(ids.length) });
    const answer = await readAsUser(reader, `Patient?${query}`, 'Bundle');
    if (!answer.ok && answer.why === 'expired') return 'expired';
    // asked one by one it would be no better
    if (!answer.ok && answer.why !== 'refused') return 'done';
    if (!answer.ok) {
      // one whom the user may not see can make an EHR refuse the whole search
      const half = Math.ceil(ids.length / 2);
      const halves = [ids.slice(0, half), ids.slice(half)].map((some) => searchFor(reader, some, sights));
      return (await Promise.all(halves)).includes('expired') ? 'expired' : 'done';
    }
    const nameless = new Set<string>();
    for (const patient of entriesOf(answer.value, 'Patient')) {
      const id = String(patient.id);
      // only who was asked for: an EHR may put more into a Bundle
      if (!ids.includes(id)) continue;
      const sight = readable(patient, reader);
      // whom a search masks may be one whose chart is shut to this person
      if (sight.name === undefined) nameless.add(id);
      else sights.set(id, sight);
    }
    const absent = ids.filter((id) => !sights.has(id) && !nameless.has(id));
    const ends = [await readSingly(reader, absent, { sights, refused: 'hidden' })];
    ends.push(await readSingly(reader, [...nameless], { sights, refused: 'listed' }));
    return ends.includes('expired') ? 'expired' : 'done';
  }
  return readSingly(reader, ids, { sights, refused: 'hidden' });
}

interface Singly {
  readonly sights: Sights;
  /** What a refusal says of a patient. */
  readonly refused: 'hidden' | 'listed';
}

async function readSingly(reader: UserReader, ids: readonly string[], { sights, refused }: Singly): Promise<Asked> {
  for (let at = 0; at < ids.length; at += mostSingly) {
    const some = ids.slice(at, at + mostSingly);
    const answers = await Promise.all(
      some.map((id) => readAsUser(reader, `Patient/${encodeURIComponent(id)}`, 'Patient')),
    );
    for (const [index, answer] of answers.entries()) {
      const id = some[index] ?? '';
      if (answer.ok) {
        // another's record, of one who was merged: its name is not this one's
        sights.set(
          id,
          answer.value.id === id ? readable(answer.value, reader) : { seen: 'readable', stands: { state: 'merged' } },
        );
      } else if (answer.why === 'expired') return 'expired';
      else if (answer.why === 'refused')
        sights.set(id, refused === 'hidden' && answer.absent ? { seen: refused, absent: true } : { seen: refused });
      // whoever does not answer for one of them will not for the rest
      else return 'done';
    }
  }
  return 'done';
}

function readable(patient: FhirJson, reader: UserReader): { readonly seen: 'readable' } & PatientDetails {
  const { birthDate } = patient;
  const stands = standingOf(patient, { patientId: String(patient.id), base: reader.tenant.fhirBase });
  return {
    seen: 'readable',
    ...{ stands },
    ...defined({
      name: nameOf(patient, reader),
      order: nameOrderOf(patient, reader),
      birthDate: typeof birthDate === 'string' ? birthDate : undefined,
      phone: phoneOf(patient, reader.at),
      recordNumber: recordNumberOf(patient),
    }),
  };
}

/** @see https://terminology.hl7.org/CodeSystem-v2-0203.html */
function recordNumberOf({ identifier }: FhirJson): string | undefined {
  const numbers = (Array.isArray(identifier) ? identifier.filter(isObject) : []).filter(({ type, use }) => {
    const codings = isObject(type) && Array.isArray(type.coding) ? type.coding.filter(isObject) : [];
    return use !== 'old' && codings.some(({ code }) => code === 'MR');
  });
  return numbers
    .flatMap(({ value }) => (typeof value === 'string' && value.length <= longestNumber ? [value] : []))
    .at(0);
}

const longestNumber = 40;
