import type { LedgerView, PlanView, Role } from '../../smart-app/src/service/contract.ts';
import { defined } from '../../src/homework/defined.ts';
import type { Instant, PlanState } from '../../src/homework/model.ts';
import { adherencesOf } from '../../src/homework/plan/adherence-of.ts';
import { proposeClose } from '../../src/homework/plan/propose-close.ts';
import { flatAnswers } from '../../src/http/api/flat-answers.ts';
import { rules } from './apply-write.ts';

interface Reader {
  readonly now: Instant;
  readonly reader: Role;
  readonly ledger: readonly LedgerView[];
}

/** A plan as the service shows it to this reader: what the patient keeps private is read by the patient alone. */
export function showPlan(state: PlanState, { now, reader, ledger }: Reader): PlanView {
  const { openSafetySignals: _open, logs, ...rest } = state;
  return {
    ...rest,
    logs: logs.map(({ items, ...log }) => ({
      ...log,
      answers: flatAnswers(items, reader === 'patient' ? [] : log.withheld),
    })),
    adherence: adherencesOf(state, now),
    ledger,
    ...(reader === 'clinician' ? defined({ proposedClose: proposeClose(state, rules)?.status }) : {}),
  };
}
