import type { Artefact } from '../artefact.ts';
import type { Instant } from '../values.ts';
import type { LedgerState } from './ledger-state.ts';

/** What a ledger row waits for. */
export const waitingCodes = [
  'report',
  'person',
  'encounter',
  'encounter-choice',
  'encounter-access',
  'plan',
  'referenced',
  'group',
  'patient',
  'final',
  'review',
  'ehr',
] as const;
/** Why a ledger row stands as it does that waits for nothing. */
export const outcomeCodes = [
  'unclear',
  'told-again',
  'under-way',
  'lost',
  'several',
  'unnamed',
  'unsearchable',
  'foreign',
  'place-taken',
  'refused',
  'refused-in-review',
  'unknown-patient',
  'no-resource',
  'no-update',
  'app-only',
  'other-channels',
  'no-row',
  'told-in-report',
  'stands-there',
  'never-sent',
  'not-held',
  'withdrawn-lost',
  'contradicted',
] as const;
export type WaitingCode = (typeof waitingCodes)[number];
export type OutcomeCode = (typeof outcomeCodes)[number];
export type ReasonCode = WaitingCode | OutcomeCode;

/** Of a code that says it all. */
type NoDetail = Readonly<Record<never, never>>;

/** Something that has to stand in the EHR first, and how far it is. */
export interface Missing {
  readonly artefact: Artefact;
  readonly state: LedgerState;
}

/** What there is to tell beside what a row waits for. */
interface WaitingDetails {
  /** The next between-session report, which tells it. */
  readonly report: NoDetail;
  /** A person's token: this service's own scopes don't cover it. */
  readonly person: NoDetail;
  /** An encounter, by the tenant's rule. */
  readonly encounter: { readonly rule: 'latest-open' | 'next-opened' };
  /** A clinician who chooses the encounter. */
  readonly 'encounter-choice': NoDetail;
  /** An encounter, where this service may read none. */
  readonly 'encounter-access': NoDetail;
  /** Its plan, its step or its due time. */
  readonly plan: { readonly missing: readonly Missing[] };
  /** Anything else that it refers to. */
  readonly referenced: { readonly missing: readonly Missing[] };
  /** What it refers to in its own landing group. */
  readonly group: NoDetail;
  /** The patient: merged into another, gone, or inactive. */
  readonly patient: {
    readonly standing: 'merged' | 'gone' | 'inactive';
    /** Of a merge, where the EHR names one alone; an id, and for staff only. */
    readonly survivorId?: string;
  };
  /** Its being final: this EHR files nothing preliminary. */
  readonly final: NoDetail;
  /** The end of the EHR's own review (202). */
  readonly review: NoDetail;
  /** The EHR itself: something else answered in its place. */
  readonly ehr: {
    readonly status: number;
    readonly contentType?: string;
    /** Of what answered: only words that gateways and login pages use. */
    readonly words?: string;
    readonly sendsTo?: string;
  };
}

/** What there is to tell beside why a row stands as it does. */
interface OutcomeDetails {
  // unknown: it may stand in the EHR
  /** It was sent without a clear answer. */
  readonly unclear: NoDetail;
  /** The ledger was made anew from the record, and knows nothing of its history: it is looked for before it is sent. */
  readonly 'told-again': NoDetail;
  /** It was sent so, and the EHR may still be at work on it until then. */
  readonly 'under-way': { readonly sentAt: Instant; readonly until: Instant };
  /** The EHR said that it made it, and it is not found. `place`: where it stood. `searchable`: a search can tell. */
  readonly lost: { readonly place: string | null; readonly searchable: boolean };
  /** The EHR holds more than one. */
  readonly several: { readonly type: string; readonly ids: readonly string[] };
  /** The EHR holds it without a usable id. */
  readonly unnamed: NoDetail;
  /** No search here could tell whether the EHR holds it. */
  readonly unsearchable: { readonly type: string };
  /** What stands in its place is about somebody else, or does not say about whom; nothing was written to it. */
  readonly foreign: { readonly place: string; readonly about: 'another-patient' | 'nobody' };
  /** A check found in its place what is not it. */
  readonly 'place-taken': { readonly place: string; readonly by: 'other-patient' | 'other-resource' };

  // rejected: it will never pass as it is
  /** The EHR refused it: its own words stand in the row's last outcome. */
  readonly refused: NoDetail;
  readonly 'refused-in-review': NoDetail;
  readonly 'unknown-patient': NoDetail;
  /** The record holds no resource for it. */
  readonly 'no-resource': NoDetail;
  /** The EHR takes no update of this type. `place` or `version`: what stands there. */
  readonly 'no-update': { readonly type: string; readonly place?: string; readonly version?: number };

  // landed, otherwise than by itself
  /** This EHR has no place for it. */
  readonly 'app-only': NoDetail;
  /** A safety signal goes in by resources of other types. */
  readonly 'other-channels': { readonly type: string; readonly channels: readonly string[] };
  /** The customer built no row for its code. */
  readonly 'no-row': NoDetail;
  readonly 'told-in-report': NoDetail;

  // withdrawn; without a code, the words are the person's
  /** A version of it stands in the EHR already. */
  readonly 'stands-there': { readonly version: number };
  readonly 'never-sent': NoDetail;
  readonly 'not-held': NoDetail;
  /** The EHR said that it made it, and it is not found. */
  readonly 'withdrawn-lost': { readonly place: string | null };

  // pending
  /** The EHR refused what it advertises: it goes on by another landing. */
  readonly contradicted: {
    readonly type: string;
    readonly interaction: 'create' | 'update';
    readonly status: number;
  };
}

type ReasonDetails = WaitingDetails & OutcomeDetails;

/** A code with its detail; of one code, or of any. */
export type ReasonOf<C extends ReasonCode> = { readonly [K in C]: { readonly code: K } & ReasonDetails[K] }[C];
export type WaitingFor = ReasonOf<WaitingCode>;
export type Because = ReasonOf<OutcomeCode>;

/**
 * Why a ledger row stands as it does. Rooms tell each other this; the words for it are made where people read them (app,
 * CLI, API), each by one table of all codes.
 */
export type RowReason = WaitingFor | Because;

const waiting = new Set<ReasonCode>(waitingCodes);

/** Whether it says what the row waits for, rather than why it stands as it does. */
export function isWaitingFor(reason: RowReason): reason is WaitingFor {
  return waiting.has(reason.code);
}

/** Words for every code: a language of one place where people read them. */
export type ReasonTable<T> = { readonly [C in ReasonCode]: (reason: ReasonOf<C>) => T };

/**
 * What a table has for a reason.
 * @returns undefined for a code that the table does not know: a newer version of the service wrote it
 */
export function readReason<T, C extends ReasonCode>(table: ReasonTable<T>, reason: ReasonOf<C>): T | undefined {
  return Object.hasOwn(table, reason.code) ? table[reason.code](reason) : undefined;
}
