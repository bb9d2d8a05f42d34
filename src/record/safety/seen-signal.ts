import type { SafetySignal } from '../../homework/safety/safety-signal.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { seesOnly } from '../store/own-reach.ts';
import { evidenceOwner, makersOf } from './signal-owners.ts';

/**
 * A signal as one actor sees it. Whoever is held to their own sees the evidence that is theirs, when the first of it came,
 * and nothing that would tell of the rest: in whose ledger it stands, how often the rule was raised, how often it changed.
 */
export type SeenSignal = Omit<SafetySignal, 'planId' | 'ordinal' | 'version'> &
  Partial<Pick<SafetySignal, 'planId' | 'ordinal' | 'version'>>;

/** Signals as this record's actor sees them; one of which nothing is theirs is left out. */
export async function seenSignals(
  record: Pick<HomeworkRecord, 'actor'> & { readonly database: Queryable },
  tenantId: string,
  signals: readonly SafetySignal[],
): Promise<readonly SeenSignal[]> {
  const own = seesOnly(record.actor);
  if (own === undefined) return signals;
  const makers = await makersOf(
    record.database,
    tenantId,
    signals.flatMap(({ evidence }) => evidence),
  );
  return signals.flatMap(({ planId: _ledger, ordinal: _count, version: _changes, ...signal }) => {
    const evidence = signal.evidence.filter((safetyEvidence) => evidenceOwner(safetyEvidence, makers) === own);
    const [first] = evidence;
    if (first === undefined) return [];
    const seen = { ...signal, evidence, raisedAt: first.at };
    if (evidence.length === signal.evidence.length) return [seen];
    // why it was closed may speak of what others reported
    const { closedBy: _who, closedVia: _told, closeReason: _why, ...without } = seen;
    return [without];
  });
}
