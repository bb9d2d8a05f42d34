import { defined } from '../../foundation/defined.ts';
import type { PlanState } from '../model.ts';
import type { ChangeSinceFiling } from './changes-since-filing.ts';
import type { ReportWording } from './report-frame.ts';
import { logFact } from './report-logs.ts';
import { factKey, toldFacts } from './told-facts.ts';

/**
 * Whether a change makes wrong what a filed report states: a log that was taken back or whose told values changed; a time that
 * the report called missed and that was done or excused after all. Such a report is corrected wherever else things landed.
 */
export function isWrongNow(
  state: PlanState,
  { change, artefact, id, told }: ChangeSinceFiling,
  { summaryOf, scoresOf }: Pick<ReportWording, 'summaryOf' | 'scoresOf'>,
): boolean {
  if (change === 'retracted') return true;
  if (change === 'excused') return told?.status === 'missed';
  if (artefact !== 'log') return false;
  const log = state.logs.find((log) => log.id === id);
  if (log === undefined) return false;
  if (change === 'late') {
    const occurrence = state.occurrences.find(({ logId }) => logId === id);
    const said = occurrence && toldFacts(state).get(factKey({ artefact: 'occurrence', id: occurrence.id }));
    return said?.status === 'missed' || said?.status === 'overdue';
  }
  const now = logFact({ summaryOf, state, ...defined({ scoresOf }) }, log).lines;
  return told?.lines === undefined || JSON.stringify(told.lines) !== JSON.stringify(now);
}
