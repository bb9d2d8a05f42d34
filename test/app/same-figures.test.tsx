import type { Observation } from 'fhir/r4';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { drawnCharts } from '../../smart-app/src/clinician/drawn-charts.ts';
import { MeasureCharts } from '../../smart-app/src/clinician/measure-charts.tsx';
import { PlanPage } from '../../smart-app/src/clinician/plan-page.tsx';
import { loggedNotDone, logList, SincePage } from '../../smart-app/src/clinician/since-page.tsx';
import { ThanksPage } from '../../smart-app/src/patient/thanks-page.tsx';
import { planPath, TodayPage } from '../../smart-app/src/patient/today-page.tsx';
import { finishedLogs } from '../../smart-app/src/plan/steps.ts';
import type { PatientHomework } from '../../src/contract/app/patient-homework.ts';
import { planViewShape } from '../../src/contract/plan-view.ts';
import { projectPlan } from '../../src/fhir/project-plan.ts';
import { isFinished } from '../../src/homework/log/log.ts';
import { type Measure, measuresOf, spanOf } from '../../src/homework/log/measures-of.ts';
import type { Adherence, Log, PlanState } from '../../src/homework/model.ts';
import { adherencesOf } from '../../src/homework/plan/adherence-of.ts';
import { attentionOf } from '../../src/homework/plan/attention-of.ts';
import { reportContent } from '../../src/homework/report/report-content.ts';
import { reportText } from '../../src/homework/report/report-text.ts';
import { planView } from '../../src/http/api/plan-view.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { maskLog } from '../../src/record/store/mask-log.ts';
import fc from '../fast-check.ts';
import { fromAdherenceObservation } from '../fhir/mapping/from-adherence-observation.ts';
import { testContext } from '../fhir/mapping/test-context.ts';
import { generatedPlan, now } from './generated-plans.ts';
import { homeworkOf } from './homework-of.ts';
import { PagesAround } from './pages-around.tsx';
import { type Rendered, render } from './render.tsx';
import { showPlan } from './show-plan.ts';

/** Every place in which a figure is shown, told or filed, of the same plans: each holds the one that the domain computes. */
const summaryOf = (questionnaire: Log['questionnaire']) => registeredKinds.version(questionnaire).summary;
const begin = '2026-02-01T00:00:00.000Z';
const flat = (text: string | null | undefined) => (text ?? '').replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ');

beforeAll(() => Promise.all([logList.fetch(), loggedNotDone.fetch()]));

let rendered: Rendered | undefined;
afterEach(() => rendered?.leave());

function pageOf(states: readonly PlanState[], reader: 'clinician' | 'patient'): PatientHomework {
  const plans = states.map((state) => showPlan(state, { now, reader, ledger: [] }));
  return homeworkOf(plans, { now, safety: { open: [] } });
}

function page(homework: PatientHomework, at: number, what: React.ReactNode): HTMLElement {
  const view = homework.plans[at];
  if (view === undefined) throw new Error('no plan');
  rendered?.leave();
  rendered = render(
    <PagesAround homework={homework} view={view}>
      {what}
    </PagesAround>,
  );
  return rendered.box;
}

/** `[done, due, percentage]` in a text, by the words around them. */
function figures(text: string, words: RegExp): readonly (readonly [number, number, number | undefined])[] {
  return [...text.matchAll(words)].map(([, done, due, percent]) => [
    Number(done),
    Number(due),
    percent === undefined ? undefined : Number(percent),
  ]);
}
const beside = ({ counts, percent }: Adherence) => (counts.due < 20 ? undefined : percent);

function checkAdherence(states: readonly PlanState[]): void {
  const clinician = pageOf(states, 'clinician');
  const patient = pageOf(states, 'patient');
  const since = flat(page(clinician, 0, <SincePage />).textContent);
  const wholes = states.map((state) => adherencesOf(state, now));
  const due = wholes.flatMap(([whole]) => (whole !== undefined && whole.counts.due > 0 ? [whole] : []));
  // the first page, of all plans; a percentage beside many only
  const told = figures(since, /Done of (?:the plan|“[^”]*”): (\d+) of (\d+)(?: \(([\d.]+) %\))? that w(?:as|ere) due/g);
  expect(told).toEqual(due.map((whole) => [whole.counts.done, whole.counts.due, beside(whole)]));
  for (const [at, state] of states.entries()) {
    const [whole, ...steps] = wholes[at] ?? [];
    if (whole === undefined) throw new Error('the plan is counted');
    const { counts, percent } = whole;
    const none = counts.due === 0;
    expect(percent === undefined).toBe(none);
    const ofPlan = none ? [] : [[counts.done, counts.due, undefined]];
    const ofPatient = counts.done === 0 ? [] : ofPlan;
    // the plan's page
    const plan = flat(page(clinician, at, <PlanPage />).textContent);
    expect(figures(plan, /done (\d+) of (\d+)(?: \(([\d.]+) %\))? that w(?:as|ere) due so far/g)).toEqual(
      none ? [] : [[counts.done, counts.due, beside(whole)]],
    );
    // the patient's pages
    const today = flat(page({ ...patient, plans: patient.plans.slice(at, at + 1) }, 0, <TodayPage />).textContent);
    expect(figures(today, /You have done (\d+) of (\d+) so far/g)).toEqual(ofPatient);
    const { id = '' } = state.assignments[0] ?? {};
    const thanks = flat(page(patient, at, <ThanksPage assignmentId={id} logId="none" />).textContent);
    expect(figures(thanks, /You have now done (\d+) of the (\d+) that were due so far/g)).toEqual(
      counts.done === counts.due ? [] : ofPatient,
    );
    expect(thanks.includes('You have done everything that was due so far')).toBe(
      counts.done > 0 && counts.done === counts.due,
    );
    // the answers of app and API
    for (const { plans } of [clinician, patient]) {
      const answered = plans[at]?.adherence.map(({ assignmentId, ...of }) => [assignmentId, of]);
      expect(answered).toEqual([whole, ...steps].map((of) => [of.assignmentId, inBrief(of)]));
    }
    const { openSafetySignals: _open, deceased: _known, ...rest } = state;
    const view = { ...rest, logs: rest.logs.map(maskLog), version: 1, updatedAt: now, ledger: [] };
    const { adherence } = planView({ ...view, adherences: [whole, ...steps] }, undefined, { sources: [] });
    expect(planViewShape.shape.adherence.parse(adherence)).toEqual({ plan: whole, assignments: steps });
    // FHIR: of the plan and of each step
    const observations = projectPlan(undefined, state, { ...testContext, adherences: [whole, ...steps] })
      .filter(({ artefact }) => artefact === 'adherence')
      .map(({ resource }) => resource as Observation);
    expect(observations.map(fromAdherenceObservation)).toEqual([whole, ...steps]);
    expect(figures(observations[0]?.text?.div ?? '', /(\d+) of (\d+) that were due so far \(([\d.]+) %\)/g)).toEqual(
      none ? [] : [[counts.done, counts.due, percent]],
    );
    // the note, over the whole time of the plan
    const note = flat(reportText(reportContent(state, reportOptions)));
    expect(figures(note, /^Homework between visits: (\d+) of (\d+) done \(([\d.]+) %\)/g)).toEqual(
      none ? [] : [[counts.done, counts.due, percent]],
    );
    // the coordinator's list
    expect(attentionOf(state, now).adherencePercent).toBe(percent);
  }
}

