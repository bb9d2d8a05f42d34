import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config, Tenant } from '../../config.ts';
import { readClientFile } from '../../start/demo-client.ts';
import { type BackendClient, backendClient } from '../backend-client.ts';
import { callServer } from '../call-server.ts';
import { UsageError } from '../usage-error.ts';

const configurationSchema = z.object({ token_endpoint: z.url() });

/** A reader of the tenant's EHR that is not our service: its own client, read scopes only. */
export async function ehrClient(config: Config, tenant: Tenant, readerFile?: string): Promise<BackendClient> {
  if (tenant.auth === 'none') return backendClient({ base: tenant.fhirBase, accept: 'application/fhir+json' });
  const file = readerFile ?? join(config.dataDir, 'sandbox', 'reader-client.json');
  if (!existsSync(file)) throw new UsageError(`no reader credentials at ${file}: name them with --reader FILE`);
  const response = await callServer(`${tenant.fhirBase}/.well-known/smart-configuration`);
  const { token_endpoint: tokenUrl } = configurationSchema.parse(await response.json());
  return backendClient({
    base: tenant.fhirBase,
    tokenUrl,
    credentials: readClientFile(file),
    scope: 'system/*.rs',
    accept: 'application/fhir+json',
  });
}
