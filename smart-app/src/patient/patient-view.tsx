import { useEffect, useMemo } from 'react';
import { AppHeader } from '../parts/app-header.tsx';
import { fetchAhead, lazyPart } from '../parts/lazy-part.tsx';
import { NotLoadedPage } from '../parts/not-loaded-page.tsx';
import { SessionNotices } from '../parts/session-notices.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { Notice } from '../parts/tone.tsx';
import { unread } from '../plan/steps.ts';
import { useAppSession } from '../session/app-session.tsx';
import { usePageOf } from '../session/use-page-of.ts';
import { usePatientHomework } from '../session/use-patient-homework.ts';
import { CrisisCall } from './crisis-call.tsx';
import { NotSafe } from './not-safe.tsx';
import { PatientContext } from './patient-context.ts';
import { firstPage, isPatientPageName, type PatientPageName } from './patient-page.ts';
import { seriesCard, TodayPage } from './today-page.tsx';
import '../styles/forms.css';
import '../styles/patient.css';

// none of these is needed to see what is due; they are fetched right after, so that they are there when they are wanted
const stepPage = lazyPart(async () => (await import('./step-page.tsx')).StepPage);
const logPage = lazyPart(async () => (await import('./log-page.tsx')).LogPage);
const correctPage = lazyPart(async () => (await import('./correct-page.tsx')).CorrectPage);
const thanksPage = lazyPart(async () => (await import('./thanks-page.tsx')).ThanksPage);
const donePage = lazyPart(async () => (await import('./done-page.tsx')).DonePage);
const messagesPage = lazyPart(async () => (await import('./messages-page.tsx')).MessagesPage);
// most records have nothing of it
const ownStanding = lazyPart(
  async () => (await import('./own-standing.tsx')).OwnStanding,
  () => null,
);

/** The patient's own view, made for a phone: what is due, writing it down, and what the clinician says to it. */
export default function PatientView() {
  const { session } = useAppSession();
  const { homework, problem, reload, earlier, change } = usePatientHomework();
  const [open, setOpen] = usePageOf(firstPage, isPatientPageName);
  const language = homework?.plans[0]?.plan.language ?? session.tenant.language;
  const timeZone = homework?.plans[0]?.plan.timeZone ?? session.tenant.timeZone;
  const place = useMemo(() => ({ language, timeZone }), [language, timeZone]);
  const pages = useMemo(
    () => (homework === undefined ? undefined : { homework, place, open: setOpen, change, reload, earlier }),
    [homework, place, setOpen, change, reload, earlier],
  );
  const loaded = pages !== undefined;
  useEffect(() => fetchAhead([seriesCard]), []);
  useEffect(() => {
    if (loaded) fetchAhead([stepPage, logPage, thanksPage, correctPage, donePage, messagesPage]);
  }, [loaded]);
  if (pages === undefined) {
    if (problem === undefined) return <Skeleton words="Loading your homework …" />;
    return (
      <>
        <NotLoadedPage code={problem.code} onRetry={reload} />
        <CrisisBar />
      </>
    );
  }
  const toRead = pages.homework.plans.flatMap((plan) => unread(plan, 'patient')).length;
  return (
    <PatientContext value={pages}>
      <AppHeader>
        <nav className="tabs" aria-label="Pages">
          <Tab name="today" words="To do" open={open} onOpen={setOpen} />
          <Tab name="done" words="My notes" open={open} onOpen={setOpen} />
          <Tab name="messages" words="Messages" count={toRead} open={open} onOpen={setOpen} />
        </nav>
      </AppHeader>
      <main className="narrow patient">
        <SessionNotices />
        {pages.homework.standing === undefined ? null : <ownStanding.Part standing={pages.homework.standing} />}
        {session.canWrite ? null : (
          <Notice tone="quiet" title="You can read here, but not write">
            <p>
              Permission to write was not given when you signed in. Sign in again and allow it to log your homework.
            </p>
          </Notice>
        )}
        {problem !== undefined && problem.code !== 'session-expired' && problem.code !== 'offline' ? (
          <Notice tone="care" title="This may not be the newest">
            <p>The page could not be brought up to date just now.</p>
            <button type="button" className="secondary" onClick={reload}>
              Try again
            </button>
          </Notice>
        ) : null}
        <Page open={open} />
      </main>
      <CrisisBar />
    </PatientContext>
  );
}

function Page({ open }: { readonly open: PatientPageName }) {
  switch (open.name) {
    case 'today':
      return <TodayPage />;
    case 'done':
      return <donePage.Part />;
    case 'messages':
      return <messagesPage.Part />;
    case 'step':
      return <stepPage.Part key={open.assignmentId} assignmentId={open.assignmentId} />;
    case 'log':
      return <logPage.Part key={open.occurrenceId ?? open.assignmentId} {...open} />;
    case 'correct':
      return <correctPage.Part key={open.logId} logId={open.logId} />;
    case 'thanks':
      return <thanksPage.Part assignmentId={open.assignmentId} logId={open.logId} />;
  }
}

interface TabProps {
  readonly name: 'today' | 'done' | 'messages';
  readonly words: string;
  readonly count?: number;
  readonly open: PatientPageName;
  readonly onOpen: (page: PatientPageName) => void;
}

function Tab({ name, words, count = 0, open, onOpen }: TabProps) {
  const here =
    open.name === name ||
    (name === 'today' && ['step', 'log', 'thanks'].includes(open.name)) ||
    (name === 'done' && open.name === 'correct');
  return (
    <button type="button" className="tab" aria-current={here ? 'page' : undefined} onClick={() => onOpen({ name })}>
      {words}
      {count === 0 ? null : (
        <span className="count">
          {count}
          <span className="hidden-words"> not read yet</span>
        </span>
      )}
    </button>
  );
}

/** On every page: nobody watches this round the clock, and whom to call. */
function CrisisBar() {
  return (
    <footer className="crisis">
      <p>Not monitored round the clock. In a crisis, call:</p>
      <div className="crisis-line">
        <CrisisCall />
        <NotSafe />
      </div>
    </footer>
  );
}
