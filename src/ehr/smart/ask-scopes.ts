import { parseScopes, permits, type ScopeGrant } from '../../landing/granted-scopes.ts';

const readable = ['Patient', 'Practitioner', 'PractitionerRole', 'Encounter', 'Group'];
const writable = [
  ...['CarePlan', 'Task', 'QuestionnaireResponse', 'Observation', 'DocumentReference', 'Communication', 'Flag'],
];

/** What the app asks a person for, where the tenant says nothing else. */
export const neededOfPeople = ['user', 'patient'].flatMap((level) => [
  ...readable
    .filter((type) => level === 'user' || type === 'Patient' || type === 'Encounter')
    .map((type) => `${level}/${type}.rs`),
  ...writable.map((type) => `${level}/${type}.crus`),
]);

/**
 * The scope of an authorization request: identity, launch context, refresh while the person is there, and resources; in
 * v1 spelling for a server that knows no other.
 * @see https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html
 */
export function askScopes(
  configured: string | undefined,
  { ehrLaunch, capabilities }: { readonly ehrLaunch: boolean; readonly capabilities: readonly string[] },
): string {
  const onlyV1 = capabilities.includes('permission-v1') && !capabilities.includes('permission-v2');
  const resources = configured?.split(/\s+/) ?? (onlyV1 ? [...new Set(neededOfPeople.map(inV1))] : neededOfPeople);
  const identity = ['openid', 'fhirUser', 'online_access'];
  const context = ehrLaunch ? 'launch' : 'launch/patient';
  const asked =
    configured !== undefined && /\b(online|offline)_access\b/.test(configured) ? identity.slice(0, 2) : identity;
  return [...new Set([context, ...asked, ...resources])].join(' ');
}

/** Whether what was granted lets this person change something, or nothing of that sort was asked for. */
export function grantsWriting(asked: string, granted: string): boolean {
  return !parseScopes(asked).some(writesOurs) || parseScopes(granted).some(writesOurs);
}

/** Types whose writing was asked for, and of which nothing was granted. */
export function refusedWriting(asked: string, granted: string): string[] {
  const writes = (scope: string, wanted: string) =>
    parseScopes(scope).some((grant) => (grant.type === wanted || grant.type === '*') && writesOurs(grant));
  return writable.filter((type) => writes(asked, type) && !writes(granted, type));
}

/** Categories of the Observations and notes that homework writes. */
const ourCategories = ['survey', 'therapy', 'clinical-note'];

/** Whether something of ours may be written by a grant: one that is granular may be about other people's business only. */
function writesOurs(grant: ScopeGrant): boolean {
  const { letters, conditions } = grant;
  if (!letters.has('c') && !letters.has('u')) return false;
  return conditions.length === 0 || ourCategories.some((category) => permits(grant, category));
}

/** Whether what was granted lets this person read a Patient, if only some: the launch's own is read before anything is shown. */
export function grantsReading(granted: string): boolean {
  return parseScopes(granted).some(({ type, letters }) => (type === 'Patient' || type === '*') && letters.has('r'));
}

function inV1(scope: string): string {
  return scope.replace(/\.rs$/, '.read').replace(/\.crus$/, '.*');
}
