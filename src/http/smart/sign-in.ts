import type { PatientName } from '../../contract/app/session.ts';
import type { SignedIn } from '../../ehr/smart/exchange-code.ts';
import type { SmartClient } from '../../ehr/smart/open-smart-client.ts';
import type { UserAtEhr } from '../../ehr/smart/read-user.ts';
import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { oauthErrorCode, oauthRefusal } from '../../foundation/oauth-refusal.ts';
import { sameAddress } from '../../foundation/same-address.ts';
import { tookPart } from '../../homework/patient/last-visit.ts';
import { mostVisits, type Visit } from '../../homework/patient/visit.ts';
import type { Role } from '../../homework/role.ts';
import type { HomeworkRecord } from '../../record/homework-record.ts';
import type { SealedSession } from '../../record/session/app-session.ts';
import { type LaunchState, takeLaunchState } from '../../record/session/launch-state.ts';
import { hashOf } from '../../record/session/opaque-token.ts';
import type { AppOptions, HttpTenant, SmartOptions } from '../app-options.ts';
import { sameSecret } from '../same-secret.ts';
import { redirectUriOf } from './begin-launch.ts';
import { keepReadPatient } from './keep-read-patient.ts';
import { roleOf } from './role-of.ts';

/** What a browser brings back from the authorization server. */
export interface Returned {
  /** One of the two; `error`: the server refused, in OAuth's words. */
  readonly code?: string;
  readonly error?: string;
  readonly state: string;
  readonly tabSecret: string;
  /** The server's own word for who it is, if it says. @see https://www.rfc-editor.org/rfc/rfc9207 */
  readonly iss?: string;
}

/** A person who signed in: all of it verified, and their patient read with their own token. */
export interface Person {
  readonly tenant: HttpTenant;
  readonly role: Role;
  readonly userReference: string;
  readonly signedIn: SignedIn;
  readonly patient?: PatientName;
  readonly sealed: SealedSession;
}

/**
 * Ends a sign-in that `begin-launch` began: takes its state (once), checks the tab, exchanges the code, and settles who
 * this is, what they are here, and whose patient is open. Nothing is shown before the EHR has let this person's own
 * token read that patient.
 * @throws `state-replayed`, `answer-issuer-invalid`, `id-token-invalid`, `foreign-user`, `role-unknown`, `launch-without-patient`, `unusable-id`,
 * `patient-merged`, what `oauthRefusal` makes of a refusal, and the faults of a connection that `ehrTrouble` knows
 */
export async function signIn(options: AppOptions, smart: SmartOptions, returned: Returned): Promise<Person> {
  const launch = await takeLaunchState(options.record, returned.state);
  const tenant = options.tenants.find(({ id }) => id === launch?.tenantId);
  const client = launch === undefined ? undefined : smart.clients.get(launch.tenantId);
  if (launch === undefined || tenant === undefined || client === undefined) throw stateReplayed('is not known here');
  if (!sameSecret(hashOf(returned.tabSecret), launch.tabKeyHash)) throw stateReplayed('began in another tab');
  judgeAnswerIssuer(tenant, launch, returned.iss);
  const { code } = returned;
  if (code === undefined) {
    const error = oauthErrorCode(returned.error) ?? 'unknown_error';
    throw oauthRefusal({ tenant: tenant.id, error, by: 'the authorization endpoint' });
  }
  const { codeVerifier, nonce, scope: asked } = launch;
  const redirectUri = redirectUriOf(options);
  const signedIn = await client.exchangeCode({ code, codeVerifier, nonce, redirectUri, asked });
  if (signedIn.dropped.length > 0) {
    const said = 'the EHR’s token response held values that cannot be used; they were left out';
    options.logger.warn({ tenant: tenant.id, left: signedIn.dropped }, said);
  }
  try {
    return await settlePerson(options, { tenant, client, signedIn });
  } catch (error) {
    // whoever is turned away leaves no tokens behind
    void client.revoke(signedIn.tokens);
    throw error;
  }
}

/**
 * Before anything of an answer is believed, a refusal included: whose is it?
 * @throws `answer-issuer-invalid` for another server's, and for one that names no server where ours promised to name itself
 * @see https://www.rfc-editor.org/rfc/rfc9207#section-2.4
 */
function judgeAnswerIssuer(tenant: HttpTenant, launch: LaunchState, iss: string | undefined): void {
  if (iss === undefined ? !launch.answerNamesIssuer : sameAddress(iss, launch.issuer)) return;
  const problem =
    iss === undefined
      ? 'the answer has no iss, and the configuration says authorization_response_iss_parameter_supported'
      : 'iss of the answer is another issuer’s';
  const fields = { tenant: tenant.id, problem };
  throw new IntersessionError('answer-issuer-invalid', fields, `The answer cannot be trusted: ${problem}.`);
}

/** Who may come without a patient: their views are not about one. */
const withoutPatient: ReadonlySet<Role> = new Set(['coordinator', 'integration']);

interface Arrival {
  readonly tenant: HttpTenant;
  readonly client: SmartClient;
  readonly signedIn: SignedIn;
}

