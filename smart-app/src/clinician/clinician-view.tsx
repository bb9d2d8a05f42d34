import { useEffect, useMemo, useState } from 'react';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import type { PatientName } from '../../../src/contract/app/session.ts';
import { AppHeader } from '../parts/app-header.tsx';
import { fetchAhead, lazyPart } from '../parts/lazy-part.tsx';
import { NotLoadedPage } from '../parts/not-loaded-page.tsx';
import { PartMissing } from '../parts/part-missing.tsx';
import { SafetyNews } from '../parts/safety-news.tsx';
import { SessionNotices } from '../parts/session-notices.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { StandingNotices } from '../parts/standing-notice.tsx';
import { Notice } from '../parts/tone.tsx';
import { inOrder, isRunning } from '../plan/steps.ts';
import { useAppSession } from '../session/app-session.tsx';
import { usePageOf } from '../session/use-page-of.ts';
import { usePatientHomework } from '../session/use-patient-homework.ts';
import { type Place, placeOf, writeBirthDate } from '../words/dates.ts';
import { staffNotices } from '../words/patient-standing-words.ts';
import { isSameClock } from '../words/same-clock.ts';
import { careSheets, opensByRule, raiseSheet } from './care-sheets.ts';
import { sinceDate } from './choose-period.tsx';
import {
  ClinicianContext,
  type ClinicianPageName,
  type ClinicianPages,
  firstPage,
  isClinicianPageName,
} from './clinician-context.ts';
import { ClinicianTabs } from './clinician-tabs.tsx';
import { ProvideNames, useNames } from './people.ts';
import { PeriodProvider } from './period-context.tsx';
import { PrintHead } from './print-head.tsx';
import { RaiseSafety } from './raise-safety.tsx';
import { newSignals, SafetyBanner } from './safety-banner.tsx';
import { SincePage, whatChanged } from './since-page.tsx';
import { UndoPlace } from './undo-place.tsx';
import '../styles/clinician.css';
import '../styles/forms.css';

// what the two minutes before the visit begin with is the first page; the others are fetched right after it, so that they
// are there when they are wanted
// the first page is about all plans
const planChoice = lazyPart(async () => (await import('./plan-choice.tsx')).PlanChoice, PartMissing);
const planPage = lazyPart(async () => (await import('./plan-page.tsx')).PlanPage);
const logsPage = lazyPart(async () => (await import('./logs-page.tsx')).LogsPage);
const messagesPage = lazyPart(async () => (await import('./messages-page.tsx')).MessagesPage);
const chartPage = lazyPart(async () => (await import('./chart-page.tsx')).ChartPage);
const assignPage = lazyPart(async () => (await import('./assign-page.tsx')).AssignPage);
const readOnly = lazyPart(async () => (await import('./read-only.tsx')).ReadOnly, PartMissing);
const noPlan = lazyPart(async () => (await import('./no-plan.tsx')).NoPlan);
const paperLogPage = lazyPart(async () => (await import('./paper-log-page.tsx')).PaperLogPage);

// most plans are in the clinic's time
const zoneNote = lazyPart(
  async () => (await import('../parts/zone-note.tsx')).ZoneNote,
  () => null,
);

interface ClinicianViewProps {
  /** Back to the list that the patient was opened from; absent when the EHR opened this patient. */
  readonly onBack?: () => void;
  /** The plan that is shown first; absent: the first one. */
  readonly planId?: string | undefined;
}

