import { existsSync } from 'node:fs';
import type { Config } from '../config/read-config.ts';
import { demoClientFile, readClientFile } from '../start/demo-client.ts';
import { type BackendClient, backendClient } from './backend-client.ts';
import { UsageError } from './usage-error.ts';

/** A client of the running service's API for one tenant: with `clientFile`, else with the sandbox's ready-made client. */
export function serviceClient(
  config: Config,
  options: { tenant: string; clientFile?: string; url?: string },
): BackendClient {
  const url = (options.url ?? config.publicUrl).replace(/\/+$/, '');
  const file = options.clientFile ?? demoClientFile(config.dataDir);
  if (!existsSync(file)) {
    const hint =
      options.clientFile === undefined ? 'start the service first, or name one with --client FILE' : 'no such file';
    throw new UsageError(`no client credentials at ${file}: ${hint}`);
  }
  return backendClient({
    base: url,
    tokenUrl: `${url}/oauth/${options.tenant}/token`,
    credentials: readClientFile(file),
    scope: 'system/*.cruds',
    accept: 'application/json',
  });
}
