import type { IncomingMessage } from 'node:http';
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { Launch, LaunchContext, Launches } from './launches.ts';
import { parseScope } from './scopes.ts';

/** OpenID and launch scopes; everything else that is granted is a scope on resources. */
export const statedScopes = [
  'openid',
  'profile',
  'fhirUser',
  'launch',
  'launch/patient',
  'launch/encounter',
  'online_access',
  'offline_access',
] as const;
const STATED: ReadonlySet<string> = new Set(statedScopes);

/** What was settled about one authorization request: who the user is, what is open, what may be granted. */
export interface Decision {
  /** The launch it came from, used up when the code is issued. */
  launchId?: string;
  context: LaunchContext;
  /** True when the scope may be granted. */
  allows(scope: string): boolean;
}

/** Decisions by the request they settle: made on this server's own pages, or by a launch. */
export type Decisions = WeakMap<IncomingMessage, Decision>;

/**
 * The decision on this authorization request, if there is one yet: a launch from the chart settles it at once (its
 * click was the sign-in), so that neither a page nor a cookie is needed.
 * @throws InvalidRequest for a launch that is unknown, used or too old
 */
export async function decide(ctx: KoaContextWithOIDC, launches: Launches, decisions: Decisions) {
  const made = decisions.get(ctx.req);
  if (made !== undefined) return made;
  const launchId = ctx.oidc.params?.launch;
  if (launchId === undefined) return undefined;
  const launch = await launches.find(String(launchId));
  if (launch === undefined) throw unusable();
  if (launch.consent === 'ask') return undefined;
  const decision = decisionOf(String(launchId), launch);
  decisions.set(ctx.req, decision); // the launch is used up before the last of those who ask
  return decision;
}

/** What a launch settles, before the user takes anything away. */
export function decisionOf(launchId: string, { scopesDenied = [], consent: _asked, ...context }: Launch): Decision {
  return { launchId, context, allows: (scope) => !scopesDenied.includes(scope) };
}

/**
 * Makes the grant that a decision allows, keeps its context, and uses its launch up.
 * @throws InvalidRequest when the launch was used meanwhile
 */
export async function grantLaunch(ctx: KoaContextWithOIDC, decision: Decision, fhirBase: string, launches: Launches) {
  const { client, provider, params } = ctx.oidc;
  const { launchId, context } = decision;
  const asked = String(params?.scope ?? '').split(' ');
  const allowed = asked.filter((scope) => scope !== '' && decision.allows(scope));
  const kept = contextFor(allowed, context);
  const granted = allowed.filter((scope) => isPossible(scope, kept));
  if (granted.length === 0) throw new errors.AccessDenied('nothing was granted');
  if (launchId !== undefined && !launches.use(launchId)) throw unusable();
  const grant = new provider.Grant({ accountId: context.user, clientId: client?.clientId ?? '' });
  for (const scope of granted) {
    if (STATED.has(scope)) grant.addOIDCScope(scope);
    else if (parseScope(scope) !== undefined) grant.addResourceScope(fhirBase, scope);
  }
  await launches.keepContext(await grant.save(), kept);
  return grant;
}

/** The context that the app was allowed to be told. */
function contextFor(scopes: readonly string[], { patient, encounter, fhirContext, ...rest }: LaunchContext) {
  const launch = scopes.includes('launch');
  return {
    ...rest,
    ...(patient !== undefined && (launch || scopes.includes('launch/patient')) ? { patient } : {}),
    ...(encounter !== undefined && (launch || scopes.includes('launch/encounter')) ? { encounter } : {}),
    ...(fhirContext !== undefined && launch ? { fhirContext } : {}),
  };
}

/** Without a patient there is nothing that a patient scope could be confined to. */
function isPossible(scope: string, { patient, encounter }: LaunchContext): boolean {
  if (scope === 'launch/encounter') return encounter !== undefined;
  return patient !== undefined || (scope !== 'launch/patient' && !scope.startsWith('patient/'));
}

function unusable() {
  return new errors.InvalidRequest('the launch is unknown, was used already or is older than five minutes');
}
