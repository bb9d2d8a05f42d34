import { isToldInReport } from '../landing/is-told-in-report.ts';
import type { Database, Queryable } from '../record/database/database.ts';
import type { RowResult } from './claimed-group.ts';
import type { Completion } from './completion.ts';
import { landNoted } from './land-noted.ts';
import { recordOutcomes } from './record-outcomes.ts';
import { findReferrers, type Referrer, touchReferrers } from './touch-referrers.ts';
import { wakeWaiting } from './wake-waiting.ts';

// In the order of their ids, as everyone who takes several groups does: so two of them can't wait for each other.
const lock = 'select id from landing_group where tenant = $1 and id = any($2) order by id for update';

/**
 * Records what came of a number of attempts, in one transaction with what follows from it: members of a report that
 * landed, referrers whose references can now be written, groups that waited for a plan.
 * @returns ids of the groups whose lease we still held; nothing was written of the others
 */
export async function completeGroups(
  database: Database,
  tenantId: string,
  completions: readonly Completion[],
  now: Date,
): Promise<Set<string>> {
  const referrers = await findReferrers(database, tenantId, completions.flatMap(firstLandings));
  if (referrers.length === 0 && !completions.some(hasConsequence)) {
    return recordOutcomes(database, tenantId, completions, now);
  }
  return database.transaction(async (tx) => {
    const groups = [
      ...new Set([...completions.map(({ group }) => group.id), ...referrers.map(({ groupId }) => groupId)]),
    ];
    await tx.query(lock, [tenantId, groups.sort()]);
    const held = await recordOutcomes(tx, tenantId, completions, now);
    await touchReferrers(
      tx,
      tenantId,
      referrers.filter(({ landedGroupId }) => held.has(landedGroupId)),
      now,
    );
    await followUp(
      tx,
      tenantId,
      completions.filter(({ group }) => held.has(group.id)),
      now,
    );
    return held;
  });
}

/** Whether something may have waited for this: then both must be recorded together or not at all. */
function hasConsequence(completion: Completion): boolean {
  return completion.results.some(
    (result) => told(result) || (structure.has(result.artefact) && isFirst(result, completion)),
  );
}

const structure = new Set(['plan', 'assignment', 'occurrence']);

function told({ landing, state, artefact }: RowResult): boolean {
  if (artefact === 'report') return state === 'landed' && landing !== 'app-only';
  return state === 'waiting' && isToldInReport(artefact, landing);
}

async function followUp(tx: Queryable, tenantId: string, completions: readonly Completion[], now: Date): Promise<void> {
  const plansWhere = (test: (result: RowResult, completion: Completion) => boolean): string[] => [
    ...new Set(
      completions
        .filter((completion) => completion.results.some((result) => test(result, completion)))
        .map(({ group }) => group.planId),
    ),
  ];
  await wakeWaiting(
    tx,
    tenantId,
    plansWhere((result, completion) => structure.has(result.artefact) && isFirst(result, completion)),
    now,
  );
  await landNoted(
    tx,
    tenantId,
    plansWhere((result) => told(result)),
    now,
  );
}

function isFirst(result: RowResult, { group }: Completion): boolean {
  if (result.state !== 'landed' || result.ehrReference === null) return false;
  const row = group.rows.find(({ artefact, id }) => artefact === result.artefact && id === result.id);
  return row !== undefined && row.ehrReference === null;
}

/**
 * Who may refer softly to what landed for the first time: a log's occurrence, an adherence's plan. Only beside a plan that
 * has resources of its own here, which is what a native landing means: elsewhere the report tells of them, once.
 */
function firstLandings(completion: Completion): Referrer[] {
  const { group } = completion;
  const of = { groupId: `plan:${group.planId}`, landedGroupId: group.id };
  return completion.results
    .filter(({ artefact, landing }) => landing === 'native' && (artefact === 'log' || artefact === 'adherence'))
    .filter((result) => isFirst(result, completion))
    .flatMap(({ artefact, id }): Referrer[] => {
      if (artefact === 'adherence') {
        return [{ ...of, type: 'CarePlan', id: group.planId, reference: `Observation/${id}` }];
      }
      // a log names its occurrence; the occurrence names it back
      const row = group.rows.find((row) => row.artefact === artefact && row.id === id);
      const named = (row?.references ?? []).map(({ reference: named }) => named);
      const tasks = [...new Set(named)].filter((text) => text.startsWith('Task/'));
      const reference = `QuestionnaireResponse/${id}`;
      return tasks.map((task) => ({ ...of, type: 'Task', id: task.slice('Task/'.length), reference }));
    });
}
