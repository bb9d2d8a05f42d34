import { useCallback, useState } from 'react';
import type { LedgerPageView } from '../../../src/contract/app/ledger.ts';
import { defined } from '../../../src/foundation/defined.ts';
import { type LedgerState, retriedTogether } from '../../../src/homework/ledger/ledger-state.ts';
import { NotLoadedPage } from '../parts/not-loaded-page.tsx';
import { Notice } from '../parts/tone.tsx';
import type { ServiceProblem } from '../service/service-problem.ts';
import { useAnswer } from '../service/use-answer.ts';
import { type LedgerChoice, useIntegrationPages } from './integration-context.ts';
import { LedgerTable } from './ledger-table.tsx';
import { LedgerTools } from './ledger-tools.tsx';
import { PageFrame } from './page-frame.tsx';
import { RetryManySheet } from './retry-many-sheet.tsx';
import { placedReason } from './row-words.ts';
import { useLookAgain } from './use-look-again.ts';
import { isLedgerPage } from './view-shapes.ts';

/** States whose rows the service takes up again by itself. */
const tendedByItself: readonly LedgerState[] = ['pending', 'in-flight', 'unknown', 'waiting'];

/** How long nothing is asked after a key, in milliseconds: somebody may be typing. */
const pauseInTypingMs = 300;

/** The whole ledger of this EHR, page by page, narrowed by what is chosen and looked for. */
export function LedgerPage({ choice: page }: { readonly choice: LedgerChoice }) {
  const { open, find, mayDecide, place } = useIntegrationPages();
  const { state, artefact, reasonCode } = page;
  const { ledger, problem, loading, reload, more } = useLedger({ state, artefact, reasonCode, find: find.trim() });
  const [retrying, setRetrying] = useState(false);
  const [retried, setRetried] = useState<string>();
  // what was refused again at once comes back to where it was chosen
  const [retriedNow, setRetriedNow] = useState(false);
  // a row that is being looked for is in flight for that moment, and back in its state after it
  const away = state !== undefined && tendedByItself.includes(state) && ledger?.rows.length === 0;
  const looking = retriedNow || away;
  useLookAgain(looking, ledger, reload);
  if (ledger === undefined && problem !== undefined) return <NotLoadedPage code={problem.code} onRetry={reload} />;
  const choice = defined({ state, artefact, reasonCode });
  const narrowed = find.trim() !== '' || Object.keys(choice).length > 0;
  const told = ledger?.rows[0]?.reason ?? undefined;
  const sharedReason = told === undefined ? undefined : placedReason(told, place);
  const together = retriedTogether.find((one) => one === state);
  const count = ledger?.count ?? 0;
  // a look in the background is not told: what stands is what was there a moment ago
  const busy = ledger === undefined || (loading && !looking);
  return (
    <PageFrame>
      <h1 tabIndex={-1}>Ledger</h1>
      <p className="lead">One row for each artefact: what is wanted in the EHR, and where it stands.</p>
      <LedgerTools
        choice={choice}
        reason={sharedReason}
        onChoose={(next) => {
          setRetried(undefined);
          setRetriedNow(false);
          open({ name: 'ledger', ...next });
        }}
      />
      <div className="ledger-head">
        <p className="quiet" role="status">
          {busy ? 'Loading …' : countWords(count)}
        </p>
        <span>
          <button type="button" className="plain" disabled={loading} onClick={reload}>
            Look again
          </button>
          {together === undefined || !mayDecide || busy || count < 2 ? null : (
            <button
              type="button"
              className="secondary"
              onClick={() => {
                setRetriedNow(false);
                setRetrying(true);
              }}
            >
              Try all {count} again …
            </button>
          )}
        </span>
      </div>
      {retried === undefined ? null : (
        <Notice tone="good" live="status" title={retried}>
          <p>Your reason stands among the attempts of each. The states follow within seconds.</p>
        </Notice>
      )}
      {problem === undefined || problem.code === 'session-expired' || problem.code === 'offline' ? null : (
        <Notice tone="care" title="This may not be the newest">
          <button type="button" className="secondary" onClick={reload}>
            Try again
          </button>
        </Notice>
      )}
      {ledger === undefined ? null : ledger.rows.length === 0 ? (
        <div className="card empty">
          <h2>{narrowed ? (looking ? 'None just now' : 'No such row') : 'Nothing yet'}</h2>
          <p>
            {narrowed
              ? looking
                ? `What waits again, or is refused again, comes back here: look again in a moment.${
                    reasonCode === undefined ? '' : ' If it is for another reason by then, “Show all reasons” has it.'
                  }`
                : 'No row of the ledger fits what you chose.'
              : 'As soon as a plan is assigned, what is to land stands here.'}
          </p>
        </div>
      ) : (
        <LedgerTable
          rows={ledger.rows}
          now={ledger.now}
          label="Ledger"
          onOpen={(row) => open({ name: 'row', artefact: row.artefact, id: row.id })}
        />
      )}
      {more === undefined ? null : (
        <button
          type="button"
          className="secondary"
          disabled={loading}
          onClick={() => {
            setRetriedNow(false);
            more();
          }}
        >
          Show more
        </button>
      )}
      {retrying && together !== undefined ? (
        <RetryManySheet
          count={count}
          which={{
            ...defined({ artefact, reasonCode }),
            ...(find.trim() === '' ? {} : { find: find.trim() }),
            state: together,
          }}
          onClose={() => {
            setRetrying(false);
            reload();
          }}
          onDone={(words) => {
            setRetrying(false);
            setRetried(words);
            setRetriedNow(true);
            reload();
          }}
        />
      ) : null}
    </PageFrame>
  );
}

const countWords = (count: number): string => `${count} ${count === 1 ? 'row' : 'rows'}`;

interface Ledger {
  readonly ledger: LedgerPageView | undefined;
  readonly problem: ServiceProblem | undefined;
  readonly loading: boolean;
  readonly reload: () => void;
  readonly more: (() => void) | undefined;
}

interface Sought extends Record<keyof LedgerChoice, string | undefined> {
  readonly find: string;
}

/** The ledger as it is asked for, page after page; what was shown stays while a new one is on its way. */
function useLedger({ state, artefact, reasonCode, find }: Sought): Ledger {
  const ask = useCallback(
    (cursor?: string) => {
      const body = { ...defined({ state, artefact, reasonCode, cursor }), ...(find === '' ? {} : { find }) };
      return { method: 'POST' as const, path: '/app/v1/ledger/search', body };
    },
    [state, artefact, reasonCode, find],
  );
  const { answer, problem, loading, reload, more } = useAnswer({
    ...{ ask, isAnswer: isLedgerPage, join: withRowsBefore, pauseMs: find === '' ? 0 : pauseInTypingMs },
  });
  const next = answer?.next;
  return { ledger: answer, problem, loading, reload, more: next === undefined ? undefined : () => more(next) };
}

/** The count came with the first page; whether there is more is for the last one to say. */
const withRowsBefore = ({ count, rows }: LedgerPageView, next: LedgerPageView): LedgerPageView => ({
  ...defined({ count }),
  ...next,
  rows: [...rows, ...next.rows],
});
