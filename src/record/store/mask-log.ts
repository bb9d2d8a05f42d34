import { hideDraft, isDraft } from '../../homework/log/draft.ts';
import type { AnswerItem, Log, PlanState } from '../../homework/model.ts';

/**
 * The log as everyone but the patient sees it: withheld items are there, without their answers or what is inside them. One
 * that was never sent is there without anything in it.
 */
export function maskLog(log: Log): Log {
  if (isDraft(log)) return hideDraft(log);
  if (log.others !== undefined) return maskLog(withoutOthers(log));
  if (log.withheld.length === 0) return log;
  const withheld = new Set(log.withheld);
  const mask = (item: AnswerItem): AnswerItem =>
    withheld.has(item.linkId) ? { ...item, answers: [], items: [] } : { ...item, items: item.items.map(mask) };
  return { ...log, items: log.items.map(mask) };
}

/** What waits for the writer's choice is nobody else's, sent or not. */
function withoutOthers({ others: _waiting, ...log }: Log): Log {
  return log;
}

/** The plan with all its logs as everyone but the patient sees them. */
export function maskState(state: PlanState): PlanState {
  return { ...state, logs: state.logs.map(maskLog) };
}
