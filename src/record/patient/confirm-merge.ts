import { randomUUID } from 'node:crypto';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { asToldBy } from '../../homework/as-told-by.ts';
import type { EhrReference, Instant } from '../../homework/model.ts';
import type { StandingAnswer } from '../../homework/patient/patient-standing.ts';
import { invalidRequest } from '../../homework/replace-in-state.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { refused } from '../ledger/decide-row.ts';
import { lockPatient } from '../safety/lock-patient.ts';
import { needTenantReach } from '../store/own-reach.ts';
import { tenantOf } from '../tenant-of.ts';
import { viaOf } from '../use-cases/require-person.ts';
import { keepStanding } from './keep-standing.ts';
import { moveNextVisit } from './move-next-visit.ts';
import { movePlan } from './move-plan.ts';
import { moveSignals } from './move-signals.ts';
import { longestChain, survivorOf } from './survivor-of.ts';

export interface ConfirmMerge {
  /** Who was merged away. */
  readonly patientId: string;
  /** Who they are now: must be whom the EHR itself names. */
  readonly survivorId: string;
  /** The person who says so. */
  readonly by: EhrReference;
  readonly reason: string;
}

export interface ConfirmedMerge {
  readonly patientId: string;
  readonly survivorId: string;
  readonly confirmedBy: string;
  readonly confirmedAt: Instant;
  readonly plans: number;
  /** How many artefacts went on their way to the EHR by it. */
  readonly artefacts: number;
}

const verb = 'confirm the merge of';

/**
 * A person confirms that two patients of the EHR are one: everything of the old one becomes the survivor's, in one
 * transaction, and goes on to the EHR. Both are read there first, and the EHR itself must say so: nobody's word alone
 * moves one patient's homework into another's chart. Said again of the same two, it changes nothing.
 * @throws `invalid-request`, `ehr-unreachable`; `not-supported` when the EHR does not name this survivor, when it was
 *   merged into another, or while an attempt at something of it is under way
 */
export async function confirmMerge(
  record: HomeworkRecord,
  tenantId: string,
  { patientId: from, survivorId: to, by, reason }: ConfirmMerge,
): Promise<ConfirmedMerge> {
  tenantOf(record, tenantId);
  needTenantReach(record.actor, 'change');
  if (!/^(Practitioner|PractitionerRole)\/./.test(by)) throw invalidRequest('by', 'is not a person');
  if (reason.trim() === '') throw invalidRequest('reason', 'is empty');
  if (from === to) throw invalidRequest('survivorId', 'is the patient who was merged away');
  const known = await readMerge(record.database, tenantId, from);
  if (known !== undefined) return again(known, to);
  await askEhr(record, tenantId, { from, to });
  const at = (await record.clockOf(tenantId)).now().toISOString();
  // what is done to the ledger is told by the machine's time, which a pinned clock of a plan is not
  const confirmedAt = record.clock.now().toISOString();
  const merged = await record.database.transaction(async (tx) => {
    const plans = await holdAll(tx, record, tenantId, { from, to });
    const meanwhile = await readMerge(tx, tenantId, from);
    if (meanwhile !== undefined) return again(meanwhile, to);
    await refuseChain(tx, tenantId, { from, to });
    // first of all: by this row the database knows that the patient of what follows may change
    await tx.query(
      `insert into patient_merge (tenant, from_patient_id, to_patient_id, confirmed_by, confirmed_at, reason, plans, artefacts)
       values ($1, $2, $3, $4, $5, $6, $7, 0)`,
      [tenantId, from, to, by, confirmedAt, reason.trim(), plans.length],
    );
    // and what belongs together is checked again when all of it has moved
    await tx.query('set constraints all deferred');
    const said = `${by}${asToldBy(viaOf(record.actor))}`;
    await keepEvidence(tx, tenantId, { from, to, by: said, now: record.clock.now() });
    let artefacts = 0;
    for (const planId of plans) artefacts += await movePlan(tx, record, tenantId, { planId, from, to, at });
    await moveNextVisit(tx, tenantId, { from, to });
    artefacts += await moveSignals(tx, record, tenantId, { from, to, at, by });
    await tx.query('update contact set patient_id = $3 where tenant = $1 and patient_id = $2', [tenantId, from, to]);
    await tx.query('update patient_merge set artefacts = $3 where tenant = $1 and from_patient_id = $2', [
      ...[tenantId, from, artefacts],
    ]);
    await keepStanding(tx, tenantId, from, {
      standing: { state: 'merged', survivorId: to },
      from: 'integration',
      at: record.clock.now(),
    });
    return { patientId: from, survivorId: to, confirmedBy: by, confirmedAt, plans: plans.length, artefacts };
  });
  if (merged.artefacts > 0) record.reach('domain:after-commit');
  record.changed();
  return merged;
}

/**
 * The survivor by the EHR's own word: the old one names them, at once or by a chain of merges, or is answered with them. That
 * the survivor names the old one counts only where the old one says nothing: such a link is left behind when a merge is taken back.
 */
