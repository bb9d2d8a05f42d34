import { z } from 'zod';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { localReference } from './local-reference.ts';
import { postAuthenticated, type TokenRequest } from './request-token.ts';
import type { SmartTenant } from './smart-tenant.ts';

/** `null` and an empty text mean absent, as in a token response. */
const said = z.preprocess((value) => (value === null || value === '' ? undefined : value), z.string().optional());
const answerShape = z.object({
  active: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
  sub: said,
  fhirUser: said,
});

/**
 * Asks the authorization server whose access token this is, where it offers that, and refuses when it is not the person
 * of the id_token. `at_hash` ties the two by what the id_token says; this ties them by what the server knows, and holds
 * for servers that send no `at_hash`. A server that does not answer us decides nothing.
 * @throws `foreign-user`; `id-token-invalid` when the access token is not active
 * @see https://hl7.org/fhir/smart-app-launch/token-introspection.html
 */
export async function introspectToken(
  request: Omit<TokenRequest, 'parameters'> & { readonly tenant: SmartTenant },
  { accessToken, subject, fhirUser }: { accessToken: string; subject: string; fhirUser: string | undefined },
): Promise<void> {
  const { tenant } = request;
  const parameters = { token: accessToken, token_type_hint: 'access_token' };
  const answer = await postAuthenticated({ ...request, parameters }).catch(() => undefined);
  const parsed = answer?.status === 200 ? answerShape.safeParse(answer.json) : undefined;
  if (parsed?.success !== true) return;
  if (!parsed.data.active) {
    const problem = 'access token';
    throw new IntersessionError('id-token-invalid', { tenant: tenant.id, problem }, 'The access token is not active.');
  }
  const { sub = subject, fhirUser: user = fhirUser } = parsed.data;
  const samePerson = user === fhirUser || (user !== undefined && sameReference(tenant, user, fhirUser));
  if (sub !== subject || !samePerson) {
    const problem = 'the access token is another user’s';
    throw new IntersessionError(
      'foreign-user',
      { tenant: tenant.id, problem },
      `This sign-in does not hold: ${problem}.`,
    );
  }
}

/** An EHR may spell the user relative here and absolute there. */
function sameReference(tenant: SmartTenant, text: string, other: string | undefined): boolean {
  const reference = localReference(tenant, text);
  return reference !== undefined && other !== undefined && reference === localReference(tenant, other);
}
