import { z } from 'zod';
import type { Config } from '../config/read-config.ts';
import { defined } from '../foundation/defined.ts';
import { artefacts } from '../homework/artefact.ts';
import { ledgerStates } from '../homework/ledger/ledger-state.ts';
import type { Command } from './command.ts';
import { configForTenant } from './config-for-tenant.ts';
import { checkLedger } from './ledger-check.ts';
import { checkMerge, confirmMerge, listMerges } from './ledger-merges.ts';
import { checkOptions } from './ledger-options.ts';
import { rebuildLedgerOf } from './ledger-rebuild.ts';
import { sayRow, stateNow } from './ledger-show.ts';
import { reasonSchema, reasonWords } from './ledger-words.ts';
import { operatorHelp } from './open-operator.ts';
import { parseOptions } from './parse-options.ts';
import { serviceClient } from './service-client.ts';
import { UsageError } from './usage-error.ts';

const rowSchema = z.looseObject({
  artefact: z.string(),
  id: z.string(),
  state: z.string(),
  landing: z.string().nullish(),
  ehrReference: z.string().nullish(),
  ...reasonSchema,
});
const pageSchema = z.object({ rows: z.array(rowSchema), next: z.string().nullish() });
const decisions = ['retry', 'confirm', 'withdraw'];
const verbs = ['list', 'show', ...decisions, 'check', 'rebuild', 'merges', 'merge'];

export const ledgerCommand: Command = {
  name: 'ledger',
  summary: 'where things stand in an EHR, and a person’s decisions about them',
  help: [
    'usage: intersession ledger list     [--state S] [--plan ID] [--tenant T] [--json]',
    '       intersession ledger show     ARTEFACT ID [--tenant T] [--json]',
    '       intersession ledger retry    ARTEFACT ID [--not-there] [--reason TEXT] [--tenant T] [--json]',
    '       intersession ledger confirm  ARTEFACT ID --reference Type/id [--reason TEXT] [--tenant T] [--json]',
    '       intersession ledger withdraw ARTEFACT ID --reason TEXT [--tenant T] [--json]',
    '       intersession ledger check    [--repair] [--reason TEXT] [--by Practitioner/ID] [--tenant T] [--json]',
    '       intersession ledger rebuild  [--tenant T] [--json]',
    '       intersession ledger merges   [--tenant T] [--json]',
    '       intersession ledger merge    PATIENT --into SURVIVOR --by Practitioner/ID --reason TEXT [--tenant T] [--json]',
    '',
    'All but rebuild ask the running service, as a client of it (--url, --client).',
    '',
    'rebuild is the operator’s: it makes the projection and the ledger anew from the record. Rows that stand stay as they are; a',
    'lost one comes back as unknown, and is looked for in the EHR before it is sent. It asks no service:',
    ...operatorHelp,
    '',
    `  ARTEFACT       ${artefacts.join(', ')}`,
    '  --tenant T     default: sandbox',
    `  --state S      ${ledgerStates.join(', ')}`,
    '  --not-there    of one that is unknown: you have looked in the EHR and it is not there; it is sent anew unless it is found',
    '  --reason TEXT  kept with the attempts, as evidence',
    '  --repair       of what differs: what is missing is sent again, what was altered is written over; what stands under another',
    '                 patient, or is something else, counts as landed no more, and you say where it stands (confirm, retry',
    '                 --not-there). Nothing is deleted, and what was signed, filed twice or marked as a mistake there is left to',
    '                 you. Check again afterwards.',
    '  --into ID      who PATIENT is now; the EHR itself must say so',
    '  --by REF       the person who says so',
    '  --url URL      the service (default: PUBLIC_URL or HOST and PORT)',
    '  --client FILE  credentials {clientId, jwk} (default: the sandbox’s ready client)',
  ].join('\n'),
  async run(argv) {
    const { values, positionals } = parseOptions(
      argv,
      {
        tenant: { type: 'string', default: 'sandbox' },
        state: { type: 'string' },
        plan: { type: 'string' },
        reference: { type: 'string' },
        into: { type: 'string' },
        by: { type: 'string' },
        reason: { type: 'string' },
        'not-there': { type: 'boolean' },
        repair: { type: 'boolean' },
        url: { type: 'string' },
        client: { type: 'string' },
      },
      true,
    );
    const [verb, artefact, id, ...more] = positionals;
    const unexpected =
      verb === 'list' || verb === 'merges' || verb === 'check' || verb === 'rebuild'
        ? artefact
        : verb === 'merge'
          ? id
          : more[0];
    if (unexpected !== undefined) throw new UsageError(`unexpected "${unexpected}"`);
    if (verb !== undefined && verbs.includes(verb)) checkOptions(verb, values);
    if (verb === 'rebuild') return rebuildLedgerOf(values.tenant, values.json === true);
    const merging = verb === 'merges' || verb === 'merge';
    if (verb === 'merge') checkMerge({ patient: artefact, ...values });
    if (verb !== 'list' && verb !== 'check' && !merging) {
      checkWords({ verb, artefact, id, reference: values.reference, reason: values.reason });
    }
    const config = configForTenant(process.env, values.tenant);
    checkPlace({ config, state: values.state, url: values.url, tenant: values.tenant });
    const api = serviceClient(config, {
      tenant: values.tenant,
      ...defined({ clientFile: values.client, url: values.url }),
    });
    if (verb === 'list') {
      const rows: z.output<typeof rowSchema>[] = [];
      const query = new URLSearchParams({ limit: '200' });
      if (values.state !== undefined) query.set('state', values.state);
      if (values.plan !== undefined) query.set('planId', values.plan);
      let path: string | undefined = `/api/v1/ledger?${query}`;
      while (path !== undefined) {
        const page: z.output<typeof pageSchema> = pageSchema.parse((await api.request('GET', path)).body);
        rows.push(...page.rows);
        path = page.next ?? undefined;
      }
      if (values.json) console.log(JSON.stringify(rows, null, 2));
      else if (rows.length === 0) console.log('Nothing stands in the ledger with these conditions.');
      else {
        for (const row of rows) {
          const where = row.ehrReference ?? reasonWords(row);
          console.log(
            `${row.state.padEnd(15)} ${(row.landing ?? '–').padEnd(12)} ${row.artefact.padEnd(11)} ${row.id}  ${where}`,
          );
        }
      }
      return 0;
    }
    if (verb === 'check') return checkLedger(api, values);
    if (verb === 'merges') return listMerges(api, values.json === true);
    if (verb === 'merge') return confirmMerge(api, { patient: artefact, ...values });
    const path = `/api/v1/ledger/${encodeURIComponent(artefact ?? '')}/${encodeURIComponent(id ?? '')}`;
    if (verb === 'show') {
      const { body } = await api.request('GET', path);
      console.log(values.json ? JSON.stringify(body, null, 2) : sayRow(body).join('\n'));
      return 0;
    }
    const { body } = await api.request('POST', `${path}/${verb}`, {
      ...defined({ reference: values.reference, reason: values.reason }),
      ...(values['not-there'] === true ? { notThere: true } : {}),
    });
    console.log(values.json ? JSON.stringify(body) : `${verb}: ${artefact} ${id}${stateNow(body)}`);
    return 0;
  },
};