/** The clinician's view of one patient, with two minutes before the visit in mind. */
export default function ClinicianView({ onBack, planId }: ClinicianViewProps) {
  const { session } = useAppSession();
  const { homework, problem, reload, change } = usePatientHomework();
  const [open, setOpen] = usePageOf(firstPage, isClinicianPageName);
  const [chosen, setChosen] = useState(planId);
  const plans = useMemo(() => inOrder(homework?.plans ?? []), [homework]);
  const view = plans.find(({ plan }) => plan.id === chosen) ?? plans[0];
  const names = useNames(plans, homework?.safety?.closed);
  const place = placeOf(view ?? { plan: session.tenant });
  // not by sign-in or connection: a form that is being written must not vanish when these end
  const merged = homework?.standing?.state === 'merged';
  const mayWrite = session.canWrite && session.role === 'clinician' && !merged;
  // a plan that is being assigned will be in the clinic’s time
  const shown = open.name === 'since' ? plans : open.name === 'assign' || view === undefined ? [] : [view];
  const than = session.tenant.timeZone;
  const pages = useMemo(() => {
    if (homework === undefined || view === undefined) return undefined;
    const forPlan = (of: PlanView): ClinicianPages => ({
      ...{
        homework,
        plans,
        view: of,
        place: placeOf(of),
        mayChange: mayWrite && isRunning(of),
        mayWrite,
        change,
        forPlan,
      },
      open: (page) => {
        setChosen(of.plan.id);
        setOpen(page);
      },
    });
    return forPlan(view);
  }, [homework, plans, view, mayWrite, change, setOpen]);
  // it comes while the homework does
  useEffect(() => fetchAhead([opensByRule]), []);
  useEffect(() => {
    if (homework === undefined) return;
    fetchAhead([whatChanged]);
    fetchAhead([
      planChoice,
      planPage,
      logsPage,
      messagesPage,
      chartPage,
      raiseSheet,
      sinceDate,
      ...(mayWrite ? [assignPage, paperLogPage, ...careSheets] : []),
    ]);
  }, [mayWrite, homework]);
  if (homework === undefined) {
    if (problem === undefined) return <Skeleton words="Loading the homework …" />;
    return <NotLoadedPage code={problem.code} onRetry={reload} />;
  }
  return (
    <>
      <AppHeader>
        {onBack === undefined ? null : (
          <div>
            <button type="button" className="plain back" onClick={onBack}>
              <span aria-hidden="true">‹ </span>Back to the list
            </button>
          </div>
        )}
        {session.needPatientBanner || onBack !== undefined ? (
          <PatientBanner patient={homework.patient} place={place} />
        ) : null}
        {pages === undefined ? null : <ClinicianTabs plans={plans} open={open} onOpen={setOpen} />}
      </AppHeader>
      <main className="clinician">
        <PrintHead patient={homework.patient} place={place} page={open.name} clinic={session.tenant.name} />
        <SafetyNews known={homework.safety?.open} cameSince={newSignals} at="#safety" />
        <SafetyBanner
          homework={homework}
          place={place}
          mayClose={mayWrite}
          change={change}
          onLog={(planId, logId) => {
            setChosen(planId);
            setOpen({ name: 'logs', logId });
          }}
        />
        <SessionNotices />
        {mayWrite ? <UndoPlace homework={homework} change={change} page={open.name} /> : null}
        <StandingNotices notices={staffNotices(homework.standing, place)} />
        {mayWrite || merged ? null : <readOnly.Part isClinician={session.role === 'clinician'} />}
        {problem !== undefined && problem.code !== 'session-expired' && problem.code !== 'offline' ? (
          <Notice tone="care" title="This may not be the newest">
            <p>The page could not be brought up to date just now.</p>
            <button type="button" className="secondary" onClick={reload}>
              Try again
            </button>
          </Notice>
        ) : null}
        {plans.length > 1 && open.name !== 'assign' && open.name !== 'since' ? (
          <planChoice.Part plans={plans} chosen={view?.plan.id} onChoose={setChosen} />
        ) : null}
        {shown.every(({ plan }) => isSameClock(plan.timeZone, than, homework.now)) ? null : (
          <zoneNote.Part plans={shown} than={than} whose="the clinic’s" now={homework.now} />
        )}
        {open.name === 'assign' ? (
          <assignPage.Part
            homework={homework}
            place={placeOf({ plan: session.tenant })}
            change={change}
            onDone={(planId) => {
              if (planId !== undefined) setChosen(planId);
              setOpen(planId === undefined ? { name: 'plan' } : { name: 'plan', assigned: planId });
            }}
          />
        ) : pages === undefined ? (
          <noPlan.Part homework={homework} mayWrite={mayWrite} onAssign={() => setOpen({ name: 'assign' })} />
        ) : (
          <PeriodProvider patientId={homework.patient.id}>
            <ClinicianContext value={pages}>
              <ProvideNames value={names}>
                <Page open={open} />
              </ProvideNames>
            </ClinicianContext>
          </PeriodProvider>
        )}
        {homework.safety === undefined || plans.length === 0 || homework.standing?.deceased ? null : (
          <RaiseSafety patientId={homework.patient.id} change={change} />
        )}
      </main>
    </>
  );
}

function Page({ open }: { readonly open: Exclude<ClinicianPageName, { name: 'assign' }> }) {
  switch (open.name) {
    case 'since':
      return <SincePage />;
    case 'plan':
      return <planPage.Part assigned={open.assigned} />;
    case 'logs':
      return <logsPage.Part key={open.logId ?? ''} page={open} />;
    case 'messages':
      return <messagesPage.Part />;
    case 'chart':
      return <chartPage.Part />;
    case 'paper':
      return <paperLogPage.Part key={open.assignmentId} assignmentId={open.assignmentId} />;
  }
}

function PatientBanner({ patient, place }: { readonly patient: PatientName; readonly place: Place }) {
  return (
    <p className="patient-banner">
      <strong dir="auto">{patient.name}</strong>
      {patient.birthDate === undefined ? null : <span>born {writeBirthDate(patient.birthDate, place)}</span>}
    </p>
  );
}
