import { defined } from '../../foundation/defined.ts';
import { isFinished } from '../log/log.ts';
import type { Instant, Log, PlanState, Report } from '../model.ts';
import type { ToldFact } from './report-model.ts';
import { factKey, reportOfTime, toldFacts } from './told-facts.ts';

/** Something that came after a report was filed and belongs to what that report speaks of. */
export interface ChangeSinceFiling {
  /** The report, never an addendum, whose period it belongs to. */
  readonly report: Report;
  readonly artefact: Exclude<ToldFact['artefact'], 'change'>;
  readonly id: string;
  readonly change: 'late' | 'amended' | 'retracted' | 'excused' | 'talked-over' | 'feedback';
  /** When it came. */
  readonly changedAt: Instant;
  /** What was said of it last; absent: nothing. */
  readonly told?: ToldFact;
}

/**
 * What an addendum would tell, by report: logs that came late, were amended or taken back; times that a report called missed or
 * overdue and that were excused; barriers talked over since; feedback on a log of a filed period. What belongs to no filed
 * period is for the next report.
 */
export function changesSinceFiling(state: PlanState): readonly ChangeSinceFiling[] {
  if (state.reports.length === 0) return [];
  const facts = toldFacts(state);
  const fact = (artefact: ToldFact['artefact'], id: string) => facts.get(factKey({ artefact, id }));
  return [
    ...state.logs.flatMap((log) => logChange(state, log, fact('log', log.id))),
    ...state.occurrences.flatMap(({ id, status, lastModified }): ChangeSinceFiling[] => {
      if (status !== 'excused') return [];
      const told = fact('occurrence', id);
      if (told?.status !== 'missed' && told?.status !== 'overdue') return [];
      return about(reportThatTold(state, told), {
        artefact: 'occurrence',
        id,
        change: 'excused',
        changedAt: lastModified,
        told,
      });
    }),
    ...state.barriers.flatMap(({ id, talkedOverAt }): ChangeSinceFiling[] => {
      const told = fact('barrier', id);
      if (talkedOverAt === undefined || told?.status !== 'open') return [];
      return about(reportThatTold(state, told), {
        artefact: 'barrier',
        id,
        change: 'talked-over',
        changedAt: talkedOverAt,
        told,
      });
    }),
    ...state.feedback.flatMap(({ id, logId, sentAt }): ChangeSinceFiling[] => {
      const log = state.logs.find((log) => log.id === logId);
      if (log === undefined || fact('feedback', id) !== undefined) return [];
      const report = reportOfTime(state, log.performedAt);
      if (report === undefined || sentAt <= report.to) return [];
      return about(report, { artefact: 'feedback', id, change: 'feedback', changedAt: sentAt });
    }),
  ];
}

function logChange(state: PlanState, log: Log, told: ToldFact | undefined): ChangeSinceFiling[] {
  // it is as it was told: so are nearly all logs of a long plan
  if (told !== undefined && log.authored <= told.at) return [];
  const report = reportOfTime(state, log.performedAt) ?? (told && reportThatTold(state, told));
  if (report === undefined) return [];
  // of a report without content its members are all that is known of what it said
  const listed =
    report.content === undefined && report.members.some(({ artefact, id }) => artefact === 'log' && id === log.id);
  const toldAt = told?.at ?? (listed ? report.createdAt : undefined);
  const change = (what: ChangeSinceFiling['change']) =>
    about(report, { artefact: 'log', id: log.id, change: what, changedAt: log.authored, ...defined({ told }) });
  if (toldAt === undefined) return isFinished(log) ? change('late') : [];
  if (log.authored <= toldAt || told?.status === 'retracted') return [];
  if (log.status === 'entered-in-error') return change('retracted');
  return isFinished(log) ? change('amended') : [];
}

/** The report, not its addendum, that said so last. */
function reportThatTold({ reports }: PlanState, told: ToldFact): Report | undefined {
  const said = reports.filter(({ content }) =>
    content?.told.some(({ artefact, id, at }) => artefact === told.artefact && id === told.id && at === told.at),
  );
  const last = said.at(-1);
  return last?.addendumTo === undefined ? last : reports.find(({ id }) => id === last.addendumTo);
}

function about(report: Report | undefined, change: Omit<ChangeSinceFiling, 'report'>): ChangeSinceFiling[] {
  return report === undefined ? [] : [{ report, ...change }];
}
