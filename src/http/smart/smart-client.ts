import type { PatientStanding } from '../../homework/patient/patient-standing.ts';
import type { SealedSession } from '../../record/session/app-session.ts';

type UserTokens = SealedSession['tokens'];

/** `refused`: this person may not, or there is none; `expired`: the token is taken no more; `unusable`: it is no such resource. */
export type UserRead<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: 'refused' | 'expired' | 'unreachable' | 'unusable' };

/** A patient as pages name them. */
export interface PatientName {
  readonly id: string;
  readonly name: string;
  readonly birthDate?: string;
}

export interface PatientRead extends PatientName {
  readonly standing: PatientStanding;
  /** The EHR answered with another patient's record. */
  readonly answeredAsAnother: boolean;
}

/** What a person may see of a patient: them, by name where there is a current one, or nothing. */
export type PatientSight = { readonly seen: 'readable'; readonly name?: string } | { readonly seen: 'hidden' };

export interface EncounterRead {
  readonly reference: string;
  readonly start: string;
  /** As FHIR spells it: `in-progress`, `finished`. */
  readonly status: string;
}

/** Who signed in, as the service learnt it from the authorization server itself. */
export interface SignedIn {
  readonly tokens: UserTokens;
  readonly userReference?: string;
  readonly patientId?: string;
  /** The EHR named a patient by what cannot be an id. */
  readonly patientUnusable?: boolean;
  readonly encounter?: string;
  readonly intent?: string;
  readonly needPatientBanner: boolean;
  readonly styleUrl?: string;
  readonly canWrite: boolean;
  /** Types whose writing was asked for and not granted; absent: none. */
  readonly refusedWrites?: readonly string[];
  readonly canReadPatients: boolean;
  /** Names of optional values of the answer that could not be used. */
  readonly dropped: readonly string[];
}

/** One EHR connection as people sign in to it: what these doors ask of it. Made by `openSmartClient`. */
export interface SmartClient {
  authorizeUrl(request: {
    readonly iss?: string;
    readonly launch?: string;
    readonly state: string;
    readonly nonce: string;
    readonly codeChallenge: string;
    readonly redirectUri: string;
  }): Promise<{ readonly url: string; readonly scope: string; readonly issuer: string }>;
  exchangeCode(given: {
    readonly code: string;
    readonly codeVerifier: string;
    readonly nonce: string;
    readonly redirectUri: string;
    readonly asked: string;
  }): Promise<SignedIn>;
  refresh(tokens: UserTokens): Promise<UserTokens>;
  revoke(tokens: UserTokens): Promise<void>;
  readPatient(accessToken: string, patientId: string): Promise<UserRead<PatientRead>>;
  readUser(
    accessToken: string,
    reference: string,
    withRoles: boolean,
  ): Promise<{ readonly name?: string; readonly roleCodes: readonly string[] }>;
  /** What this person may see of each of these patients; of whom the EHR says nothing now is left out. */
  readPatients(
    accessToken: string,
    patientIds: readonly string[],
  ): Promise<UserRead<ReadonlyMap<string, PatientSight>>>;
  readNames(accessToken: string, references: readonly string[]): Promise<ReadonlyMap<string, string>>;
  findPatients(accessToken: string, name: string): Promise<UserRead<readonly string[]>>;
  readGroupMembers(accessToken: string, groupId: string): Promise<UserRead<readonly string[]>>;
  lastVisit(
    accessToken: string,
    visit: { readonly patientId: string; readonly before: string; readonly except?: string },
  ): Promise<string | undefined>;
  /** The patient's latest encounters that have begun, newest first. */
  encounters(
    accessToken: string,
    patient: { readonly patientId: string; readonly before: string },
  ): Promise<UserRead<readonly EncounterRead[]>>;
}
