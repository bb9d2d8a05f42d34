import type { LedgerView, PlanView } from '../../src/contract/app/plan-view.ts';
import { defined } from '../../src/foundation/defined.ts';
import type { Instant, PlanState } from '../../src/homework/model.ts';
import { adherencesOf } from '../../src/homework/plan/adherence-of.ts';
import { proposeClose } from '../../src/homework/plan/propose-close.ts';
import type { Role } from '../../src/homework/role.ts';
import { planForReader } from '../../src/http/app/plan-for-reader.ts';
import { maskLog } from '../../src/record/store/mask-log.ts';
import { rules } from './apply-write.ts';

interface Reader {
  readonly now: Instant;
  readonly reader: Role;
  readonly ledger: readonly LedgerView[];
}

/** A plan as the service shows it to this reader, by the service's own view; where it stands in the EHR is given. */
export function showPlan(state: PlanState, { now, reader, ledger }: Reader): PlanView {
  const { openSafetySignals: _open, deceased: _known, ...of } = state;
  const logs = reader === 'patient' ? state.logs : state.logs.map(maskLog);
  const proposed = defined({ proposedClose: proposeClose(state, rules)?.status });
  const read = {
    ...of,
    ...proposed,
    logs,
    version: 1,
    updatedAt: now,
    adherences: adherencesOf(state, now),
    ledger: [],
  };
  return { ...planForReader(read, reader, { sources: [] }), ledger };
}