/** A state or a tenant that there is not; the tenants of a service elsewhere (`--url`) are not known here. */
function checkPlace(given: {
  config: Config;
  state: string | undefined;
  url: string | undefined;
  tenant: string;
}): void {
  const { config, state, url, tenant } = given;
  if (state !== undefined && !ledgerStates.some((known) => known === state))
    throw new UsageError(`--state: there is no state "${state}"; there are ${ledgerStates.join(', ')}`);
  if (url !== undefined || config.tenants.some(({ id }) => id === tenant)) return;
  const known = config.tenants.map(({ id }) => id).join(', ');
  throw new UsageError(`there is no tenant "${tenant}"; there are ${known}`);
}

/** What is wrong with the words is said before anything else is looked at. */
function checkWords(
  given: Partial<Record<'verb' | 'artefact' | 'id' | 'reference' | 'reason', string | undefined>>,
): void {
  const { verb, artefact, id, reference, reason } = given;
  if (verb === undefined)
    throw new UsageError('say what to do: list, show, retry, confirm, withdraw, check, rebuild, merges or merge');
  if (!verbs.includes(verb)) throw new UsageError(`there is no "ledger ${verb}"; there are ${verbs.join(', ')}`);
  if (artefact === undefined || id === undefined) throw new UsageError('name an ARTEFACT and its ID');
  if (!artefacts.some((known) => known === artefact))
    throw new UsageError(`there is no artefact "${artefact}"; there are ${artefacts.join(', ')}`);
  if (verb === 'confirm' && reference === undefined) throw new UsageError('confirm needs --reference Type/id');
  if (verb === 'withdraw' && reason === undefined) throw new UsageError('withdraw needs --reason');
}
