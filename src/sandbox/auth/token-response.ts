import type { JWK } from 'jose';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Site } from '../site.ts';
import { statedScopes } from './grant-launch.ts';
import { tieIdToken } from './id-token.ts';
import type { LaunchContext, Launches } from './launches.ts';

/** What is told besides the tokens. */
export interface TokenResponseOptions {
  launches: Launches;
  site: Site;
  fhirBase: string;
  signingKey: JWK;
  /** Where the style of this EHR is described. */
  styleUrl: string;
}

/** The organization whose record this is. */
const TENANT = 'harbor-clinic';

/**
 * Completes a token response that a person authorized: the OpenID and launch scopes beside those on resources, the
 * launch context as SMART names it, an id_token tied to the access token.
 * @see https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#launch-context-arrives-with-your-access_token
 */
export async function completeTokenResponse(ctx: KoaContextWithOIDC, options: TokenResponseOptions): Promise<void> {
  const { AccessToken: token, Grant: grant, AuthorizationCode: code, RefreshToken: refresh } = ctx.oidc.entities;
  const body = ctx.body as Record<string, unknown>;
  if (ctx.status !== 200 || token === undefined || grant === undefined) return;
  const context = await options.launches.context(String(token.grantId));
  if (context === undefined) return;
  const asked = ctx.oidc.params?.scope ?? code?.scope ?? refresh?.scope ?? '';
  body.scope = allScopes(grant.getOIDCScopeFiltered(new Set(String(asked).split(' '))), token.scope);
  Object.assign(body, inTheWayOf(options.site, contextParameters(context, options), context));
  if (options.site.has('expires-in-text')) body.expires_in = String(body.expires_in);
  if (context.tamper === 'no-patient') delete body.patient;
  if (context.tamper === 'no-id-token') delete body.id_token;
  if (typeof body.id_token === 'string') {
    const { fhirBase, signingKey, site } = options;
    const tie = { accessToken: String(body.access_token), signingKey, fhirBase, tamper: context.tamper, site };
    body.id_token = await tieIdToken(body.id_token, tie);
  }
}

/**
 * Completes what introspection says of a token that a person authorized.
 * @see https://hl7.org/fhir/smart-app-launch/token-introspection.html
 */
export async function completeIntrospection(ctx: KoaContextWithOIDC, options: TokenResponseOptions): Promise<void> {
  const { AccessToken, RefreshToken, Grant: grant } = ctx.oidc.entities;
  const token = AccessToken ?? RefreshToken;
  const body = ctx.body as Record<string, unknown>;
  if (body?.active !== true || token === undefined || grant === undefined) return;
  const context = await options.launches.context(String(token.grantId));
  if (context === undefined) return;
  body.scope = allScopes(grant.getOIDCScopeFiltered(new Set(statedScopes)), token.scope);
  body.fhirUser = `${options.fhirBase}/${context.user}`;
  const { patient, encounter, fhirContext, intent } = context;
  Object.assign(body, withoutUndefined({ patient, encounter, fhirContext, intent }));
}

function contextParameters(context: LaunchContext, { site, styleUrl }: TokenResponseOptions) {
  const { patient, encounter, fhirContext, intent, needPatientBanner } = context;
  const banner = needPatientBanner ?? true;
  return withoutUndefined({
    patient,
    encounter,
    fhirContext,
    intent,
    need_patient_banner: patient === undefined ? undefined : site.has('banner-flag-text') ? String(banner) : banner,
    smart_style_url: styleUrl,
    tenant: TENANT,
  });
}

/** The launch context as this EHR spells it. */
function inTheWayOf(site: Site, told: Record<string, unknown>, { user }: LaunchContext): Record<string, unknown> {
  const spelled = { ...told };
  if (site.has('encounter-unsaid')) delete spelled.encounter;
  if (site.has('patient-by-fhir-user') && user === `Patient/${String(told.patient)}`) delete spelled.patient;
  for (const [name, type] of [
    ['patient', 'Patient'],
    ['encounter', 'Encounter'],
  ] as const) {
    const id = spelled[name];
    if (typeof id !== 'string') continue;
    if (site.has('numeric-ids') && /^[1-9]\d{0,14}$/.test(id)) spelled[name] = Number(id);
    else if (site.has('context-as-reference')) spelled[name] = `${type}/${id}`;
  }
  const absent = site.has('context-null') ? { patient: null, encounter: null, intent: null, fhirContext: null } : {};
  const empty = site.has('context-empty-text') ? { patient: '' } : {};
  return { ...absent, ...empty, ...spelled };
}

function allScopes(...parts: readonly (string | undefined)[]): string {
  return [...new Set(parts.flatMap((part) => (part ?? '').split(' ')).filter((scope) => scope !== ''))].join(' ');
}

function withoutUndefined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
