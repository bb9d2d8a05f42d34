import { vendorNames, vendors } from '../../ehr/vendors/registry.ts';
import { reachesChart } from '../../landing/reaches-chart.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../parse-options.ts';
import { UsageError } from '../usage-error.ts';
import { askTenant, readFiles } from './doctor-source.ts';
import { onboardingSheet } from './onboarding-sheet.ts';
import { printTable } from './print-table.ts';
import { statedFacts } from './stated-facts.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'what an EHR can take, where each artefact will land, and why',
  help: [
    'usage: intersession doctor [--tenant T] [--vendor V] [--scopes S] [--json | --sheet]',
    '       intersession doctor --capability-statement FILE [--smart-configuration FILE] [--vendor V] [--scopes S]',
    '                           [--json | --sheet]',
    '',
    'Reads what an EHR states of itself – live for a tenant, or from files – and prints the landing table: how each',
    'artefact reaches it, by whose token, why, and what would raise it; and who will be able to sign in, and what to ask',
    'the EHR for. Writes nothing and asks for no token. For a tenant whose service runs (or has its database at',
    'DATABASE_URL) the table is the one that it works by: with the scopes that it was granted, and without what the EHR',
    'has refused. What is written is FHIR R4: another version is named, and nothing is promised of it.',
    '',
    '  --tenant T                 one of the configured tenants (default: the first), with its landings,',
    '                             observationRows and safetyRoute',
    '  --capability-statement F   a CapabilityStatement as JSON',
    '  --smart-configuration F    its .well-known/smart-configuration as JSON',
    `  --vendor V                 how this vendor is known to behave: ${vendorNames.join(', ')}`,
    '                             (default: what the tenant says, else generic)',
    '  --scopes S                 the scopes granted, separated by spaces. Without it: for a tenant those that it',
    '                             was granted, else asks for; for files those that the SMART configuration lists, said',
    '                             as an assumption',
    '  --sheet                    an onboarding sheet in Markdown: what to register, which scopes to ask for, what to',
    '                             build in the EHR, what lands where, and what people must carry',
    '',
    'Exit code 1 when a safety signal of the tenant would reach nobody: no channel into the chart is open without a',
    'person, and no safetyRoute.',
  ].join('\n'),
  async run(argv) {
    const { values } = parseOptions(argv, {
      tenant: { type: 'string' },
      'capability-statement': { type: 'string' },
      'smart-configuration': { type: 'string' },
      vendor: { type: 'string' },
      scopes: { type: 'string' },
      sheet: { type: 'boolean', default: false },
    });
    const { tenant, 'capability-statement': statement, 'smart-configuration': smart, scopes } = values;
    if (statement !== undefined && tenant !== undefined) {
      throw new UsageError('--capability-statement: not together with --tenant, whose statement is asked live');
    }
    if (statement === undefined && smart !== undefined) {
      throw new UsageError('--smart-configuration: needs --capability-statement');
    }
    if (values.sheet && values.json) throw new UsageError('--sheet: is Markdown, so not together with --json');
    if (values.vendor !== undefined && !vendors.has(values.vendor)) {
      throw new UsageError(`--vendor: there is no vendor "${values.vendor}"; there are ${vendorNames.join(', ')}`);
    }
    checkScopes(scopes);
    const source =
      statement === undefined
        ? await askTenant({ id: tenant, vendor: values.vendor, scopes })
        : readFiles({ statement, smart, vendor: values.vendor, scopes });
    const { table } = source;
    const landings = table.map(({ artefact, landing, identity, reason, toImprove }) => ({
      ...{ artefact, landing, identity, reason, toImprove },
    }));
    const { fhirVersion, signIn } = source;
    const answer = {
      vendor: source.vendor.vendor,
      fhirVersion,
      ...statedFacts(source.capabilities),
      signIn,
      landings,
    };
    if (values.json) console.log(JSON.stringify(answer, null, 2));
    else if (values.sheet) console.log(onboardingSheet(source));
    else console.log(printTable(answer, source));
    const safety = table.find(({ artefact }) => artefact === 'safety');
    const reachesNobody = safety !== undefined && !reachesChart(safety) && source.site.safetyRoute === undefined;
    if (!reachesNobody || source.tenant === undefined) return 0;
    console.error('A safety signal would reach nobody: name a safetyRoute for this tenant.');
    return 1;
  },
};

/** @throws UsageError naming a word that looks like a scope for resources and is none */
function checkScopes(scopes: string | undefined): void {
  const written = scopes?.split(/\s+/).filter((word) => /^(system|user|patient)\//.test(word)) ?? [];
  const broken = written.find(
    (word) => !/^\w+\/([A-Z]\w*|\*)\.(c?r?u?d?s?|read|write|\*)(\?.+)?$/.test(word) || /\.(\?|$)/.test(word),
  );
  if (broken !== undefined) throw new UsageError(`--scopes: "${broken}" is no SMART scope, such as system/Task.cru`);
}
