import { z } from 'zod';
import { IntersessionError } from '../../homework/errors.ts';
import { postAuthenticated, type TokenRequest } from './request-token.ts';

const answerShape = z.object({ active: z.boolean(), sub: z.string().optional(), fhirUser: z.string().optional() });

/**
 * Asks the authorization server whose access token this is, where it offers that, and refuses when it is not the person
 * of the id_token. `at_hash` ties the two by what the id_token says; this ties them by what the server knows, and holds
 * for servers that send no `at_hash`. A server that does not answer us decides nothing.
 * @throws `foreign-user`; `id-token-invalid` when the access token is not active
 * @see https://hl7.org/fhir/smart-app-launch/token-introspection.html
 */
export async function introspectToken(
  request: Omit<TokenRequest, 'parameters'>,
  { accessToken, subject, fhirUser }: { accessToken: string; subject: string; fhirUser: string | undefined },
): Promise<void> {
  const { tenant } = request;
  const parameters = { token: accessToken, token_type_hint: 'access_token' };
  const answer = await postAuthenticated({ ...request, parameters }).catch(() => undefined);
  const said = answer?.status === 200 ? answerShape.safeParse(answer.json) : undefined;
  if (said?.success !== true) return;
  if (!said.data.active) {
    const problem = 'access token';
    throw new IntersessionError('id-token-invalid', { tenant: tenant.id, problem }, 'The access token is not active.');
  }
  const { sub = subject, fhirUser: user = fhirUser } = said.data;
  if (sub !== subject || user !== fhirUser) {
    const problem = 'the access token is another user’s';
    throw new IntersessionError(
      'foreign-user',
      { tenant: tenant.id, problem },
      `This sign-in does not hold: ${problem}.`,
    );
  }
}
