import { z } from 'zod';
import { type ReasonCode, type ReasonTable, type RowReason, readReason } from '../homework/ledger/row-reason.ts';

/** Why a ledger row stands as it does, in the few words that a line of the terminal has room for. In English. */
const words = {
  report: () => 'for the next between-session report',
  person: () => "for a person's token: a clinician who opens this patient",
  encounter: ({ rule }) => (rule === 'latest-open' ? 'for an open encounter' : 'for the next encounter to be opened'),
  'encounter-choice': () => 'for a clinician to choose its encounter',
  'encounter-access': () => 'for an encounter, which the service may not read here',
  plan: ({ missing }) => first(missing),
  referenced: ({ missing }) => first(missing),
  group: () => 'for what is sent with it',
  patient: ({ standing, survivorId }) =>
    standing === 'merged'
      ? `merged into ${survivorId === undefined ? 'another patient' : `Patient/${survivorId}`}: to be confirmed (ledger merge)`
      : standing === 'gone'
        ? 'the EHR has this patient no more: to be confirmed (ledger merge)'
        : 'the EHR holds this patient as inactive',
  final: () => 'until it is final',
  review: () => "for the end of the EHR's review",
  ehr: ({ status, contentType }) => `for the EHR: HTTP ${status} ${contentType ?? 'without a type'} was not its answer`,
  unclear: () => 'sent without a clear answer; it is looked for',
  'told-again': () => 'told again from the record; it is looked for before it is sent',
  'under-way': ({ until }) => `sent without a clear answer; it may still come until ${until}`,
  lost: ({ place }) => `made${place === null ? '' : ` as ${place}`}, and not found; confirm it, or retry --not-there`,
  several: ({ type, ids }) =>
    `there more than once, as ${ids.map((id) => `${type}/${id}`).join(', ')}; confirm one of them`,
  unnamed: () => 'there, under no id that the EHR says; confirm it, or retry --not-there',
  unsearchable: ({ type }) => `no search for ${type} can tell; confirm it, or retry --not-there`,
  foreign: ({ place }) => `${place} is not said to be about this patient; confirm it, or retry --not-there`,
  'place-taken': ({ place, by }) =>
    `${place} is ${by === 'other-patient' ? "another patient's, as far as it says" : 'something else of ours'}; confirm it, or retry --not-there`,
  refused: () => 'refused by the EHR; ledger show has its words',
  'refused-in-review': () => 'refused in review; ledger show has its words',
  'unknown-patient': () => 'the EHR has no patient with this id',
  'no-resource': () => 'the record holds no resource for it',
  'no-update': ({ type, place, version }) =>
    `the EHR takes no update of ${type}; ${place ?? `version ${version}`} stands there`,
  // the landing table's own words say why
  'app-only': () => undefined,
  'other-channels': ({ channels }) => `goes by ${channels.join(', ')}`,
  'no-row': () => 'stays in the app: no row is built for its code',
  'told-in-report': () => 'told in the between-session report',
  'stands-there': ({ version }) => `version ${version} stands in the EHR; correct it there`,
  'never-sent': () => 'withdrawn before it was sent',
  'not-held': () => 'withdrawn; the EHR does not hold it',
  'withdrawn-lost': () => 'withdrawn; made there, and not found: should it show, correct it there',
  contradicted: ({ type, interaction, status }) =>
    `${type} ${interaction} was answered ${status}; it goes on otherwise`,
} satisfies ReasonTable<string | undefined>;

const coded = z.looseObject({ code: z.string() }).nullish();

/** What of a ledger row the service answers with the codes. */
export const reasonSchema = { reason: z.string().nullish(), waitingFor: coded, because: coded };

/** Why a row stands so: by its code, else as the service says it, an older or a newer one than this, too. */
export function reasonWords(row: z.output<z.ZodObject<typeof reasonSchema>>): string {
  const why = row.waitingFor ?? row.because ?? undefined;
  // what stands beside a code is the service's to check
  const own = why === undefined ? undefined : readReason<string | undefined, ReasonCode>(words, why as RowReason);
  return own ?? row.reason ?? '';
}

function first(missing: readonly { readonly artefact: string; readonly state: string }[]): string {
  return `until ${missing.map(({ artefact, state }) => `its ${artefact} (${state})`).join(', ')} stands there`;
}
