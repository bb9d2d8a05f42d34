import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type AppRegistration, publishedKeys, type RegisteredClient } from './clients.ts';

const fileSchema = z.object({ clients: z.array(z.object({ clientId: z.string(), clientSecret: z.string() })) });
const CONFIDENTIAL = 'intersession-app-secret';

/**
 * The homework app, registered three times: public, confidential with a secret, confidential with a key. The secret is
 * made at the first start and lies in `app-clients.json` beside the data, readable by its owner only.
 * @see https://hl7.org/fhir/smart-app-launch/app-launch.html#register-app-with-ehr
 */
export function appClients(folder: string, serviceUrl: string): RegisteredClient[] {
  const redirectUri = `${serviceUrl.replace(/\/$/, '')}/callback`;
  const secret = keptSecret(join(folder, 'app-clients.json'), redirectUri);
  const client = (clientId: string, app: Pick<AppRegistration, 'authentication' | 'secret'>): RegisteredClient => ({
    clientId,
    policy: (site) => [...site.grants('patient'), ...site.grants('user')],
    app: { name: 'Intersession', redirectUri, ...app },
    publicKeys: async () => (app.authentication === 'private_key_jwt' ? publishedKeys(serviceUrl) : []),
  });
  return [
    client('intersession-app', { authentication: 'none' }),
    client(CONFIDENTIAL, { authentication: 'client_secret_basic', secret }),
    client('intersession-app-key', { authentication: 'private_key_jwt' }),
  ];
}

function keptSecret(path: string, redirectUri: string): string {
  const kept = existsSync(path) ? fileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).clients : [];
  const clientSecret =
    kept.find(({ clientId }) => clientId === CONFIDENTIAL)?.clientSecret ?? randomBytes(32).toString('base64url');
  const file = { clients: [{ clientId: CONFIDENTIAL, clientSecret, redirectUri }] };
  writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
  return clientSecret;
}
