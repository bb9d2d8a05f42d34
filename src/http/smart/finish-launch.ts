import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { SessionView } from '../../contract/app/session.ts';
import { defined } from '../../foundation/defined.ts';
import { openAppSession } from '../../record/session/app-session.ts';
import { parseWith } from '../api/parse-with.ts';
import type { AppOptions, SmartOptions } from '../app-options.ts';
import { thrownAndLogged } from './log-refusal.ts';
import { type Person, signIn } from './sign-in.ts';

const common = {
  state: z.string().min(1).max(500),
  tabSecret: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 32 bytes as base64url'),
  iss: z.string().max(2_000).exactOptional(),
};
/** A code, or the refusal in OAuth's words. */
const granted = z.strictObject({ ...common, code: z.string().min(1).max(8_000) });
const refused = z.strictObject({ ...common, error: z.string().min(1).max(200) });

/**
 * `POST /smart/callback`: ends the sign-in and opens an app session for the tab that began it. The EHR's tokens stay
 * here, encrypted; the tab gets a token of ours. A refusal of the EHR comes here too, so that it stands in the log.
 * @throws `invalid-request`, and what `signIn` throws
 */
export function finishLaunch(options: AppOptions, smart: SmartOptions): RequestHandler {
  const store = { ...options.record, sessionKey: smart.sessionKey };
  return async (request, response) => {
    const body: unknown = request.body;
    const returned =
      typeof body === 'object' && body !== null && 'error' in body
        ? parseWith(refused, body, 'body')
        : parseWith(granted, body, 'body');
    const person = await signIn(options, smart, returned).catch(thrownAndLogged(options.logger));
    const { tenant, role, userReference, signedIn, patient, sealed } = person;
    const { token, launchId, expiresAt } = await openAppSession(store, {
      tenantId: tenant.id,
      ...{ role, userReference, sealed, canWrite: signedIn.canWrite },
      ...(patient === undefined ? {} : { patientId: patient.id }),
      ...(patient === undefined || signedIn.encounter === undefined ? {} : { encounter: signedIn.encounter }),
    });
    options.signedIn?.({ tenantId: tenant.id, patientId: patient?.id, role, scope: sealed.tokens.scope });
    const now = (await options.record.clockOf(tenant.id)).now().toISOString();
    const opened: SessionView = { session: token, launchId, expiresAt, ...sessionView(person, now) };
    response.set('Cache-Control', 'no-store').json(opened);
  };
}

/** What a page shows of a session; nothing of it opens anything. */
function sessionView(
  { tenant, role, userReference, signedIn, patient, sealed }: Person,
  now: string,
): Omit<SessionView, 'session' | 'launchId' | 'expiresAt'> {
  const { id, name, timeZone, language, sandbox, weekBegins, crisisLine } = tenant;
  const { intent, needPatientBanner, styleUrl, canWrite } = signedIn;
  return {
    // no number is ever made up: the app says "your local emergency number" where there is none
    tenant: { id, name, timeZone, language, sandbox, now, ...defined({ weekBegins, crisisLine }) },
    user: { reference: userReference, name: sealed.userName },
    role,
    ...defined({ patient, intent }),
    needPatientBanner: patient !== undefined && needPatientBanner,
    ...defined({ styleUrl }),
    canWrite,
  };
}
