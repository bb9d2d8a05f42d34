import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { RosterPage, RosterRow } from '../../../src/contract/app/roster.ts';
import type { PatientName } from '../../../src/contract/app/session.ts';
import { type WorklistFilter, worklistFilters } from '../../../src/homework/plan/worklist-filter.ts';
import { AppHeader } from '../parts/app-header.tsx';
import { ProblemNotice } from '../parts/form-end.tsx';
import { NotLoadedPage } from '../parts/not-loaded-page.tsx';
import { SessionNotices } from '../parts/session-notices.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { Notice } from '../parts/tone.tsx';
import { expectAnswer, record, shaped } from '../service/answer-shape.ts';
import { problemOf } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';
import { ContactSheet } from './contact-sheet.tsx';
import { EmptyList, isWhole, NotShown } from './not-shown.tsx';
import { pageFor } from './open-at.ts';
import { RosterTable } from './roster-table.tsx';
import { filterWords, type RosterSort, sorts, totalWords } from './roster-words.ts';
import { SafetyFirst } from './safety-first.tsx';
import { useContacts } from './use-contacts.ts';
import { useNextVisits } from './use-next-visits.ts';
import { useRoster } from './use-roster.ts';
import '../styles/coordinator.css';

const isOpened = shaped<{ readonly patient: PatientName }>({ patient: record });

const ClinicianView = lazy(() => import('../clinician/clinician-view.tsx'));

/** The coordinator's list across patients: who needs a call, and why; each opened only with a successful read. */
export default function CoordinatorView() {
  const { session, call, expired } = useAppSession();
  const [filter, setFilter] = useState<WorklistFilter | ''>('');
  const [q, setQ] = useState('');
  const [sort, setSort] = useState<RosterSort>('urgency');
  const { roster, problem, loading, reload, more } = useRoster({ filter, q, sort });
  const visits = useNextVisits(roster?.rows);
  const [contacting, setContacting] = useState<RosterRow>();
  const { said, say, undo, putBack, busy, problem: refusedAct } = useContacts(reload);
  const [opened, setOpened] = useState<{ readonly patientId: string; readonly planId: string | undefined }>();
  const [refused, setRefused] = useState<string>();
  const cameFrom = useRef<string>(undefined);
  const openPatient = useCallback(
    async ({ patientId, reasons }: RosterRow): Promise<void> => {
      setRefused(undefined);
      try {
        expectAnswer(await call({ method: 'POST', path: '/app/v1/open-patient', body: { patientId } }), isOpened);
        // the patient’s pages begin where the browser’s history says
        history.replaceState(pageFor(reasons[0]), '');
        cameFrom.current = patientId;
        setOpened({ patientId, planId: reasons.find(({ planId }) => planId !== undefined)?.planId });
      } catch (error) {
        const { status, code } = problemOf(error);
        if (code === 'patient-merged')
          setRefused('The EHR has merged this record into another. Your integration team has to confirm that first.');
        else if (status === 403 || status === 404) {
          setRefused('The EHR does not let you open this chart.');
          // the row offers it no more
          reload();
        } else if (code !== 'session-expired') setRefused('The chart could not be opened just now. Please try again.');
      }
    },
    [call, reload],
  );
  const back = useCallback(() => {
    history.replaceState(null, '');
    setOpened(undefined);
    reload();
  }, [reload]);
  useEffect(() => {
    if (opened !== undefined || cameFrom.current === undefined) return;
    const row = document.getElementById(`open-${cameFrom.current}`);
    cameFrom.current = undefined;
    (row ?? document.querySelector<HTMLElement>('main h1'))?.focus();
  }, [opened]);
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
  const chosen = filter !== '' || q !== '';
  const place = { language: session.tenant.language, timeZone: session.tenant.timeZone };
  return (
    <>
      <AppHeader />
      <main className="coordinator">
        <SessionNotices />
        <h1 tabIndex={-1}>Who needs a call</h1>
        <p className="lead">Patients with homework, and what stands in the way of it.</p>
        <search className="roster-tools">
          <fieldset className="filters">
            <legend>Show</legend>
            <FilterButton words="All" chosen={filter === ''} onChoose={() => setFilter('')} />
            {shownFilters(roster, filter).map((rosterFilter) => (
              <FilterButton
                key={rosterFilter}
                words={filterWords[rosterFilter]}
                count={roster.counts[rosterFilter] ?? 0}
                atLeast={roster.countsAtLeast === true}
                chosen={filter === rosterFilter}
                onChoose={() => setFilter(rosterFilter)}
              />
            ))}
          </fieldset>
          <div className="search-row">
            <div>
              <label htmlFor="roster-search">Search by name or plan</label>
              <input
                id="roster-search"
                type="search"
                autoComplete="off"
                value={q}
                onChange={(event) => setQ(event.currentTarget.value)}
              />
            </div>
            <div>
              <label htmlFor="roster-sort">Order</label>
              <select
                id="roster-sort"
                value={sort}
                onChange={(event) =>
                  setSort(sorts.find(({ code }) => code === event.currentTarget.value)?.code ?? 'urgency')
                }
              >
                {sorts.map(({ code, words }) => (
                  <option key={code} value={code}>
                    {words}
                  </option>
                ))}
              </select>
            </div>
          </div>
        </search>
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
        <NotShown hidden={roster.hidden} unchecked={roster.unchecked === true} />
        {(roster.counts.safety ?? 0) === 0 ? null : <SafetyFirst route={roster.safetyRoute} />}
        {refused === undefined ? null : (
          <Notice tone="care" live="alert">
            <p>{refused}</p>
          </Notice>
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
        <ContactSheet
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

/** Those that somebody stands in, of a list that was looked at as a whole. */
function shownFilters({ counts, countsAtLeast }: RosterPage, chosen: WorklistFilter | ''): readonly WorklistFilter[] {
  return worklistFilters.filter((filter) => countsAtLeast === true || filter === chosen || (counts[filter] ?? 0) > 0);
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

/** None at all is only said when everybody was looked at. */
function countWords(count: number, atLeast: boolean): string {
  if (!atLeast) return String(count);
  return count === 0 ? '–' : `${count}+`;
}

interface FilterButtonProps {
  readonly words: string;
  readonly count?: number;
  /** There may be more, who were not looked at yet. */
  readonly atLeast?: boolean;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function FilterButton({ words, count, atLeast = false, chosen, onChoose }: FilterButtonProps) {
  return (
    <button type="button" className="filter" aria-pressed={chosen} onClick={onChoose}>
      {words}
      {count === undefined ? null : <span className="count">{countWords(count, atLeast)}</span>}
    </button>
  );
}