async function settlePerson({ record }: AppOptions, arrival: Arrival): Promise<Person> {
  const { tenant, client, signedIn } = arrival;
  const { userReference, tokens } = signedIn;
  if (userReference === undefined) throw denied(tenant, 'fhirUser');
  const isPatient = userReference.startsWith('Patient/');
  // a patient is their own patient, where the EHR names none; never where it names one that we could not read
  const own = isPatient && signedIn.patientUnusable !== true ? userReference.slice('Patient/'.length) : undefined;
  const patientId = signedIn.patientId ?? own;
  if (isPatient && patientId !== undefined && userReference !== `Patient/${patientId}`) {
    throw foreign(tenant, 'the launch is another patient’s');
  }
  const now = (await record.clockOf(tenant.id)).now().toISOString();
  const rules = tenant.roles ?? [];
  const withRoles = rules.some(({ practitionerRoleCode }) => practitionerRoleCode !== undefined);
  const [user, patient, visits] = await Promise.all([
    isPatient ? undefined : client.readUser(tokens.accessToken, userReference, withRoles),
    patientId === undefined ? undefined : readLaunchPatient(record, arrival, patientId),
    patientId === undefined || isPatient ? undefined : readVisits(client, signedIn, { patientId, until: now }),
  ]);
  const role = roleOf(userReference, rules, user?.roleCodes ?? []);
  if (role === undefined) {
    throw new IntersessionError('role-unknown', { tenant: tenant.id }, 'This user has no role here.');
  }
  if (patient === undefined && !withoutPatient.has(role)) {
    if (signedIn.patientUnusable === true) {
      const fields = { tenant: tenant.id, field: 'patient' };
      throw new IntersessionError(
        'unusable-id',
        fields,
        'The EHR names the patient by an id that cannot be used here.',
      );
    }
    throw new IntersessionError('launch-without-patient', { tenant: tenant.id }, 'The EHR named no patient.');
  }
  const userName = (isPatient ? patient?.name : user?.name) ?? 'Signed in';
  // whoever looks after the connection needs nobody's name, whatever chart was open
  const opened = role === 'integration' || patient === undefined ? {} : { patient };
  const sealed: SealedSession = {
    tokens,
    userName,
    ...opened,
    ...defined({ refusedWrites: signedIn.refusedWrites }),
    ...(opened.patient === undefined
      ? {}
      : { ...defined({ visits }), alsoAs: [...(await alsoAs(arrival, user, visits))] }),
  };
  return { tenant, role, userReference, signedIn, ...opened, sealed };
}

/** How many visits are looked through for one of the clinician's own. */
const mostLookedThrough = 100;

/** What can be chosen from, with the last one in which the user took part; undefined: the EHR does not tell. */
async function readVisits(
  client: SmartClient,
  { tokens, userReference = '' }: SignedIn,
  of: { readonly patientId: string; readonly until: string },
): Promise<readonly Visit[] | undefined> {
  const isOwn = (visit: Visit) => visit.status === 'finished' && tookPart(visit, [userReference]);
  const enough = (visits: readonly Visit[]) =>
    visits.length >= mostLookedThrough || (visits.length >= mostVisits && visits.some(isOwn));
  const answer = await client.visits(tokens.accessToken, { ...of, enough });
  if (!answer.ok) return undefined;
  const own = answer.value.slice(mostVisits).find(isOwn);
  return [...answer.value.slice(0, mostVisits), ...(own === undefined ? [] : [own])];
}

/** Under which other references the user takes part in visits: asked for only where visits name such ones. */
async function alsoAs(
  { client, signedIn: { tokens, userReference } }: Arrival,
  user: UserAtEhr | undefined,
  visits: readonly Visit[] = [],
): Promise<readonly string[]> {
  if (user === undefined || userReference === undefined || user.alsoAs.length > 0) return user?.alsoAs ?? [];
  const byRole = visits.some(({ people }) =>
    people.some(({ reference }) => reference?.startsWith('PractitionerRole/')),
  );
  return byRole ? (await client.readUser(tokens.accessToken, userReference, true)).alsoAs : [];
}

async function readLaunchPatient(
  record: HomeworkRecord,
  { tenant, client, signedIn }: Arrival,
  patientId: string,
): Promise<PatientName> {
  const answer = await client.readPatient(signedIn.tokens.accessToken, patientId);
  if (answer.ok) return keepReadPatient(record, tenant.id, answer.value, 'launch');
  if (answer.why === 'unreachable') {
    const problem = 'the patient cannot be read now';
    throw new IntersessionError('ehr-unreachable', { tenant: tenant.id, problem }, `EHR of ${tenant.id}: ${problem}`);
  }
  if (answer.why === 'unusable') {
    const fields = { tenant: tenant.id, problem: 'the patient: it is no Patient' };
    throw new IntersessionError('ehr-answer-unusable', fields, `EHR of ${tenant.id}: ${fields.problem}`);
  }
  if (!signedIn.canReadPatients) throw denied(tenant, 'reading the patient');
  throw foreign(tenant, 'this user may not read this patient');
}

function stateReplayed(problem: string): IntersessionError {
  return new IntersessionError('state-replayed', { problem }, `This sign-in cannot be used: it ${problem}.`);
}

function denied(tenant: HttpTenant, problem: string): IntersessionError {
  return new IntersessionError('consent-denied', { tenant: tenant.id, problem }, `Access was not granted: ${problem}.`);
}

function foreign(tenant: HttpTenant, problem: string): IntersessionError {
  return new IntersessionError(
    'foreign-user',
    { tenant: tenant.id, problem },
    `This sign-in does not hold: ${problem}.`,
  );
}
