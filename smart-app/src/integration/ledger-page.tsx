import { useCallback } from 'react';
import type { LedgerPageView } from '../../../src/contract/app/ledger.ts';
import { defined } from '../../../src/foundation/defined.ts';
import type { LedgerState } from '../../../src/homework/ledger/ledger-state.ts';
import { type Artefact, artefacts } from '../../../src/homework/model.ts';
import { NotLoadedPage } from '../parts/not-loaded-page.tsx';
import { Notice } from '../parts/tone.tsx';
import type { ServiceProblem } from '../service/service-problem.ts';
import { useAnswer } from '../service/use-answer.ts';
import { useIntegrationPages } from './integration-context.ts';
import { stateMeanings, states } from './integration-words.ts';
import { LedgerTable } from './ledger-table.tsx';
import { PageFrame } from './page-frame.tsx';
import { isLedgerPage } from './view-shapes.ts';

interface LedgerPageProps {
  readonly state: LedgerState | undefined;
  readonly artefact: Artefact | undefined;
}

/** The whole ledger of this EHR, page by page, narrowed by state and artefact. */
export function LedgerPage({ state, artefact }: LedgerPageProps) {
  const { open } = useIntegrationPages();
  const { ledger, problem, loading, reload, more } = useLedger(state, artefact);
  if (ledger === undefined && problem !== undefined) return <NotLoadedPage code={problem.code} onRetry={reload} />;
  const narrow = (next: { state?: LedgerState | undefined; artefact?: Artefact | undefined }): void => {
    const chosen = { state, artefact, ...next };
    open({
      name: 'ledger',
      ...defined({ state: chosen.state, artefact: chosen.artefact }),
    });
  };
  return (
    <PageFrame>
      <h1 tabIndex={-1}>Ledger</h1>
      <p className="lead">One row for each artefact: what is wanted in the EHR, and where it stands.</p>
      <search className="ledger-tools">
        <div>
          <label htmlFor="ledger-state">State</label>
          <select
            id="ledger-state"
            value={state ?? ''}
            onChange={(event) => narrow({ state: states.find((state) => state === event.currentTarget.value) })}
          >
            <option value="">all</option>
            {states.map((state) => (
              <option key={state}>{state}</option>
            ))}
          </select>
        </div>
        <div>
          <label htmlFor="ledger-artefact">Artefact</label>
          <select
            id="ledger-artefact"
            value={artefact ?? ''}
            onChange={(event) =>
              narrow({ artefact: artefacts.find((artefact) => artefact === event.currentTarget.value) })
            }
          >
            <option value="">all</option>
            {artefacts.map((artefact) => (
              <option key={artefact}>{artefact}</option>
            ))}
          </select>
        </div>
      </search>
      {state === undefined ? null : <p className="quiet">{stateMeanings[state]}</p>}
      <p className="quiet" role="status">
        {loading || ledger === undefined ? 'Loading …' : countWords(ledger.rows.length, more !== undefined)}
      </p>
      {problem === undefined || problem.code === 'session-expired' || problem.code === 'offline' ? null : (
        <Notice tone="care" title="This may not be the newest">
          <button type="button" className="secondary" onClick={reload}>
            Try again
          </button>
        </Notice>
      )}
      {ledger === undefined ? null : ledger.rows.length === 0 ? (
        <div className="card empty">
          <h2>{state === undefined && artefact === undefined ? 'Nothing yet' : 'No such row'}</h2>
          <p>
            {state === undefined && artefact === undefined
              ? 'As soon as a plan is assigned, what is to land stands here.'
              : 'No row of the ledger fits what you chose.'}
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
        <button type="button" className="secondary" disabled={loading} onClick={more}>
          Show more
        </button>
      )}
    </PageFrame>
  );
}

const countWords = (count: number, more: boolean): string =>
  `${count}${more ? ' or more' : ''} ${count === 1 ? 'row' : 'rows'}`;

interface Ledger {
  readonly ledger: LedgerPageView | undefined;
  readonly problem: ServiceProblem | undefined;
  readonly loading: boolean;
  readonly reload: () => void;
  readonly more: (() => void) | undefined;
}

/** The ledger as it is asked for, page after page; what was shown stays while a new one is on its way. */
function useLedger(state: LedgerState | undefined, artefact: Artefact | undefined): Ledger {
  const ask = useCallback(
    (cursor?: string) => {
      const query = new URLSearchParams(defined({ state, artefact, cursor }));
      return { method: 'GET' as const, path: `/app/v1/ledger?${query}` };
    },
    [state, artefact],
  );
  const { answer, problem, loading, reload, more } = useAnswer({ ask, isAnswer: isLedgerPage, join: withRowsBefore });
  const next = answer?.next;
  return { ledger: answer, problem, loading, reload, more: next === undefined ? undefined : () => more(next) };
}

const withRowsBefore = (before: LedgerPageView, next: LedgerPageView): LedgerPageView => ({
  ...next,
  rows: [...before.rows, ...next.rows],
});
