import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'fhir-kit-client';
import { z } from 'zod';
import type { Config } from '../../config/read-config.ts';
import type { Tenant } from '../../config/tenant-schema.ts';
import { readClientFile } from '../../start/demo-client.ts';
import { askEhr } from '../ask-ehr.ts';
import { clientAuthorization } from '../backend-client.ts';
import { Unreachable } from '../call-server.ts';
import { UsageError } from '../usage-error.ts';

const configurationSchema = z.object({ token_endpoint: z.url() });

/** What reads one resource of the EHR: `Task/17`; undefined when it answers with an error. @throws Unreachable */
export type EhrReader = (reference: string) => Promise<unknown>;

/**
 * A reader of the tenant's EHR that is not our service: a FHIR client of somebody else's (fhir-kit-client), with credentials of
 * its own and read scopes only. What it finds there does not rest on our own gateway.
 */
export async function ehrReader(config: Config, tenant: Tenant, readerFile?: string): Promise<EhrReader> {
  const { fhirBase: baseUrl } = tenant;
  const authorization = tenant.auth === 'none' ? undefined : await readerAuthorization(config, tenant, readerFile);
  const client = new Client({ baseUrl });
  return async (reference) => {
    const [resourceType = '', id = ''] = reference.split('/');
    const headers = (await authorization?.()) ?? {};
    try {
      // a redirect could carry the token to another host
      return await client.read({ resourceType, id, options: { headers, redirect: 'manual' } });
    } catch (error) {
      if (error instanceof Error && 'response' in error) return undefined;
      throw new Unreachable(`${new URL(baseUrl).origin} does not answer; is it running?`, { cause: error });
    }
  };
}

async function readerAuthorization(config: Config, tenant: Tenant, readerFile: string | undefined) {
  const file = readerFile ?? join(config.dataDir, 'sandbox', 'reader-client.json');
  if (!existsSync(file)) throw new UsageError(`no reader credentials at ${file}: name them with --reader FILE`);
  const { json } = await askEhr(`${tenant.fhirBase}/.well-known/smart-configuration`);
  const { token_endpoint: tokenUrl } = configurationSchema.parse(json);
  return clientAuthorization({ tokenUrl, credentials: readClientFile(file), scope: 'system/*.rs' });
}
