import type { Config } from '../config/read-config.ts';
import { defined } from '../foundation/defined.ts';
import type { Running } from '../start.ts';
import { demoClientFile } from './demo-client.ts';
import { settingsAsGiven } from './settings-as-given.ts';

/** The words that make `demo` find the first tenant, where it is not the usual one. */
function demoTenant({ sandbox, tenants }: Config): string {
  return sandbox?.vendor === undefined ? '' : ` --tenant ${tenants[0]?.id}`;
}

/** The same for programs, on one line. */
export function announceAsJson(running: Running, out: { write(text: string): unknown }): void {
  const { url, sandboxUrl, problems } = running;
  out.write(`${JSON.stringify({ url, ...defined({ sandboxUrl }), problems })}\n`);
}

/** Says in plain words what runs where, and what to do next. */
export function announce(config: Config, running: Running, out: { write(text: string): unknown }): void {
  const lines = [
    '',
    `  Intersession is ready at ${running.url}`,
    `    record       ${config.databaseUrl === undefined ? `embedded, in ${config.dataDir} (production: set DATABASE_URL)` : 'PostgreSQL (DATABASE_URL)'}`,
    `    API          ${running.url}/openapi.json   (describes what there is under /api/v1)`,
    ...config.tenants.map(({ id }) => `    FHIR         ${running.url}/fhir/${id}/metadata`),
  ];
  if (running.sandboxUrl !== undefined) {
    lines.push(
      `    sandbox EHR  ${running.sandboxUrl}   (open a patient's chart here)`,
      `    its client   ${demoClientFile(config.dataDir)}   (client id and key of a ready homework product)`,
      '',
      `  In a second terminal:  ${settingsAsGiven(config)}npx --no-install intersession demo${demoTenant(config)}`,
      `  then look at           ${running.sandboxUrl}/chart/sarah`,
    );
  }
  for (const problem of running.problems) lines.push('', `  Note: ${problem}`);
  out.write(`${lines.join('\n')}\n\n`);
}
