import type { ReactNode } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FiledNotes } from '../../smart-app/src/clinician/filed-notes.tsx';
import { LogsPage } from '../../smart-app/src/clinician/logs-page.tsx';
import { MessagesPage } from '../../smart-app/src/clinician/messages-page.tsx';
import { PlanPage } from '../../smart-app/src/clinician/plan-page.tsx';
import { SafetyBanner } from '../../smart-app/src/clinician/safety-banner.tsx';
import { loggedNotDone, logList, SincePage } from '../../smart-app/src/clinician/since-page.tsx';
import { DonePage } from '../../smart-app/src/patient/done-page.tsx';
import { MessagesPage as PatientMessages } from '../../smart-app/src/patient/messages-page.tsx';
import type { PatientHomework } from '../../src/contract/app/patient-homework.ts';
import type { PlanView, Told } from '../../src/contract/app/plan-view.ts';
import type { SafetyView } from '../../src/contract/app/safety.ts';
import type { PlanState } from '../../src/homework/model.ts';
import { everyVersion } from '../kinds/current-of.ts';
import { homeworkOf } from './homework-of.ts';
import { now, okafor, PagesAround, place } from './pages-around.tsx';
import { readFixture } from './read-fixture.ts';
import { type Rendered, render } from './render.tsx';
import { showPlan } from './show-plan.ts';

const words = 'as told by Homework product (demo)';
const told = (person: string): Required<Told> => ({
  reportedBy: { person, source: { clientId: 'product', name: 'Homework product (demo)' } },
});
const state = readFixture<PlanState>('sarah-at-the-visit');
const shown = showPlan(state, { now, reader: 'clinician', ledger: [] });
const step = first(shown.assignments);
const written = first(shown.logs);

function first<T>(list: readonly T[]): T {
  const [sole] = list;
  if (sole === undefined) throw new Error('Sarah has steps and logs');
  return sole;
}

/** Sarah's plan with one thing of each sort, as people made it in the app or as a source system told it. */
function viewOf(by: Told, source: PlanView['logs'][number]['source']): PlanView {
  const { plan } = shown;
  const of = { planId: plan.id, patientId: plan.patientId };
  return {
    ...shown,
    assignments: shown.assignments.map((assignment) =>
      assignment.key === '4c'
        ? {
            ...{
              ...assignment,
              status: 'cancelled',
              businessStatus: 'withdrawn',
              statusReason: { text: 'Too much at once' },
            },
            ...(by.reportedBy === undefined
              ? {}
              : { reportedMove: { event: 'withdraw', at: now, reportedBy: by.reportedBy } }),
          }
        : assignment,
    ),
    logs: [{ ...written, source, ...by }],
    barriers: [{ ...of, id: 'b', code: 'fear', saidBy: okafor, recordedAt: now, assignmentId: step.id, ...by }],
    feedback: [{ ...of, id: 'f', author: okafor, text: 'Well done', sentAt: now, assignmentId: step.id, ...by }],
    reports: [
      {
        ...{ ...of, id: 'r', version: 1, from: plan.createdAt, to: now, createdAt: now, author: okafor },
        ...{ text: 'A note', members: [], ...by },
      },
    ],
  };
}

function safetyOf(by: Told): SafetyView {
  const { id: planId, patientId } = shown.plan;
  return {
    open: [
      {
        ...{ id: 's', patientId, planId, rule: 'other-concern', words: 'Concern', ordinal: 1, version: 1 },
        ...{ status: 'open', raisedAt: now },
        evidence: [{ at: now, by: { type: 'person', reference: okafor }, ...by }],
      },
    ],
  };
}

function pageOf(view: PlanView, safety: SafetyView): PatientHomework {
  const questionnaires = Object.fromEntries(
    everyVersion.map(({ canonical, questionnaire }) => [canonical, questionnaire]),
  );
  return homeworkOf([view], { now, safety, questionnaires });
}

