import type { ConnectionView } from '../../../src/contract/app/connection.ts';
import type { CheckView, LedgerPageView, RetriedView, RowView, SummaryView } from '../../../src/contract/app/ledger.ts';
import type { MergesView } from '../../../src/contract/app/merges.ts';
import { count, flag, list, orNull, record, shaped, text } from '../service/answer-shape.ts';

/** What the pages of the integration team rely on of each answer. */
export const isConnection = shaped<ConnectionView>({
  ...{ now: text, answers: flag, fhirBase: text, vendor: text, successes: list, corrections: list },
});
export const isSummary = shaped<SummaryView>({
  now: text,
  counts: record,
  open: record,
  waiting: list,
  undecided: list,
});
export const isLedgerPage = shaped<LedgerPageView>({ now: text, rows: list });
export const isRetried = shaped<RetriedView>({ now: text, tried: count, left: count });
export const isRow = shaped<RowView>({
  ...{ now: text, attempts: list },
  row: shaped<RowView['row']>({ artefact: text, id: text, state: text, wanted: count, wantedAt: text }),
});
export const isMerges = shaped<MergesView>({ now: text, held: list, confirmed: list });
export const isCheck = shaped<CheckView>({ now: text, check: orNull(record), differences: list });