async function askEhr(
  record: HomeworkRecord,
  tenantId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  const read = (id: string) => readKnown(record, tenantId, id);
  const [old, survivor] = await Promise.all([read(from), read(to)]);
  if (survivor.answer === 'unknown') throw refused(verb, `the EHR has no patient ${to}`);
  if (survivor.standing.state === 'merged') {
    const further = survivor.standing.survivorId;
    const name = further === undefined ? 'another' : `Patient/${further}`;
    throw refused(verb, `Patient/${to} was itself merged into ${name}`);
  }
  if (survivor.standing.state !== 'current') throw refused(verb, `the EHR holds Patient/${to} as inactive`);
  const named = old.answer === 'known' && old.standing.state === 'merged' ? old.standing.survivorId : undefined;
  if (named !== undefined) {
    if (await leadsTo(read, named, to)) return;
    throw refused(verb, `the EHR has merged Patient/${from} into Patient/${named}`);
  }
  const isCurrent = old.answer === 'known' && old.standing.state === 'current';
  if (isCurrent && survivor.replaces.includes(from)) {
    throw refused(verb, `the EHR holds Patient/${from} as active and names nobody in their place`);
  }
  if (!survivor.replaces.includes(from)) {
    throw refused(verb, `the EHR says neither of Patient/${from} nor of Patient/${to} that they are one`);
  }
}

type Known = Exclude<StandingAnswer, { answer: 'unreachable' }>;

/** @throws `ehr-unreachable` */
async function readKnown(record: HomeworkRecord, tenantId: string, patientId: string): Promise<Known> {
  const standing = await record.standingOf(tenantId, patientId);
  if (standing.answer !== 'unreachable') return standing;
  const problem = 'the patients could not be read';
  throw new IntersessionError('ehr-unreachable', { tenant: tenantId, problem }, `EHR of ${tenantId}: ${problem}.`);
}

/** Whether the EHR's merges lead from one patient to another; a circle, or one without a name, leads nowhere. */
async function leadsTo(read: (id: string) => Promise<Known>, from: string, to: string): Promise<boolean> {
  const seen = new Set<string>();
  for (let at = from; !seen.has(at); ) {
    if (at === to) return true;
    seen.add(at);
    const there = await read(at);
    const next = there.answer === 'known' && there.standing.state === 'merged' ? there.standing.survivorId : undefined;
    if (next === undefined || seen.size >= longestChain) return false;
    at = next;
  }
  return false;
}

/**
 * Holds everything that moves, in the order in which everyone takes it: plans, then their groups, then the patients.
 * @returns the plans' ids
 */
async function holdAll(
  tx: Queryable,
  record: HomeworkRecord,
  tenantId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<string[]> {
  const now = record.clock.now();
  const { rows: plans } = await tx.query<{ id: string }>(
    'select id from plan where tenant = $1 and patient_id = $2 order by id for update',
    [tenantId, from],
  );
  const { rows: groups } = await tx.query<{ leased: boolean }>(
    `select coalesce(lease_until > $3::timestamptz, false) as leased from landing_group
      where tenant = $1 and patient_id = $2 order by id for update`,
    [tenantId, from, now],
  );
  if (groups.some(({ leased }) => leased)) throw refused(verb, 'something of this patient is being sent right now');
  for (const id of [from, to].sort()) await lockPatient(tx, tenantId, id, now);
  return plans.map(({ id }) => id);
}

/** @throws `not-supported` for a survivor who was merged away themself, or a circle */
async function refuseChain(
  tx: Queryable,
  tenantId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  const final = await survivorOf(tx, tenantId, to);
  if (final !== to) throw refused(verb, `Patient/${to} was merged into Patient/${final} here`);
  if ((await survivorOf(tx, tenantId, from)) !== from) throw refused(verb, 'it was merged before');
}

/**
 * Every group keeps the decision among its attempts. It also counts as an attempt without a clear end: what stands in the
 * EHR is looked at, with its patient, before anything of the group is sent.
 */
async function keepEvidence(
  tx: Queryable,
  tenantId: string,
  { from, to, by, now }: { readonly from: string; readonly to: string; readonly by: string; readonly now: Date },
): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    'select id from landing_group where tenant = $1 and patient_id = $2 order by id',
    [tenantId, from],
  );
  const groups = rows.map(({ id }) => id);
  const attempts = groups.map(() => randomUUID());
  await tx.query(
    `insert into attempt (id, tenant, group_id, started_at, finished_at, landing, rows, disposition, detail)
     select a, $1, g, $4, $4, 'none', '', 'person:merge', $5 from unnest($2::text[], $3::text[]) as t(a, g)`,
    [tenantId, attempts, groups, now, `Patient/${from} is Patient/${to}, said by ${by}`],
  );
  await tx.query(
    `update landing_group g set attempt_id = t.a, attempts = 0, lease_until = null, due = true, next_at = $4, attention = true
       from unnest($2::text[], $3::text[]) as t(a, g) where g.tenant = $1 and g.id = t.g`,
    [tenantId, attempts, groups, now],
  );
}

function again(known: ConfirmedMerge, to: string): ConfirmedMerge {
  if (known.survivorId === to) return known;
  throw refused(verb, `Patient/${known.patientId} was merged into Patient/${known.survivorId}`);
}

async function readMerge(
  database: Queryable,
  tenantId: string,
  patientId: string,
): Promise<ConfirmedMerge | undefined> {
  const { rows } = await database.query<ConfirmedMerge>(
    `select from_patient_id as "patientId", to_patient_id as "survivorId", confirmed_by as "confirmedBy",
       confirmed_at as "confirmedAt", plans, artefacts
     from patient_merge where tenant = $1 and from_patient_id = $2`,
    [tenantId, patientId],
  );
  return rows[0];
}