beforeAll(() => Promise.all([logList.fetch(), loggedNotDone.fetch()]));

let rendered: Rendered | undefined;
afterEach(() => rendered?.leave());

function textOf(part: ReactNode, view: PlanView, safety: SafetyView): string {
  const homework = pageOf(view, safety);
  rendered = render(
    <PagesAround homework={homework} view={view}>
      {part}
    </PagesAround>,
  );
  return (rendered.box.textContent ?? '').replace(/\s+/g, ' ');
}

const practitioner = { type: 'practitioner', reference: 'Practitioner/17' } as const;
const banner = (view: PlanView, safety: SafetyView) => (
  <SafetyBanner
    {...{ homework: pageOf(view, safety), place, mayClose: true }}
    change={async () => undefined}
    onLog={() => undefined}
  />
);

const places: readonly [string, (view: PlanView, safety: SafetyView) => ReactNode, string][] = [
  ['the logs', () => <LogsPage />, 'written down by a clinician, '],
  ['what needs care', () => <SincePage />, 'Noted by a clinician, '],
  ['the plan’s barriers', () => <PlanPage />, 'fear, '],
  ['the plan’s moves', () => <PlanPage />, 'Too much at once, '],
  ['the clinician’s messages', () => <MessagesPage />, 'Clinician, '],
  ['the patient’s messages', () => <PatientMessages />, 'Your clinician, '],
  ['what the patient has done', () => <DonePage />, 'written down by a clinician, '],
  ['notes that were filed', () => <FiledNotes />, 'draft, '],
  ['a safety signal', banner, 'reported by the care team, '],
];

describe('whom a source system names', () => {
  it.each(places)('stands with that system’s name beside them: in %s', (_where, part, before) => {
    const [view, safety] = [viewOf(told(okafor), practitioner), safetyOf(told(okafor))];
    const text = textOf(part(view, safety), view, safety);
    expect(text.toLowerCase()).toContain(`${before}${words}`.toLowerCase());
    // whom a system names is never shown as who entered something here
    expect(text).not.toMatch(/entered by your clinician|entered from paper by a clinician/);
  });

  it.each(places)('and what people did in the app has no other name: in %s', (_where, part) => {
    const [view, safety] = [viewOf({}, practitioner), safetyOf({})];
    const text = textOf(part(view, safety), view, safety);
    expect(text).not.toContain('told by');
    expect(text.length).toBeGreaterThan(40);
  });

  it('also the patient, whose log it told, on both sides', () => {
    const view = viewOf(told('patient'), { type: 'patient' });
    expect(textOf(<LogsPage />, view, safetyOf({}))).toContain('told by Homework product (demo)');
    rendered?.leave();
    expect(textOf(<DonePage />, view, safetyOf({}))).toContain('· told by Homework product (demo)');
  });

  it('and nothing says that only the patient can read what a system sent', () => {
    for (const by of [told('patient'), {}] as Told[]) {
      const view = viewOf(by, { type: 'patient' });
      const logs = view.logs.map((log) => ({ ...log, withheld: Object.keys(log.answers) }));
      const text = textOf(<DonePage />, { ...view, logs }, safetyOf({}));
      const sent = by.reportedBy !== undefined;
      expect([sent, text.includes('Only you can read it')]).toEqual([sent, !sent]);
      expect([sent, text.includes('Your clinic cannot read it')]).toEqual([sent, sent]);
      rendered?.leave();
    }
  });

  it('and a system that speaks for itself goes by its name', () => {
    const source = { clientId: 'product', name: 'Homework product (demo)' };
    const { open } = safetyOf({});
    const safety = {
      open: open.map((safetySignalView) => ({
        ...safetySignalView,
        evidence: [{ at: now, by: { type: 'system', clientId: 'product' } as const, reportedBy: { source } }],
      })),
    };
    const view = viewOf({}, { type: 'patient' });
    expect(textOf(banner(view, safety), view, safety)).toContain('reported by Homework product (demo)');
  });
});
