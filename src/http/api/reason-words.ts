import { type ReasonTable, type RowReason, readReason } from '../../homework/ledger/row-reason.ts';
import type { Instant } from '../../homework/model.ts';

const unconfirmed = 'nothing is sent until somebody of the integration team has confirmed it';
const mustSay = 'a person has to say where it stands';

/** Why a ledger row stands as it does, for who looks after the connection: clauses, as the API's `reason`. In English. */
const words = {
  report: () => 'goes into the next between-session report',
  person: () =>
    "for a person's token: this service's own scopes don't cover it; it is written when a clinician opens this patient",
  encounter: ({ rule }) =>
    `for ${rule === 'latest-open' ? 'an open encounter' : 'the next encounter to be opened'} of this patient (encounterRule ${rule})`,
  'encounter-choice': () => 'for a clinician to choose its encounter in the app',
  'encounter-access': () => 'for an encounter; this service may not read encounters here',
  plan: ({ missing }) => landFirst(missing),
  referenced: ({ missing }) => landFirst(missing),
  group: () => 'for what it refers to, in the same group',
  patient({ standing, survivorId }) {
    if (standing === 'gone') {
      return 'the EHR had this patient and has them no more; nothing is sent unless it has them again, or somebody of the integration team has confirmed who they are now';
    }
    if (standing === 'inactive') {
      return 'the EHR holds this patient as inactive and does not say why; it goes on when the EHR holds them as active again';
    }
    return survivorId === undefined
      ? `the EHR answers for this patient with another record and does not say with whose alone; ${unconfirmed}`
      : `for a person: the EHR has merged this patient into Patient/${survivorId}; ${unconfirmed}`;
  },
  final: () => 'preliminary: it is filed once it is final',
  review: () => 'the EHR took it for review (202); it is looked up until that ends',
  ehr({ status, contentType, words: said, sendsTo }) {
    const to = sendsTo === undefined ? '' : `, which sends to ${sendsTo}`;
    const quoted = said === undefined ? '' : ` ("${said}")`;
    return `it waits until the EHR answers: HTTP ${status} ${contentType ?? 'without a type'}, not the EHR's answer${to}${quoted}`;
  },
  unclear: () => 'sent without a clear answer; it is looked up before anything else',
  'told-again': () => 'told again from the record; it is looked up before anything is sent',
  'under-way': ({ sentAt, until }) =>
    `sent at ${second(sentAt)} at the latest, without a clear answer, and it may still be under way: it is looked for until ${second(until)}, then once more before it is sent again`,
  lost({ place, searchable }) {
    const again = searchable ? 'it is looked for again, and' : 'and no search here can tell; it is';
    return `${stood(place)}, and it is not found; ${again} not sent again unless a person says that it is not there`;
  },
  several: ({ type, ids }) => `the EHR holds ${ids.length} of this ${type}: ${ids.join(', ')}; ${mustSay}`,
  unnamed: () => `the EHR holds it and does not say under which id; ${mustSay}`,
  unsearchable: ({ type }) => `${type} can be searched here neither by identifier nor by patient; ${mustSay}`,
  foreign({ place, about }) {
    const whose = about === 'another-patient' ? 'is about another patient' : 'does not say which patient it is about';
    return `${place}, where it would stand, ${whose}; nothing was written to it; ${mustSay}`;
  },
  'place-taken'({ place, by }) {
    const what =
      by === 'other-patient'
        ? 'it is not about this patient, as far as it says'
        : 'it bears the identifier or mark of something else of ours';
    return `${place}: ${what}; a person has to say where it stands, or that it is not there`;
  },
  refused: () => 'the EHR refused it as it is; see its words',
  'refused-in-review': () => 'the EHR took it for review and then refused it; see its words',
  'unknown-patient': () => 'the EHR has no patient with this id; nothing was sent',
  'no-resource': () => 'the record holds no resource for this artefact',
  'no-update': ({ type, place, version }) =>
    place === undefined
      ? `the EHR takes no update of ${type}; version ${version} stands there`
      : `an older version stands as ${place} and the EHR takes no update of ${type}`,
  'app-only': () => 'it stays in the app',
  'other-channels': ({ type, channels }) => `this EHR takes no ${type}; the signal goes by ${channels.join(', ')}`,
  'no-row': () => 'no row is built for its code here',
  'told-in-report': () => 'told in the between-session report',
  'stands-there': ({ version }) => `version ${version} already stands in the EHR; correct it there`,
  'never-sent': () => 'withdrawn before it was sent',
  'not-held': () => 'withdrawn; the EHR does not hold it',
  'withdrawn-lost': ({ place }) =>
    `withdrawn; ${stood(place)}, and it is not found: should it show there, correct it there`,
  contradicted: ({ type, interaction, status }) => `${type} ${interaction} is advertised, and was answered ${status}`,
} satisfies ReasonTable<string>;

/** The words for a reason; null: there is none, or none that this version knows. */
export function sayReason(why: RowReason | null): string | null {
  return why === null ? null : (readReason<string, RowReason['code']>(words, why) ?? null);
}

function landFirst(missing: readonly { readonly artefact: string; readonly state: string }[]): string {
  return `for its ${missing.map(({ artefact, state }) => `${artefact} (${state})`).join(', ')} to land first`;
}

function stood(place: string | null): string {
  return place === null ? 'the EHR took it and did not say where' : `it stood as ${place}`;
}

/** An instant to the second. */
function second(at: Instant): string {
  return `${at.slice(0, 19)}Z`;
}
