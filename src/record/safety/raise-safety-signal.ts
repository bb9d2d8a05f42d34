import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Plan } from '../../homework/model.ts';
import type { SafetyReporter, SafetyRuleCode } from '../../homework/safety/safety-signal.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { survivorOf } from '../patient/survivor-of.ts';
import { seesOnly } from '../store/own-reach.ts';
import { claimSourceKey, findSourceKey } from '../store/source-key.ts';
import { tenantOf } from '../tenant-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import type { Sourced } from '../use-cases/sourced.ts';
import { lockPatient } from './lock-patient.ts';
import { raiseNoticed } from './raise-noticed.ts';
import { readSignals } from './read-signals.ts';
import { type SeenSignal, seenSignals } from './seen-signal.ts';

export interface RaiseSafetySignal extends Sourced {
  readonly patientId: string;
  readonly rule: SafetyRuleCode;
  readonly by: SafetyReporter;
  /** What was seen or said. */
  readonly text?: string;
}

export interface RaisedSafetySignal {
  readonly signal: SeenSignal;
  /** False: the same source id raised it before. True also where one was open already, and this report was added to it. */
  readonly created: boolean;
}

const operation = 'safety';

/**
 * Raises a safety signal that somebody reports: the patient, a person of the care team or a source system. Of patients
 * without homework here (for a source that sees its own alone: without homework of its own) nobody would see it, so it is
 * refused, and who reports it must go another way.
 * @throws `unknown-tenant`, `unknown-patient`, `source-id-conflict`, `unknown-artefact`
 */
export async function raiseSafetySignal(
  record: HomeworkRecord,
  tenantId: string,
  command: RaiseSafetySignal,
): Promise<RaisedSafetySignal> {
  tenantOf(record, tenantId);
  const { rule, by, text } = command;
  const { actor } = record;
  const at = (await record.clockOf(tenantId)).now().toISOString();
  const result = await record.database.transaction(async (tx) => {
    // whoever fears for someone is heard, also under an id that was merged away
    const patientId = await survivorOf(tx, tenantId, command.patientId);
    const plan = await planOf(tx, tenantId, { patientId, madeBy: seesOnly(actor) });
    // before the name is looked up: the same report that comes twice at once is raised by one and found by the other
    await lockPatient(tx, tenantId, patientId, record.clock.now());
    const known = await findSourceKey(tx, { tenantId, operation, command });
    if (known !== undefined) {
      const [signal] = await readSignals(tx, tenantId, { id: known });
      if (signal === undefined) throw unknownArtefact({ artefact: 'safety', id: known });
      return { signal, created: false, wanted: 0 };
    }
    const via = actor.type === 'source' ? actor.clientId : undefined;
    const evidence = { at, by, ...defined({ via, text }) };
    const raised = await raiseNoticed(tx, record, tenantId, { plan, noticed: [{ rule, evidence }], at });
    const [signal] = raised.signals;
    if (signal === undefined) throw new Error('one signal was to be raised, and none came back');
    await claimSourceKey(tx, { tenantId, operation, command, artefactId: signal.id, at });
    return { signal, created: true, wanted: raised.wanted };
  });
  if (result.wanted > 0) {
    record.reach('domain:after-commit');
    record.changed();
  }
  const [signal] = await seenSignals(record, tenantId, [result.signal]);
  if (signal === undefined) throw unknownArtefact({ artefact: 'safety', id: result.signal.id });
  return { signal, created: result.created };
}

/** The patient's plan in whose ledger it is to stand, of those that this caller sees: one that is under way before others, then the latest. */
async function planOf(
  tx: Queryable,
  tenantId: string,
  { patientId, madeBy }: { readonly patientId: string; readonly madeBy: string | undefined },
): Promise<Pick<Plan, 'id' | 'patientId'>> {
  const { rows } = await tx.query<{ id: string }>(
    `select id from plan where tenant = $1 and patient_id = $2 and status <> 'entered-in-error' and ($3::text is null or made_by = $3)
     order by status in ('active', 'on-hold') desc, body->>'createdAt' desc, id limit 1`,
    [tenantId, patientId, madeBy ?? null],
  );
  const id = rows[0]?.id;
  if (id !== undefined) return { id, patientId };
  throw new IntersessionError(
    'unknown-patient',
    { patientId },
    'patientId: no homework is held of this patient here, so nobody would see the signal; use another way.',
  );
}
