import { randomUUID } from 'node:crypto';
import type { EhrFailure } from '../ehr/failure.ts';
import type { Ehr } from '../ehr/open-ehr.ts';
import { defined } from '../homework/defined.ts';
import type { WaitingFor } from '../homework/ledger/row-reason.ts';
import { isToldInReport } from '../landing/is-told-in-report.ts';
import { BACKOFF_CAP_MS, backoffMs } from './backoff.ts';
import type { Carrier, People } from './carrier.ts';
import { type ClaimedGroup, type ClaimedRow, type RowResult, stillPending, untouchedState } from './claimed-group.ts';
import type { Completion } from './complete-groups.ts';
import { doubtOf } from './doubt.ts';
import { type EncounterChoice, findEncounter } from './find-encounter.ts';
import type { KnownReference } from './load-references.ts';
import { type PlannedWrite, planSending } from './plan-sending.ts';
import { type SentGroup, sendGroup } from './send-group.ts';
import type { SendingContext } from './sending-context.ts';
import type { PatientCheck } from './verify-patient.ts';
import { parseContent } from './wire-text.ts';

/** Nobody looks for the effect of a request whose end we don't know before so long, in milliseconds. */
export const LOOK_AFTER_MS = 2000;

/** A finished attempt; `failure` tells the worker how the EHR is. */
export interface Attempted {
  readonly completion: Completion;
  readonly failure?: EhrFailure | undefined;
  /** Whether the EHR was asked anything. */
  readonly asked: boolean;
}

/**
 * Works on one claimed group: decides, asks how the patient stands, finds who may carry it and the encounter
 * it must name, sends, and draws up the completion.
 * @returns undefined when the lease ran out: then there is nothing to record
 */
export async function attemptGroup(options: {
  readonly ehr: Ehr;
  readonly group: ClaimedGroup;
  readonly references: ReadonlyMap<string, KnownReference>;
  readonly context: SendingContext;
  readonly people: People;
  readonly now: () => Date;
  readonly random: () => number;
  readonly onSent: () => void;
  /** Asks how the patient stands, by a carrier's token where there is one. */
  readonly verifyPatient: (group: ClaimedGroup, carrier: Carrier | undefined) => Promise<PatientCheck>;
}): Promise<Attempted | undefined> {
  const { ehr, group, context } = options;
  const carriers = needsPerson(group, context) ? await options.people.carriersFor(ehr.tenantId, group.patientId) : [];
  const encounter = needsEncounter(group, context) ? await encounterFor(options, carriers[0]) : undefined;
  if (encounter !== undefined && 'unreachable' in encounter) {
    const failure = unread('the encounters could not be read', encounter.failure);
    const rows = group.rows.map((row) => asBefore(group, row, context, failure));
    return { completion: finish(options, rows, failure), failure, asked: true };
  }
  const plan = planSending(group, options.references, context, { carriers, encounter }, randomUUID);
  if (plan.writes.length === 0) return { completion: finish(options, plan.settled), asked: encounter !== undefined };
  const checked = await options.verifyPatient(group, carriers[0]);
  if (checked.check !== 'known') {
    const failure =
      checked.check === 'unreachable' ? unread('the patient could not be checked', checked.failure) : undefined;
    const results = plan.writes.map(({ row, landing }) => heldBack(group, row, landing, checked));
    return { completion: finish(options, [...plan.settled, ...results], failure), failure, asked: true };
  }
  const sent = await sendByIdentity(options, plan.writes);
  if (sent === undefined) return undefined;
  const completion = finish(options, [...plan.settled, ...sent.results], sent.failure, {
    landing: plan.writes[0]?.landing ?? 'native',
    httpStatus: sent.httpStatus,
    disposition: sent.failure?.disposition,
    detail: sent.detail,
  });
  return { completion, failure: sent.failure, asked: true };
}

/** What becomes of a row whose patient's chart is not to be written to, or not now; a doubt about it stays a doubt. */
function heldBack(
  group: ClaimedGroup,
  row: ClaimedRow,
  landing: RowResult['landing'],
  checked: Exclude<PatientCheck, { check: 'known' }>,
): RowResult {
  const state = untouchedState(group, row);
  const doubtAt = doubtOf(group, row, group.startedAt) ?? null;
  if (checked.check === 'unreachable') {
    return { ...stillPending(row, landing), state, why: waitsForEhr(checked.failure), doubtAt, comesBack: true };
  }
  if (checked.check === 'holds') {
    return {
      ...stillPending(row, landing),
      state: state === 'pending' ? 'waiting' : state,
      why: checked.why,
      doubtAt,
      comesBack: true,
    };
  }
  return { ...stillPending(row, landing), state: 'rejected', why: { code: 'unknown-patient' } };
}

/** Sends what the service itself may write, then what each person carries; each knows where the earlier ones stand. */
async function sendByIdentity(
  { ehr, group, context, onSent, now }: Parameters<typeof attemptGroup>[0],
  writes: readonly PlannedWrite[],
): Promise<(Omit<SentGroup, 'known'> & { readonly detail?: string | undefined }) | undefined> {
  const results: RowResult[] = [];
  let known: ReadonlyMap<string, string> = new Map();
  let failure: EhrFailure | undefined;
  let httpStatus: number | undefined;
  for (const [carrier, carried] of byCarrier(writes)) {
    const sent = await sendGroup({
      ehr: carrier === undefined ? ehr : ehr.as(carrier),
      identity: carrier === undefined ? 'system' : 'delegated',
      group,
      writes: carried,
      context,
      known,
      onSent,
      onContradiction: (contradiction) => ehr.contradicted(contradiction),
      leaseHolds: () => now().getTime() < group.leaseUntil.getTime(),
      now,
      settleMs: ehr.settleMs,
    });
    if (sent === undefined) return undefined;
    ({ known } = sent);
    httpStatus = sent.httpStatus ?? httpStatus;
    // a sign-in that is over is no failure of the EHR: what it was to carry waits for the next one
    const over = carrier !== undefined && sent.failure?.disposition === 'refresh-token';
    results.push(...(over ? sent.results.map(waitForPerson) : sent.results));
    if (!over) failure ??= sent.failure;
  }
  const refusal = results.find(({ outcome }) => outcome !== null)?.outcome ?? undefined;
  return { results, failure, httpStatus, detail: failure?.outcome ?? refusal };
}

