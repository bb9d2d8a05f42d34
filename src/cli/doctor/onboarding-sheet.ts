import type { LandingRow } from '../../landing/landing-row.ts';
import { leastScopes } from '../../landing/least-scopes.ts';
import type { DoctorSource } from './doctor-source.ts';
import { groupRows } from './group-rows.ts';
import { measureRows } from './measure-rows.ts';

/**
 * An onboarding sheet for a hospital's integration team, in Markdown: what to register, which scopes to ask for, what
 * to build, what lands where, what people must carry, and what was only assumed.
 */
export function onboardingSheet(source: DoctorSource): string {
  const { tenant, vendor, table } = source;
  const title = tenant === undefined ? vendor.title : `${tenant.name} (${vendor.title})`;
  return [
    `# Connecting Intersession: ${title}`,
    'What to register, to grant and to build, and what will then stand in the chart. Made by `intersession doctor --sheet`' +
      ' from what the EHR states of itself; make it anew when the EHR, its scopes or the settings change.',
    register(source),
    scopes(source, table),
    build(source, table),
    landingSection(table),
    people(source, table),
    assumptions(source, table),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function register({ tenant, publicUrl, signIn }: DoctorSource): string {
  const base = publicUrl ?? 'PUBLIC_URL';
  const proof = {
    public: 'public client, PKCE S256',
    secret: 'client_secret_basic, PKCE S256',
    key: 'private_key_jwt (ES384, keys as below), PKCE S256',
  };
  return [
    '## 1. Register two clients',
    markdownTable(
      ['', 'the app that people open', 'the service itself'],
      [
        ['kind', 'SMART app, EHR launch and standalone launch', 'SMART backend service'],
        ['client id', tenant?.clientId ?? 'to be given to us', tenant?.systemClientId ?? 'to be given to us'],
        ['proves itself by', proof[tenant?.appAuth ?? 'public'], 'private_key_jwt, ES384'],
        ['launch URL', `${base}/launch`, '–'],
        ['redirect URI', `${base}/callback`, '–'],
        ['JWKS URL', `${base}/.well-known/jwks.json`, `${base}/.well-known/jwks.json`],
      ],
    ),
    ...(publicUrl === undefined
      ? ['`PUBLIC_URL` is the address at which the service is reached; it has to be https for anything but a trial.']
      : []),
    ...signInSection(signIn),
  ].join('\n\n');
}

/** Who cannot sign in yet, or not surely, and what to ask for. */
function signInSection(verdicts: DoctorSource['signIn']): string[] {
  const open = verdicts.filter(({ can }) => can !== 'yes');
  if (open.length === 0) return [];
  const asks = [...new Set(open.flatMap(({ ask }) => ask))];
  return [
    'Before the first launch: what its SMART configuration says of who can sign in.',
    markdownTable(
      ['who', 'can sign in', 'because'],
      open.map(({ who, can, because }) => [who, can, because.join('; ')]),
    ),
    asks.map((ask) => `- ${ask}`).join('\n'),
  ];
}

function scopes({ capabilities, vendor, tenant }: DoctorSource, table: readonly LandingRow[]): string {
  const least = leastScopes(table, { capabilities, vendor, roster: tenant?.roster });
  const identity = 'launch openid fhirUser online_access';
  const wished =
    least.wished.length === 0
      ? []
      : [
          'Better, if the site grants it to a system: these too for the service itself. What section 4 marks `delegated` then' +
            ' need not wait for a person.',
          fenced(least.wished.join('\n')),
        ];
  return [
    '## 2. Scopes to ask for',
    'No more than this. Writing is for what section 4 says; reading is for the patient, and to find again what was sent' +
      ' when an answer got lost.',
    'For the service itself (`systemScopes`):',
    fenced(least.system.join('\n')),
    'For people who sign in (`appScopes`; the first line is asked for always):',
    fenced([identity, ...least.people].join('\n')),
    ...wished,
  ].join('\n\n');
}

function build({ vendor, site }: DoctorSource, table: readonly LandingRow[]): string {
  const steps: string[] = [];
  if (vendor.observationRowsOnly) {
    const rows = measureRows().map(({ code, display, definition }) => {
      const row = site.observationRows?.[code];
      return [`\`${code}\``, display, definition, row === undefined ? 'to be built' : `\`${row.system}|${row.code}\``];
    });
    steps.push(
      'Flowsheet rows, numeric, patient-entered, one for each code of ours that is to stand in the chart as an' +
        ' Observation. Name each in the tenant\'s `observationRows`: `{"suds-peak": {"system": "…", "code": "…"}}`.' +
        ' A code without a row is told in the report. Once rows are named, make this sheet anew: the scopes for them come with it.\n\n' +
        markdownTable(['our code', 'name', 'meaning', 'row'], rows),
    );
  }
  if (vendor.needsEncounter.length > 0) {
    const rule =
      site.encounterRule === undefined
        ? 'Choose `encounterRule`: `latest-open`, `next-opened`, or `ask` (a person chooses).'
        : `The rule of this tenant is \`${site.encounterRule}\`.`;
    steps.push(`An encounter for ${vendor.needsEncounter.join(' and ')}: each must name one that exists. ${rule}`);
  }
  const safety = table.find(({ artefact }) => artefact === 'safety');
  const route = site.safetyRoute;
  if (route !== undefined) {
    steps.push(`Whom people call about a safety signal: ${[route.name, route.phone].filter(Boolean).join(', ')}.`);
  } else if (safety?.landing === 'app-only') {
    steps.push(
      'A `safetyRoute`: whom people call about a safety signal. Without it no new plan is taken, as no channel into this chart is open.',
    );
  } else {
    steps.push(
      'Better also a `safetyRoute`: whom people call about a safety signal while the chart cannot be reached.',
    );
  }
  return ['## 3. What to build and to decide', ...steps.map((step) => `- ${step.replaceAll(/\n(?=.)/g, '\n  ')}`)].join(
    '\n\n',
  );
}

function landingSection(table: readonly LandingRow[]): string {
  const groups = groupRows(table);
  const reasons = groups.map(({ artefacts, row }) => {
    const improve = row.toImprove === null ? '' : ` *To improve:* ${row.toImprove}`;
    return `- **${artefacts.join(', ')}** – ${row.reason}${improve}`;
  });
  return [
    '## 4. What lands where',
    markdownTable(
      ['artefact', 'landing', 'by whose token'],
      groups.map(({ artefacts, row }) => [artefacts.join(', '), row.landing, row.identity]),
    ),
    reasons.join('\n'),
    'The whole graph (CarePlan, Task, QuestionnaireResponse, Observation) always stands at our own FHIR endpoint.',
  ].join('\n\n');
}

function people({ site }: DoctorSource, table: readonly LandingRow[]): string {
  const of = (test: (row: LandingRow) => boolean) => table.filter(test).map(({ artefact }) => artefact);
  const delegated = of(({ identity }) => identity === 'delegated');
  const inApp = of(({ landing }) => landing === 'app-only');
  const route = site.safetyRoute;
  const lines = [
    ...(delegated.length === 0
      ? []
      : [
          `- A clinician opens the app from the patient's chart, so that their token carries: ${delegated.join(', ')}.` +
            ' The app and the ledger say what waits, and since when.',
        ]),
    ...(inApp.length === 0
      ? []
      : [`- Nothing in the chart tells of: ${inApp.join(', ')}. Whoever needs it opens the app.`]),
    ...(inApp.includes('safety')
      ? [
          `- A safety signal is carried by people: ${route === undefined ? 'nobody is named yet' : [route.name, route.phone].filter(Boolean).join(', ')}.`,
        ]
      : []),
    '- A note stays preliminary until a clinician has previewed and signed it in the app.',
  ];
  return ['## 5. What people must carry', lines.join('\n')].join('\n\n');
}

function assumptions({ scopesAre }: DoctorSource, table: readonly LandingRow[]): string {
  const assumed = [...new Set(table.flatMap(({ assumption }) => assumption ?? []))];
  if (assumed.length === 0) return '';
  const lines = assumed.map((text) => `- ${text.charAt(0).toUpperCase()}${text.slice(1)}`);
  return ['## 6. To be confirmed', `Scopes: ${scopesAre}.`, lines.join('\n')].join('\n\n');
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

function fenced(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}
