import { defined } from '../../foundation/defined.ts';
import type { Command } from '../command.ts';
import { configForTenant } from '../config-for-tenant.ts';
import { reasonWords } from '../ledger-words.ts';
import { parseOptions } from '../parse-options.ts';
import { serviceClient } from '../service-client.ts';
import { UsageError } from '../usage-error.ts';
import { awaitDelivery } from './await-delivery.ts';
import { ehrReader } from './ehr-client.ts';
import { playSarah } from './play-sarah.ts';
import { type FoundArtefact, readBack } from './read-back.ts';

export const demoCommand: Command = {
  name: 'demo',
  summary: 'play the worked case, Sarah, and show what the EHR then holds',
  help: [
    'usage: intersession demo [--tenant T] [--timeout SECONDS] [--json]',
    '                         [--url URL] [--client FILE] [--reader FILE]',
    '',
    'Plays Sarah’s homework from 1 to 25 March 2026 through the public API of the running service, setting the sandbox',
    'tenant’s clock as it goes and leaving it at the visit, then reads back from the EHR what stands there. Once it has been',
    'played to its end, playing it again changes nothing, the clock neither: it only reads back.',
    '',
    '  --tenant T    sandbox (default), sandbox-notes, or sandbox-VENDOR',
    '  --timeout S   how long to wait until everything has come to rest (120)',
    '  --url URL     the service (default: PUBLIC_URL or HOST and PORT)',
    '  --client F    credentials for the API, {clientId, jwk} (default: the sandbox’s ready client)',
    '  --reader F    credentials for reading the EHR (default: the sandbox’s reader)',
    '',
    'Prints {tenant, counts, artefacts}; ends with 1 if anything did not reach the EHR.',
  ].join('\n'),
  async run(argv) {
    const { values } = parseOptions(argv, {
      tenant: { type: 'string', default: 'sandbox' },
      timeout: { type: 'string', default: '120' },
      url: { type: 'string' },
      client: { type: 'string' },
      reader: { type: 'string' },
    });
    const seconds = Number(values.timeout);
    if (!(seconds > 0)) throw new UsageError('--timeout must be a number of seconds');
    const config = configForTenant(process.env, values.tenant);
    const tenant = config.tenants.find(({ id }) => id === values.tenant);
    if (tenant === undefined) {
      const known = config.tenants.map(({ id }) => id).join(', ');
      throw new UsageError(`--tenant: there is no tenant "${values.tenant}"; there are ${known}`);
    }
    const api = serviceClient(config, {
      tenant: tenant.id,
      ...defined({ clientFile: values.client, url: values.url }),
    });
    const say = values.json ? () => {} : (line: string) => console.log(line);
    const { planId } = await playSarah(api, tenant.id, say);
    const rows = await awaitDelivery(api, planId, seconds * 1000);
    const { counts, artefacts, missing } = await readBack(await ehrReader(config, tenant, values.reader), rows);
    if (values.json) console.log(JSON.stringify({ tenant: tenant.id, counts, artefacts }, null, 2));
    else printTable(tenant.id, counts, artefacts);
    const stuck = rows.filter(({ state }) => state !== 'landed');
    for (const row of stuck) {
      const why = reasonWords(row);
      console.error(`${row.artefact} ${row.id}: ${row.state}${why === '' ? '' : ` – ${why}`}`);
    }
    for (const reference of missing) console.error(`${reference}: the EHR does not have it`);
    return stuck.length === 0 && missing.length === 0 ? 0 : 1;
  },
};

function printTable(tenant: string, counts: Record<string, number>, artefacts: readonly FoundArtefact[]): void {
  console.log(`\nRead back from the EHR of tenant "${tenant}":`);
  for (const [type, count] of Object.entries(counts).sort()) console.log(`  ${type.padEnd(22)} ${count}`);
  console.log('\nEach artefact, and where it stands:');
  const groups = Map.groupBy(
    artefacts,
    (foundArtefact) => `${foundArtefact.artefact}|${foundArtefact.landing}|${foundArtefact.status}`,
  );
  for (const [key, list] of groups) {
    const [artefact = '', landing = '', status = ''] = key.split('|');
    const references = [...new Set(list.map((foundArtefact) => foundArtefact.reference ?? '–'))];
    const shown =
      references.length > 3 ? `${references.slice(0, 3).join(', ')} … (${references.length})` : references.join(', ');
    console.log(
      `  ${String(list.length).padStart(3)} × ${artefact.padEnd(11)} ${landing.padEnd(12)} ${status.padEnd(13)} ${shown}`,
    );
  }
}
