import { useState } from 'react';
import type { LedgerRow, SummaryView } from '../../../src/contract/app/ledger.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { NotLoadedPage } from '../parts/not-loaded-page.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { Notice } from '../parts/tone.tsx';
import { useAction } from '../parts/use-action.ts';
import { expectAnswer } from '../service/answer-shape.ts';
import { useAppSession } from '../session/app-session.tsx';
import { ageWords } from '../words/age.ts';
import { checkSection } from './check-part.ts';
import { EhrCard, LandsCard } from './connection-cards.tsx';
import { type LedgerChoice, useIntegrationPages } from './integration-context.ts';
import { needSentence, states } from './integration-words.ts';
import { CorrectionSection, LandingSection } from './landing-section.tsx';
import { MergeSection } from './merge-section.tsx';
import { DecisionSection, WaitingSection } from './needs-section.tsx';
import { PageFrame } from './page-frame.tsx';
import { sinceOf } from './row-words.ts';
import { useView } from './use-view.ts';
import { isCheck, isConnection, isMerges, isSummary } from './view-shapes.ts';

/** The first page: does the EHR answer, what needs a person, what lands where; then the details. */
export function OverviewPage() {
  const { call, session, expired } = useAppSession();
  const { open, setFind, mayDecide, place } = useIntegrationPages();
  const summary = useView('/ledger/summary', isSummary);
  const connection = useView('/connection', isConnection);
  const merges = useView('/merges', isMerges);
  const checked = useView('/ledger/check', isCheck);
  const { busy, problem, run } = useAction();
  const [tried, setTried] = useState(false);
  const { answer: sum } = summary;
  if (sum === undefined) {
    if (summary.problem === undefined) return <Skeleton words="Loading the connection …" />;
    return <NotLoadedPage code={summary.problem.code} onRetry={summary.reload} />;
  }
  const ask = (path: string): Promise<boolean> =>
    run(async () => {
      const answer = await call({ method: 'POST', path: `/app/v1/connection/${path}`, body: {} });
      const view = expectAnswer(answer, isConnection);
      connection.put(() => view);
      summary.reload();
    });
  const check = () =>
    run(async () => {
      const answer = await call({ method: 'POST', path: '/app/v1/ledger/check', body: { repair: false } });
      const view = expectAnswer(answer, isCheck);
      checked.put(() => view);
    });
  const openRow = ({ artefact, id }: Pick<LedgerRow, 'artefact' | 'id'>) => open({ name: 'row', artefact, id });
  const list = (choice: LedgerChoice) => {
    setFind('');
    open({ name: 'ledger', ...choice });
  };
  const views = [summary, connection, merges, checked];
  const stale = views.some(
    ({ problem: trouble }) => trouble !== undefined && trouble.code !== 'session-expired' && trouble.code !== 'offline',
  );
  return (
    <PageFrame>
      <h1 tabIndex={-1}>Connection to {session.tenant.name}</h1>
      <p className="headline">{needSentence(sum.open, oldestOf(sum), merges.answer?.held)}</p>
      {stale ? (
        <Notice tone="care" title="This may not be the newest">
          <button
            type="button"
            className="secondary"
            onClick={() => {
              for (const view of views) view.reload();
            }}
          >
            Try again
          </button>
        </Notice>
      ) : null}
      <ProblemNotice problem={problem} />
      {tried ? (
        <Notice tone="good" live="status">
          <p>The refusals are forgotten; what is sent next is tried in its best form again.</p>
        </Notice>
      ) : null}
      <ul className="state-counts" aria-label="Ledger rows by state">
        {states.map((state) => (
          <li key={state}>
            <button type="button" className="state-count" onClick={() => list({ state })}>
              <strong>{sum.counts[state]}</strong> {state}
            </button>
          </li>
        ))}
      </ul>
      <div className="at-a-glance">
        <EhrCard
          connection={connection.answer}
          problem={connection.problem !== undefined}
          busy={busy}
          onAsk={() => void ask('ask-again')}
        />
        <LandsCard connection={connection.answer} />
      </div>
      <DecisionSection summary={sum} onOpen={openRow} onList={list} />
      {merges.answer === undefined ? null : (
        <MergeSection
          merges={merges.answer}
          mayDecide={mayDecide}
          onDecided={(view) => {
            merges.put(() => view);
            summary.reload();
            checked.reload();
          }}
        />
      )}
      {checked.answer === undefined ? null : (
        <checkSection.Part
          view={checked.answer}
          mayDecide={mayDecide}
          busy={busy || expired}
          onCheck={() => void check()}
          onReload={checked.reload}
          onOpen={openRow}
          onStarted={(view) => checked.put(() => view)}
        />
      )}
      <WaitingSection summary={sum} onList={list} />
      {connection.answer?.landings === undefined ? null : <LandingSection landings={connection.answer.landings} />}
      <CorrectionSection
        corrections={connection.answer?.corrections ?? []}
        place={place}
        busy={busy || expired}
        onTryAgain={mayDecide ? () => void ask('try-again').then(setTried) : undefined}
      />
    </PageFrame>
  );
}

/** How long the one has stood that needs a person or waits the longest. */
function oldestOf({ undecided, waiting, now }: SummaryView): string | undefined {
  const since = [...undecided.map(sinceOf), ...waiting.map((waitingView) => waitingView.since)].sort()[0];
  return since === undefined ? undefined : ageWords(since, now);
}
