import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { RosterPage, RosterRow } from '../../../src/contract/app/roster.ts';
import type { WorklistFilter } from '../../../src/homework/plan/worklist-filter.ts';
import { AppHeader } from '../parts/app-header.tsx';
import { ProblemNotice } from '../parts/form-end.tsx';
import { fetchAhead, lazyPart } from '../parts/lazy-part.tsx';
import { NotLoadedPage } from '../parts/not-loaded-page.tsx';
import { PartMissing } from '../parts/part-missing.tsx';
import { SafetyNews } from '../parts/safety-news.tsx';
import { SessionNotices } from '../parts/session-notices.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { Notice } from '../parts/tone.tsx';
import { useAppSession } from '../session/app-session.tsx';
import { EmptyList, isWhole, NotShown } from './not-shown.tsx';
import { RosterTable } from './roster-table.tsx';
import { RosterTools } from './roster-tools.tsx';
import { type RosterSort, totalWords } from './roster-words.ts';
import { Refused } from './row-actions.tsx';
import { newInCrisis, SafetyFirst } from './safety-first.tsx';
import { useContacts } from './use-contacts.ts';
import { useNextVisits } from './use-next-visits.ts';
import { useOpenPatient } from './use-open-patient.ts';
import { useRoster } from './use-roster.ts';
import '../styles/coordinator.css';
import '../styles/roster-rows.css';

const ClinicianView = lazy(() => import('../clinician/clinician-view.tsx'));
const contactSheet = lazyPart(async () => (await import('./contact-sheet.tsx')).ContactSheet, PartMissing);

/** The coordinator's list across patients: who needs a call, and why; each opened only with a successful read. */
export default function CoordinatorView() {
  const { session, expired } = useAppSession();
  const [filter, setFilter] = useState<WorklistFilter | ''>('');
  const [q, setQ] = useState('');
  const [sort, setSort] = useState<RosterSort>('urgency');
  const away = useRef(false);
  const { roster, problem, loading, reload, more } = useRoster({ filter, q, sort }, away);
  const visits = useNextVisits(roster?.rows);
  const [contacting, setContacting] = useState<RosterRow>();
  const { said, say, undo, putBack, busy, problem: refusedAct } = useContacts(reload);
  useEffect(() => fetchAhead([contactSheet]), []);
  const { opened, opening, openPatient, back } = useOpenPatient(reload);
  // what is opened looks after itself, and the list is read anew behind it
  away.current = opened !== undefined;
  if (opened !== undefined) {
    return (
      <Suspense fallback={<Skeleton words="Opening the patient …" />}>
        <ClinicianView onBack={back} planId={opened.planId} />
      </Suspense>
    );
  }
  if (roster === undefined) {
    if (problem === undefined) return <Skeleton words="Loading the list …" />;
    return <NotLoadedPage code={problem.code === 'not-supported' ? 'no-roster' : problem.code} onRetry={reload} />;
  }
  const chosen = filter !== '' || q.trim() !== '';
  const place = { language: session.tenant.language, timeZone: session.tenant.timeZone };
  return (
    <>
      <AppHeader />
      <main className="coordinator">
        <SafetyNews known={roster} cameSince={newInCrisis} choice={`${filter} ${sort} ${q}`} at="table.roster" />
        <SessionNotices />
        <h1 tabIndex={-1}>Who needs a call</h1>
        <p className="lead">Patients with homework, and what stands in the way of it.</p>
        <RosterTools
          roster={roster}
          filter={filter}
          q={q}
          sort={sort}
          onFilter={setFilter}
          onSearch={setQ}
          onSort={setSort}
        />
        <p className="quiet" role="status">
          {loading ? 'Loading …' : listWords(roster, { chosen, more: more !== undefined })}
        </p>
        {roster.namesPartly === true ? <p className="quiet">{namesPartlyWords(q)}</p> : null}
        <div role="status">
          {said === undefined ? null : (
            <Notice tone="good">
              <p>
                {said.words}{' '}
                {undo === undefined ? null : (
                  <button type="button" className="plain small" disabled={busy || expired} onClick={() => void undo()}>
                    Undo
                  </button>
                )}
              </p>
            </Notice>
          )}
        </div>
        <ProblemNotice problem={refusedAct} />
        <SafetyFirst
          roster={roster}
          onShow={() => {
            setFilter('safety');
            setQ('');
          }}
        />
        <NotShown roster={roster} />
        {opening.refused === undefined ||
        roster.rows.some(({ patientId }) => patientId === opening.patientId) ? null : (
          <Refused words={opening.refused} takesFocus />
        )}
        {problem === undefined || expired || problem.code === 'offline' ? null : (
          <Notice tone="care" title="This may not be the newest">
            <button type="button" className="secondary" onClick={reload}>
              Try again
            </button>
          </Notice>
        )}
        {roster.rows.length === 0 && !loading ? (
          <EmptyList
            chosen={chosen}
            whole={more === undefined && isWhole(roster)}
            onClear={() => {
              setFilter('');
              setQ('');
            }}
          />
        ) : (
          <RosterTable
            rows={roster.rows}
            visits={visits}
            now={roster.now}
            place={place}
            busy={busy || expired}
            opening={opening}
            onOpen={(row) => void openPatient(row)}
            onContact={setContacting}
            onBack={(row) => void putBack(row)}
          />
        )}
        {more === undefined ? null : (
          <button type="button" className="secondary" disabled={loading} onClick={more}>
            Show more
          </button>
        )}
      </main>
      {contacting === undefined ? null : (
        <contactSheet.Part
          row={roster.rows.find(({ patientId }) => patientId === contacting.patientId) ?? contacting}
          now={roster.now}
          place={place}
          onClose={() => setContacting(undefined)}
          onOvertaken={reload}
          onNoted={(noted) => {
            setContacting(undefined);
            say(noted);
            reload();
          }}
        />
      )}
    </>
  );
}

/** How many there are and need somebody; of a choice, how many of them it shows. */
function listWords(
  { patients, inNeed, countsAtLeast, rows }: RosterPage,
  { chosen, more }: { readonly chosen: boolean; readonly more: boolean },
): string {
  const total = totalWords({ patients: patients.count, inNeed, atLeast: countsAtLeast === true });
  const shown = chosen ? `${rows.length}${more ? ' or more' : ''} here, of ` : '';
  return patients.count === 0 ? '' : `${shown}${total}`;
}

function namesPartlyWords(q: string): string {
  return q === ''
    ? 'There are too many patients to put all names in order: each page is in the order of its names. A search finds somebody sooner.'
    : 'There are too many patients to compare all their names here. Whom the EHR itself finds by these words is shown; try the name as it is written there.';
}