function byCarrier(writes: readonly PlannedWrite[]): Iterable<[Carrier | undefined, readonly PlannedWrite[]]> {
  if (writes.every(({ carrier }) => carrier === undefined)) return [[undefined, writes]];
  return Map.groupBy(writes, ({ carrier }) => carrier);
}

function waitForPerson(result: RowResult): RowResult {
  if (result.state !== 'pending') return result;
  return { ...result, state: 'waiting', why: { code: 'person' }, comesBack: false };
}

function asBefore(group: ClaimedGroup, row: ClaimedRow, { landings }: SendingContext, failure: EhrFailure): RowResult {
  const landing = landings.get(row.artefact)?.landing ?? 'app-only';
  const doubtAt = doubtOf(group, row, group.startedAt) ?? null;
  const state = untouchedState(group, row);
  return { ...stillPending(row, landing), state, why: waitsForEhr(failure), doubtAt, comesBack: true };
}

/** A read without which nothing is sent, and who answered it where it was not the EHR. */
function unread(what: string, cause: EhrFailure | undefined): EhrFailure {
  if (cause?.stranger === undefined) {
    const { retryAfterMs, late } = cause ?? {};
    const when = retryAfterMs === undefined ? {} : { retryAfterMs };
    return { outcome: what, disposition: 'retry', ...when, ...defined({ late }) };
  }
  return { ...cause, outcome: `${what}: ${cause.outcome}`, disposition: 'retry' };
}

/** What it waits for, where it was not the EHR that answered. */
function waitsForEhr(failure: EhrFailure | undefined): WaitingFor | null {
  return failure?.stranger === undefined ? null : { code: 'ehr', ...failure.stranger };
}

function needsPerson({ rows }: ClaimedGroup, { landings }: SendingContext): boolean {
  return rows.some(({ artefact }) => {
    const by = landings.get(artefact);
    return by?.identity === 'delegated' || by?.doors?.some(({ identity }) => identity === 'delegated') === true;
  });
}

function needsEncounter({ rows }: ClaimedGroup, { landings, traits }: SendingContext): boolean {
  if (traits.needsEncounter.length === 0) return false;
  return rows.some(({ artefact, resourceType, content }) => {
    const landing = landings.get(artefact)?.landing ?? 'app-only';
    const written = landing !== 'app-only' && !isToldInReport(artefact, landing);
    // one that a person chose, or in which it was all about, stands in it already
    return written && traits.needsEncounter.includes(resourceType) && content?.includes('"Encounter/') !== true;
  });
}

async function encounterFor(
  { ehr, group, now }: Parameters<typeof attemptGroup>[0],
  carrier: Carrier | undefined,
): Promise<EncounterChoice> {
  const since = new Date(Math.min(now().getTime(), ...group.rows.map(writtenAt)));
  const access = carrier === undefined ? ehr : ehr.as(carrier);
  return findEncounter(access, ehr.encounterRule, { patientId: group.patientId, since, timeZone: ehr.timeZone });
}

/** When what the row holds was written, in milliseconds: a report's date, a measure's issue. */
function writtenAt(row: ClaimedRow): number {
  const resource = row.content === null ? undefined : parseContent(row.content, row);
  const at = Date.parse(String(resource?.date ?? resource?.issued));
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
}

function finish(
  { ehr, group, now, random }: Pick<Parameters<typeof attemptGroup>[0], 'ehr' | 'group' | 'now' | 'random'>,
  results: readonly RowResult[],
  failure?: EhrFailure,
  attempt?: Completion['attempt'],
): Completion {
  const due = results.some(({ comesBack }) => comesBack);
  const at = now().getTime();
  let wait = due ? backoffMs(group.attempts, random, failure?.retryAfterMs) : 0;
  // no failure: it waits for something of ours, whose landing wakes it; this is only the safety net
  if (due && (failure === undefined || failure.disposition === 'unknown')) wait = Math.max(LOOK_AFTER_MS, wait);
  // and once as soon as nothing of it can be under way any more
  wait = Math.min(wait, untilSettled(results, at, ehr.settleMs));
  return {
    group,
    results,
    due,
    nextAt: new Date(at + Math.min(wait, BACKOFF_CAP_MS)),
    failed: due,
    ...defined({ attempt }),
  };
}

/** Milliseconds until the first of what is in doubt is no longer; never less than a hundred. */
function untilSettled(results: readonly RowResult[], at: number, settleMs: number): number {
  const ends = results.flatMap(({ comesBack, doubtAt }) => (comesBack && doubtAt !== null ? [doubtAt] : []));
  const left = ends.map((doubtAt) => doubtAt.getTime() + settleMs - at).filter((ms) => ms > 0);
  return left.length === 0 ? Number.POSITIVE_INFINITY : Math.max(100, Math.min(...left));
}