const reportOptions = { from: begin, to: now, members: [], summaryOf, kindTitle: (slug: string) => slug };
const inBrief = ({ counts, percent, onTimePercent }: Adherence) => ({
  counts,
  ...(percent === undefined ? {} : { percent, onTimePercent }),
});

/** The measures of a plan over its whole time, from what the patient shares. */
function measuresIn({ logs }: PlanState): readonly Measure[] {
  const finished = logs.filter(isFinished).toSorted((a, b) => a.performedAt.localeCompare(b.performedAt));
  return measuresOf(finished, summaryOf);
}

/** What the note says beside the figures: which ratings of before and after they are, or that there is one. */
function whichRatings({ readings }: Measure): string {
  const [first, last] = [readings[0]?.moment, readings.at(-1)?.moment];
  const moments = readings.some(({ moment }) => moment === 'before');
  if (readings.length === 1) return moments ? ` (rated once, ${first})` : ' (rated once)';
  if (!moments) return '';
  return first === last ? ` (both rated ${first})` : ` (first rated ${first}, last ${last})`;
}

let charted = 0;
function checkMeasures(state: PlanState): void {
  const measures = measuresIn(state);
  const homework = pageOf([state], 'clinician');
  const [view] = homework.plans;
  if (view === undefined) throw new Error('no plan');
  const charts = [{ view, logs: finishedLogs(view) }];
  const box = page(homework, 0, <MeasureCharts of={charts} charts={drawnCharts(homework, charts)} />);
  const drawn = [...box.querySelectorAll('figure.time-chart figcaption')].map((caption) => flat(caption.textContent));
  charted += drawn.length;
  for (const caption of drawn) {
    const measure = measures.find(({ label }) => caption.startsWith(label));
    if (measure === undefined) throw new Error(`no measure is drawn as ${caption}`);
    const { first, last, count } = spanOf(measure);
    expect([caption, count > 1 ? numbersIn(caption, measure.label).slice(0, 2) : []]).toEqual([
      caption,
      count > 1 ? [first, last] : [],
    ]);
  }
  const note = reportContent(state, reportOptions);
  const change = note.sections.find(({ title }) => title === 'Change')?.entries[0]?.lines ?? [];
  expect(change).toEqual(
    measures.map((measure) => {
      const { first, last, count } = spanOf(measure);
      const line = count === 1 ? `${first}` : `${first} to ${last}`;
      return `${measure.label} ${line} ${measure.unit}`.trimEnd() + whichRatings(measure);
    }),
  );
  // FHIR: each reading is an Observation of its log with that value
  const observations = projectPlan(undefined, state, testContext)
    .filter(({ artefact }) => artefact === 'measure')
    .map(({ resource }) => resource as Observation);
  for (const { readings } of measures)
    for (const { logId, value } of readings) {
      const values = observations
        .filter(({ identifier }) => identifier?.[0]?.value?.startsWith(`${logId}#`))
        .map(({ valueInteger, valueQuantity }) => valueInteger ?? valueQuantity?.value);
      expect(values).toContain(value);
    }
}

const numbersIn = (text: string, label: string) =>
  [...text.slice(label.length).matchAll(/\d+(?:\.\d+)?/g)].map(([number]) => Number(number));

const first = generatedPlan('5a7a1000', 'Speaking up');
const second = generatedPlan('5a7a2000', 'Sleeping through the night');

// what a page fetches after its first paint is there
beforeAll(() => planPath.fetch());

describe('the same plans have the same figures wherever they are shown', () => {
  it('adherence: screen, note, API, FHIR, of one plan', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(first, (state) => checkAdherence([state])),
      { numRuns: 25 },
    );
  });

  it('adherence: the same of two plans', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(first, second, (one, other) => checkAdherence([one, other])),
      { numRuns: 10 },
    );
  });

  it('measures: screen, note, FHIR', { timeout: 120_000 }, () => {
    charted = 0;
    fc.assert(fc.property(first, checkMeasures), { numRuns: 25 });
    expect(charted).toBeGreaterThan(10);
  });
});
