import type { SignInVerdict } from '../../ehr/smart/judge-sign-in.ts';
import type { LandingRow } from '../../landing/landing-row.ts';
import type { DoctorSource } from './doctor-source.ts';
import { groupRows } from './group-rows.ts';
import { wrapWords } from './wrap-words.ts';

const width = 100;

/** The doctor's answer for people, in lines of at most 100 characters. */
export function printTable(
  answer: {
    readonly fhirVersion: string | null;
    readonly signIn: readonly SignInVerdict[];
    readonly interactions: Readonly<Record<string, readonly string[]>>;
    readonly conditionalCreate: boolean | null;
    readonly system: readonly string[];
    readonly searchByIdentifier: Readonly<Record<string, boolean>>;
    readonly landings: readonly Pick<LandingRow, 'artefact' | 'landing' | 'identity' | 'reason' | 'toImprove'>[];
  },
  { vendor, scopesAre, tenant, capabilities }: Pick<DoctorSource, 'vendor' | 'scopesAre' | 'tenant' | 'capabilities'>,
): string {
  const of = tenant === undefined ? '' : `Tenant:  ${tenant.id} (${tenant.fhirBase})\n`;
  const scopes = wrapWords(scopesAre, { width, indent: '         ' }).trimStart();
  const types = Object.entries(answer.interactions).map(
    ([type, codes]) => `  ${type.padEnd(23)}${codes.length === 0 ? '–' : codes.join(', ')}`,
  );
  const searchable = Object.entries(answer.searchByIdentifier).filter(([, can]) => can);
  const stated = answer.conditionalCreate === null ? 'not stated' : answer.conditionalCreate ? 'yes' : 'no';
  const landings = groupRows(answer.landings).map(({ artefacts, row }) => {
    const head = `  ${`${artefacts.join(', ')}  `.padEnd(36)}${row.landing.padEnd(24)}${row.identity}`.trimEnd();
    const reason = wrapWords(row.reason, { width, indent: '      ' });
    const improve =
      row.toImprove === null ? [] : [wrapWords(`To improve: ${row.toImprove}`, { width, indent: '      ' })];
    return [head, reason, ...improve].join('\n');
  });
  const other = capabilities.otherFhirVersion;
  const version =
    other === undefined ? (answer.fhirVersion ?? 'not stated') : `${other}; what is written is R4: nothing is promised`;
  return [
    `${of}Vendor:  ${vendor.title} (${vendor.vendor})\nFHIR:    ${version}\nScopes:  ${scopes}`,
    ['What it states:', ...types].join('\n'),
    [
      `  conditional create     ${stated}`,
      `  system interactions    ${answer.system.join(', ') || '–'}`,
      `  search by identifier   ${searchable.map(([type]) => type).join(', ') || '–'}`,
    ].join('\n'),
    ...signInLines(answer.signIn),
    'Where each artefact lands, and by whose token:',
    ...landings,
  ].join('\n\n');
}

function signInLines(verdicts: readonly SignInVerdict[]): string[] {
  if (verdicts.length === 0) return [];
  const lines = verdicts.map(({ who, can, because, ask }) =>
    [
      `  ${who.padEnd(28)}${can}`,
      ...because.map((text) =>
        wrapWords(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`, { width, indent: '      ' }),
      ),
      ...ask.map((text) => wrapWords(text, { width, indent: '      → ' }).replaceAll('\n      → ', '\n        ')),
    ].join('\n'),
  );
  return [['Who can sign in, as far as its SMART configuration says:', ...lines].join('\n')];
}
