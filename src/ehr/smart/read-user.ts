import { parseReference, relativeOf } from '../../fhir/parse-reference.ts';
import { dateRange } from '../../fhir/search/date-range.ts';
import { defined } from '../../foundation/defined.ts';
import { isObject } from '../../foundation/is-object.ts';
import type { FhirJson } from '../fhir-json.ts';
import { entriesOf, readAsUser, type UserReader } from './read-as-user.ts';
import { nameOf } from './read-human-names.ts';

/** Who signed in, as the EHR knows them. */
export interface UserAtEhr {
  readonly name?: string;
  /** Codes of their own PractitionerRoles that are in force, as `code` and `system|code`. */
  readonly roleCodes: readonly string[];
  /** Under which other references they take part in visits. */
  readonly alsoAs: readonly string[];
}

/**
 * Reads who signed in; what cannot be read is left out. A PractitionerRole counts only when it names this very person, whatever
 * the EHR was asked for: another's code would be another's rights.
 * @see https://hl7.org/fhir/R4/practitionerrole.html
 */
export async function readUser(reader: UserReader, reference: string, withRoles: boolean): Promise<UserAtEhr> {
  const [type = '', id = ''] = reference.split('/');
  const [person, roles] = await Promise.all([
    readAsUser(reader, `${type}/${encodeURIComponent(id)}`, type),
    withRoles && type === 'Practitioner'
      ? readAsUser(reader, `PractitionerRole?${new URLSearchParams({ practitioner: reference })}`, 'Bundle')
      : undefined,
  ]);
  const name = person.ok ? nameOf(person.value, reader) : undefined;
  // a server that passes over `practitioner` answers with everybody's
  const own = roles?.ok
    ? entriesOf(roles.value, 'PractitionerRole').filter((role) => practitionerOf(role, reader) === reference)
    : [];
  const roleCodes = own.filter((role) => isInForce(role, reader)).flatMap(codesOf);
  // who signs in as a PractitionerRole is its Practitioner
  const practitioner = type === 'PractitionerRole' && person.ok ? practitionerOf(person.value, reader) : undefined;
  const alsoAs = [
    ...own.flatMap(({ id: role }) => (role === undefined ? [] : [`PractitionerRole/${role}`])),
    ...(practitioner === undefined ? [] : [practitioner]),
  ];
  return { ...defined({ name }), roleCodes, alsoAs };
}

function practitionerOf({ practitioner }: FhirJson, { tenant }: UserReader): string | undefined {
  if (!isObject(practitioner)) return undefined;
  const { reference, type } = practitioner;
  if (typeof reference !== 'string' || (type !== undefined && typeof type !== 'string')) return undefined;
  const named = parseReference({ reference, ...defined({ type }) }, { ehr: tenant.fhirBase });
  return named.form === 'local' && named.type === 'Practitioner' ? relativeOf(named) : undefined;
}

/** A role gives rights only while it holds; one that says in no readable way until when gives none. */
function isInForce({ active, period }: FhirJson, { tenant, at }: UserReader): boolean {
  if (active !== undefined && active !== true) return false;
  if (period === undefined) return true;
  if (!isObject(period)) return false;
  const now = at.toISOString();
  const rangeOf = (said: unknown) => (typeof said === 'string' ? dateRange(said, tenant.timeZone ?? 'UTC') : undefined);
  const [start, end] = [rangeOf(period.start), rangeOf(period.end)];
  const begun = period.start === undefined || (start !== undefined && start.low <= now);
  return begun && (period.end === undefined || (end !== undefined && end.high >= now));
}

function codesOf({ code }: FhirJson): string[] {
  const codings = (Array.isArray(code) ? code.filter(isObject) : []).flatMap(({ coding }) =>
    Array.isArray(coding) ? coding.filter(isObject) : [],
  );
  return codings.flatMap(({ system, code: value }) =>
    typeof value === 'string' ? [value, `${typeof system === 'string' ? system : ''}|${value}`] : [],
  );
}
