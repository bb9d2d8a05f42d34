import { afterEach, expect, it } from 'vitest';
import { drawnCharts } from '../../smart-app/src/clinician/drawn-charts.ts';
import { MeasureCharts } from '../../smart-app/src/clinician/measure-charts.tsx';
import { finishedLogs } from '../../smart-app/src/plan/steps.ts';
import { readAnswers } from '../../src/fhir/answers/read-answers.ts';
import type { Goal } from '../../src/homework/model.ts';
import { currentOf } from '../kinds/current-of.ts';
import { homeworkOf } from './homework-of.ts';
import { PagesAround } from './pages-around.tsx';
import { type Rendered, render } from './render.tsx';
import { seriesNow } from './series-case.ts';
import { twoCards } from './two-cards.ts';

let shown: Rendered | undefined;
afterEach(() => shown?.leave());

type Given = Readonly<Record<string, unknown>>;

/** Monday was done late, Tuesday missed, Wednesday done: what is drawn of logs of this kind with these answers. */
function show(slug: string, monday: Given, wednesday: Given, goals: readonly Goal[] = []): void {
  const version = currentOf(slug);
  const card = (answers: Given) => ({
    ...{ questionnaire: version.canonical, answers },
    items: readAnswers(version.questionnaire, answers, { complete: false }),
  });
  const { view: made } = twoCards(card(monday), card(wednesday));
  const view = { ...made, plan: { ...made.plan, goals } };
  const questionnaires = { [version.canonical]: version.questionnaire };
  const homework = homeworkOf([], { now: seriesNow, questionnaires });
  const charted = [{ view, logs: finishedLogs(view) }];
  shown = render(
    <PagesAround homework={homework} view={view}>
      <MeasureCharts of={charted} charts={drawnCharts(homework, charted)} />
    </PagesAround>,
  );
}

/** The chart of this name, and how it is told to who does not see it. */
function chart(label: string): { readonly box: Element; readonly words: string; readonly table: readonly string[] } {
  const found = [...(shown?.box.querySelectorAll('.time-chart') ?? [])].find((figure) =>
    figure.querySelector('.chart-name')?.textContent?.startsWith(label),
  );
  if (found === undefined) throw new Error(`no chart of ${label}`);
  const table = [...found.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map(({ textContent }) => textContent).join(' | '),
  );
  return { box: found, words: found.querySelector('svg[role=img]')?.getAttribute('aria-label') ?? '', table };
}
const names = () => [...(shown?.box.querySelectorAll('.chart-name') ?? [])].map(({ textContent }) => textContent);
const texts = (box: Element, selector: string) =>
  [...box.querySelectorAll(selector)].map(({ textContent }) => textContent);

/** The answer to each question of an instrument that counts so many points. */
function each(slug: string, points: number): Given {
  const scored = currentOf(slug).scores?.[0]?.form?.points ?? {};
  return Object.fromEntries(
    Object.entries(scored).map(([linkId, codes]) => [
      linkId,
      { code: Object.entries(codes).find(([, counts]) => counts === points)?.[0] },
    ]),
  );
}

it('of a score it has its range, its bands by name and its cutoff, and says in words what became of it', () => {
  show('phq-9', each('phq-9', 2), each('phq-9', 1));
  const { box, words, table } = chart('PHQ-9');
  expect(texts(box, '.chart-unit')).toEqual(['of 27']);
  expect(texts(box, '.chart-y > span')).toEqual(['0', '27']);
  expect(texts(box, '.chart-band')).toEqual(['none or minimal', 'mild', 'moderate', 'moderately severe', 'severe']);
  // at the axis, by its value, so that no line of values runs through it
  expect(texts(box, '.chart-cutoff')).toEqual(['10']);
  expect(words).toContain('last: mild; fell by 9: more than error; now below the cutoff of 10; at least halved');
  expect(words).toContain('dotted: the cutoff, 10');
  expect(table.map((row) => row.split(' | ').at(-1))).toEqual(['18 (moderately severe)', '9 (mild)', 'missed']);
});

it('has below it, on its own axis, each time that it was to be done, which is told in words and in its table', () => {
  show('phq-9', each('phq-9', 2), each('phq-9', 1));
  const { box, words, table } = chart('PHQ-9');
  const times = [...box.querySelectorAll<HTMLElement>('.chart-times > span')];
  expect(times.map(({ className }) => className)).toEqual(['late', 'missed', 'done']);
  const dots = [...box.querySelectorAll<HTMLElement>('.chart-dot')].map(({ style }) => style.left);
  expect([times[0]?.style.left, times[2]?.style.left]).toEqual(dots);
  expect(words).toContain('below: done 2 of 3 times, 1 of them late');
  expect(table.at(-1)).toMatch(/^Tue, Mar 17.* \| missed$/);
  expect(shown?.box.textContent).toContain('a bar was done, half a bar late, a ring not');
});

