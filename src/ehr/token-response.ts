import { isEhrId } from '../foundation/ehr-id.ts';
import { isObject } from '../foundation/is-object.ts';

/** What a token endpoint gave: what security hangs on is strict, the launch context is what can be made of it. */
export interface TokenResponse {
  readonly accessToken: string;
  /** Seconds; absent: not said, or not as a number. */
  readonly expiresIn?: number;
  readonly scope?: string;
  readonly refreshToken?: string;
  /** As it was sent, for whoever verifies it. */
  readonly idToken?: unknown;
  /** `unusable`: something was sent that is no id; whoever needs a patient must refuse it, never do without. */
  readonly patient?: { readonly id: string } | 'unusable';
  readonly encounter?: string;
  readonly intent?: string;
  readonly needPatientBanner?: boolean;
  readonly styleUrl?: string;
  /** Names of optional values that could not be used and were left out. */
  readonly dropped: readonly string[];
}

/** A year: no token lives longer, and a date must hold it. */
const mostSeconds = 31_536_000;

/**
 * Reads a token response. Optional values are read leniently: one of another type that can only mean one thing is taken
 * (`"false"`, `"3599"`, the number of an id), `null` and `""` mean absent, what cannot be used is dropped and named.
 * @returns the name of the field that is wrong where security hangs on it: `access_token`, `token_type`
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1
 * @see https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#launch-context-arrives-with-your-access_token
 */
export function readTokenResponse(json: unknown): TokenResponse | 'access_token' | 'token_type' {
  const said = isObject(json) ? json : {};
  const { access_token: accessToken, token_type: tokenType } = said;
  if (typeof accessToken !== 'string' || !/^[\x21-\x7e]+$/.test(accessToken)) return 'access_token';
  if (typeof tokenType !== 'string' || !/^bearer$/i.test(tokenType)) return 'token_type';
  const dropped: string[] = [];
  const read = <T>(name: string, as: (value: unknown) => T | undefined): T | undefined => {
    const value = absentOr(said[name]);
    if (value === undefined) return undefined;
    const usable = as(value);
    if (usable === undefined) dropped.push(name);
    return usable;
  };
  const patient = read('patient', (value) => idOf(value, 'Patient'));
  const values = {
    expiresIn: read('expires_in', secondsOf),
    scope: read('scope', textOf),
    refreshToken: read('refresh_token', textOf),
    idToken: absentOr(said.id_token),
    patient: patient === undefined ? undefined : { id: patient },
    encounter: read('encounter', (value) => idOf(value, 'Encounter')),
    intent: read('intent', (value) => (/^[\w.-]{1,64}$/.test(textOf(value) ?? '') ? textOf(value) : undefined)),
    needPatientBanner: read('need_patient_banner', flagOf),
    styleUrl: read('smart_style_url', addressOf),
  };
  return {
    accessToken,
    ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
    ...(dropped.includes('patient') ? { patient: 'unusable' as const } : {}),
    dropped,
  };
}

function absentOr(value: unknown): unknown {
  return value === null || value === '' ? undefined : value;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** An id, also as the whole number that it looks like, or as a reference; a number that JSON could not hold is none. */
function idOf(value: unknown, type: string): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
  const id = textOf(value)?.replace(new RegExp(`^${type}/`), '');
  return id !== undefined && isEhrId(id) ? id : undefined;
}

function secondsOf(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && /^\s*\d+(\.\d*)?\s*$/.test(value) ? Number(value) : value;
  return typeof seconds === 'number' && seconds > 0 ? Math.min(seconds, mostSeconds) : undefined;
}

function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = textOf(value)?.trim().toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

function addressOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && /^https?:$/.test(URL.parse(text)?.protocol ?? '') ? text : undefined;
}
