import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { FirstFew } from '../../smart-app/src/clinician/first-few.tsx';
import { LogInBrief } from '../../smart-app/src/clinician/log-in-brief.tsx';
import { LongText } from '../../smart-app/src/clinician/long-text.tsx';
import type { PlanView } from '../../src/contract/app/plan-view.ts';
import type { PlanState } from '../../src/homework/model.ts';
import { homeworkOf, shownKinds } from './homework-of.ts';
import { now, PagesAround } from './pages-around.tsx';
import { readFixture } from './read-fixture.ts';
import { click, type Rendered, render } from './render.tsx';
import { showPlan } from './show-plan.ts';

let rendered: Rendered | undefined;
afterEach(() => rendered?.leave());

const view = showPlan(readFixture<PlanState>('sarah-at-the-visit'), { now, reader: 'clinician', ledger: [] });

function brief(log: PlanView['logs'][number]): string {
  rendered?.leave();
  const homework = homeworkOf([view], { now });
  rendered = render(
    <PagesAround homework={homework} view={view}>
      <LogInBrief log={log} />
    </PagesAround>,
  );
  return (rendered.box.textContent ?? '').replace(/\s+/g, ' ');
}
const logOf = (slug: string, more: Partial<PlanView['logs'][number]> = {}): PlanView['logs'][number] => {
  const log = view.logs.find(({ questionnaire }) => questionnaire.includes(slug));
  if (log === undefined) throw new Error(`Sarah has no log of ${slug}`);
  return { ...log, ...more };
};

describe('a log in brief', () => {
  it.each([
    ['self-monitoring', /^Situation /],
    ['behavioural-experiment', /^Predicted/],
    ['graded-exposure', /^Step /],
    ['communication-practice', /^Said /],
  ])('of %s begins with the first line of its summary', (slug, begins) => {
    expect(brief(logOf(slug))).toMatch(begins);
  });

  it.each(['self-monitoring', 'behavioural-experiment', 'graded-exposure', 'communication-practice'])(
    'of %s says what is kept private, and calls nothing of it “not written”',
    (slug) => {
      const withheld = shownKinds
        .filter(({ slug: of }) => of === slug)
        .flatMap(({ summary }) => summary.flatMap((line) => ('linkId' in line ? [line.linkId] : [])));
      const text = brief(logOf(slug, { answers: {}, items: [], withheld }));
      expect(text).toContain('kept private by the patient');
      expect(text).not.toContain('not written');
    },
  );

  it('shows no side of the pair that its form does not ask, or that nobody wrote', () => {
    expect(brief(logOf('communication-practice'))).not.toMatch(/Predicted|not written/);
    const noted = brief(logOf('self-monitoring', { answers: { situation: 'A talk', prediction: 'they laugh' } }));
    expect(noted).toContain('they laugh');
    expect(noted).not.toMatch(/What happened|not written/);
    const tried = brief(logOf('behavioural-experiment', { answers: { prediction: 'they laugh' }, withheld: [] }));
    expect(tried).not.toMatch(/What happened|not written/);
  });

  it.each([
    ['graded-exposure', '“Step” was left empty.'],
    ['self-monitoring', '“Situation” was left empty.'],
  ])('of %s whose first line was not answered says so of the question, not of what it asks for', (slug, words) => {
    const text = brief(logOf(slug, { answers: { prediction: 'they laugh' }, items: [], withheld: [] }));
    expect(text).toContain(words);
    expect(text).not.toMatch(/^\w+ not written/);
  });

  it('of which nothing was filled in says so', () => {
    const text = brief(logOf('behavioural-experiment', { answers: {}, items: [], withheld: [] }));
    expect(text).toBe('Nothing of its summary was filled in.');
  });
});

describe('a long text', () => {
  it.each([
    ['a word of 240 letters', 'x'.repeat(240)],
    ['many lines', 'one\ntwo\nthree\nfour'],
    ['a long one from right to left', 'كنت خائفة '.repeat(30)],
  ])('opens where it stands: %s', (_name, text) => {
    rendered = render(<LongText text={text} of="the message" />);
    const button = rendered.box.querySelector('button');
    const words = rendered.box.querySelector('[dir=auto]');
    expect([words?.className, words?.textContent]).toEqual(['own-words cut', text]);
    expect([button?.textContent, button?.getAttribute('aria-expanded')]).toEqual(['more of the message', 'false']);
    click(button);
    expect(words?.className).toBe('own-words');
    expect([button?.textContent, button?.getAttribute('aria-expanded')]).toEqual(['less of the message', 'true']);
  });

  it('that is short has no button', () => {
    rendered = render(<LongText text="Lighter than I thought." of="the message" />);
    expect(rendered.box.querySelector('button')).toBeNull();
  });
});

describe('a long list', () => {
  const numbers = Array.from({ length: 14 }, (_, index) => String(index + 1));
  const items = (count: number) => numbers.slice(0, count).map((number) => <li key={number}>{number}</li>);

  it('shows its first few, then all, and goes on with the first that was not there', () => {
    rendered = render(
      <FirstFew first={5} allWords="Show all 14 logs" className="plain-list">
        {items(14)}
      </FirstFew>,
    );
    expect(rendered.box.querySelectorAll('li')).toHaveLength(5);
    const button = rendered.box.querySelector('button');
    expect(button?.textContent).toBe('Show all 14 logs');
    act(() => button?.click());
    expect(rendered.box.querySelectorAll('li')).toHaveLength(14);
    expect(document.activeElement?.textContent).toBe('6');
    expect(rendered.box.querySelector('button')).toBeNull();
  });

  it('is whole on paper, and as it was afterwards', () => {
    rendered = render(
      <FirstFew first={5} allWords="Show all 14 logs" className="plain-list">
        {items(14)}
      </FirstFew>,
    );
    const { activeElement } = document;
    act(() => void dispatchEvent(new Event('beforeprint')));
    expect(rendered.box.querySelectorAll('li')).toHaveLength(14);
    act(() => void dispatchEvent(new Event('afterprint')));
    expect(rendered.box.querySelectorAll('li')).toHaveLength(5);
    expect(document.activeElement).toBe(activeElement);
  });

  it.each([0, 1, 5])('of %i has no button', (count) => {
    rendered = render(
      <FirstFew first={5} allWords="Show all" className="plain-list">
        {items(count)}
      </FirstFew>,
    );
    expect(rendered.box.querySelectorAll('li')).toHaveLength(count);
    expect(rendered.box.querySelector('button')).toBeNull();
  });
});