it('shows what was planned next to what came, where the kind tells both', () => {
  show(
    'activity-pacing',
    { 'planned-minutes': 20, 'actual-minutes': 35 },
    { 'planned-minutes': 25, 'actual-minutes': 20 },
  );
  const { box, words, table } = chart('Activity done');
  expect(box.querySelectorAll('.chart-planned')).toHaveLength(2);
  expect(words).toContain('open square: Activity planned, reached 1 of 2 times; the last time 20 min of 25 min');
  expect(table.slice(0, 2).map((row) => row.split(' | ').slice(1))).toEqual([
    ['20 min', '35 min'],
    ['25 min', '20 min'],
  ]);
  // what nothing was planned of has no such mark
  expect(chart('Of the plan').box.querySelectorAll('.chart-planned')).toHaveLength(0);
});

it('has the use of skills right after the urges, each on its own scale and both on one axis of time', () => {
  show('diary-card', { 'urge-suicide': 3, 'skills-used': 2 }, { 'urge-suicide': 1, 'skills-used': 5 });
  expect(names().slice(-2)).toEqual(['Urges (0–5) suicide', 'Use of skills']);
  expect(texts(chart('Urges').box, '.chart-unit')).toEqual(['of 5']);
  expect(chart('Use of skills').words).toContain('from 2 of 7 on');
  const days = (label: string) => texts(chart(label).box, '.chart-day');
  expect(days('Use of skills')).toEqual(days('Urges'));
});

it('shows a week of nights with time asleep and sleep efficiency, above which of them were written', () => {
  const night = (toSleep: number) => ({
    ...{ 'into-bed': '22:30:00', 'tried-to-sleep': '23:00:00', 'minutes-to-sleep': toSleep, wakings: 1 },
    ...{ 'minutes-awake': 30, 'final-waking': '06:00:00', 'out-of-bed': '06:30:00' },
  });
  show('sleep-diary', night(30), night(90));
  // 23:00 to 6:00, less the minutes awake, of the 8 h from 22:30 to 6:30
  const rows = [...(shown?.box.querySelectorAll('.day-grid tbody tr') ?? [])].map((row) =>
    [...row.children].map(({ textContent }) => textContent).join('|'),
  );
  // without its tenth, which has no room beside thirty days; the night to look at is the worse one
  expect(rows).toContain('Sleep efficiency|75||63|');
  expect(texts(shown?.box ?? document.body, '.day-grid .framed').slice(0, 2)).toEqual(['63', '300']);
  expect(shown?.box.textContent).toContain('In a frame: the lowest of Sleep efficiency, Asleep, the highest');
  expect(rows).toContain('Asleep|360||300|');
  expect(rows.at(-1)).toBe('Written|done late|missed|done|to do');
  expect(chart('Sleep efficiency').words).toContain('from 75 % on');
});

it('draws every urge that was rated, and the skills once, next to the first', () => {
  const day = (suicide: number, harm: number) => ({
    'urge-suicide': suicide,
    'urge-self-harm': harm,
    'skills-used': 3,
  });
  show('diary-card', day(3, 2), day(1, 4));
  expect(names().slice(-3)).toEqual(['Urges (0–5) suicide', 'Use of skills', 'Urges (0–5) self-harm']);
  expect(chart('Urges (0–5) self-harm').words).toContain('from 2 on');
});

it('a goal that names a score by the code of its Observation is drawn in its chart; the same code of another system is not', () => {
  const items = ['interest', 'down', 'sleep', 'tired', 'appetite', 'failure', 'concentrating', 'slow-restless'];
  const answers = (code: string) => Object.fromEntries([...items, 'better-off-dead'].map((linkId) => [linkId, code]));
  const goal = (system: string): Goal => ({
    ...{ id: 'g', description: 'Low mood no longer decides my day', measure: { system, code: '44261-6' } },
    target: { value: 9, unit: '', comparator: '<=' },
  });
  for (const [system, drawn] of [
    ['http://loinc.org', ['goal']],
    ['urn:other', []],
  ] as const) {
    show('phq-9', answers('LA6571-9'), answers('LA6568-5'), [goal(system)]);
    expect([system, texts(chart('PHQ-9').box, '.chart-goals > span')]).toEqual([system, drawn]);
    shown?.leave();
  }
  shown = undefined;
});
