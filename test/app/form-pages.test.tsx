import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pagesOf } from '../../smart-app/src/forms/form-pages.ts';
import { type Field, questionsOf, readQuestionnaire } from '../../smart-app/src/forms/read-questionnaire.ts';
import { coreQuestions, shortFirst } from '../../smart-app/src/forms/short-first.ts';
import { currentVersion } from '../../src/kinds/kind.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { currentOf } from '../kinds/current-of.ts';
import { weeklyCheck } from '../kinds/kind-from-outside.ts';
import type { Situation } from './fake-service.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { click, type as typeIn } from './render.tsx';
import { situations } from './situations.ts';

const form = (...item: QuestionnaireItem[]): Questionnaire => ({
  resourceType: 'Questionnaire',
  status: 'active',
  item,
});
const ask = (linkId: string, more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  ...{ linkId, type: 'text', text: `${linkId}?` },
  ...more,
});
const group = (linkId: string, text: string, ...item: QuestionnaireItem[]): QuestionnaireItem => ({
  ...{ linkId, type: 'group', text, item },
});
const say = (linkId: string): QuestionnaireItem => ({ linkId, type: 'display', text: `${linkId}.` });
const ids = (fields: readonly Field[]) => questionsOf(fields).map(({ linkId }) => linkId);
const pages = (questionnaire: Questionnaire, behaviour?: string, answers = {}) =>
  pagesOf(readQuestionnaire(questionnaire), behaviour, answers).map(({ title, fields }) => [title, ...ids(fields)]);
const six = ['a', 'b', 'c', 'd', 'e', 'f'].map((linkId) => ask(linkId));
const [a, b, c, d, e, f] = six as [
  QuestionnaireItem,
  QuestionnaireItem,
  QuestionnaireItem,
  QuestionnaireItem,
  QuestionnaireItem,
  QuestionnaireItem,
];

describe('the pages of a form', () => {
  it('are its groups, by their words; what stands between goes with the page before it', () => {
    expect(
      pages(form(say('why'), a, group('x', 'First', b, c), d, group('y', '', e), group('z', 'Last', f), say('end'))),
    ).toEqual([
      ['First', ...['a', 'b', 'c', 'd']],
      ['Part 2', 'e'],
      ['Last', 'f'],
    ]);
  });

  it('are cut at the event, where the form is written at two times', () => {
    expect(pages(form(a, b, c, ask('did', { type: 'boolean' }), d, e), 'did')).toEqual([
      ['Beforehand', ...['a', 'b', 'c']],
      ['Afterwards', ...['did', 'd', 'e']],
    ]);
    expect(pages(currentOf('self-monitoring').questionnaire).map(([title]) => title)).toEqual([
      ...['Before', 'During', 'After'],
    ]);
  });

  it.each([
    ['few questions', form(group('x', 'One', a, b), group('y', 'Two', c, d))],
    ['one group', form(a, group('x', 'All', b, c, d, e, f))],
    ['no group', form(...six)],
  ])('are one, without a name, for %s', (_what, questionnaire) => {
    expect(pages(questionnaire).map(([title]) => title)).toEqual([undefined]);
  });

  it('leave out the one of which nothing applies, and have it when it does', () => {
    const enableWhen: QuestionnaireItem['enableWhen'] = [{ question: 'a', operator: '=', answerString: 'yes' }];
    const some = form(
      group('x', 'One', a, b),
      { ...group('y', 'Two', c, d), enableWhen },
      group('z', 'Three', e, f, say('end')),
    );
    expect(pages(some).map(([title]) => title)).toEqual(['One', 'Three']);
    expect(pages(some, undefined, { a: 'yes' }).map(([title]) => title)).toEqual(['One', 'Two', 'Three']);
  });

  it.each([...registeredKinds.kinds, weeklyCheck].map((kind) => [kind.slug, currentVersion(kind)] as const))(
    'of %s hold each question once, in its order, and nothing is asked by the kind',
    (_slug, { questionnaire, ...version }) => {
      const fields = readQuestionnaire(questionnaire);
      const cut = pagesOf(fields, version.behaviourLinkId, {});
      expect(cut.flatMap((page) => page.fields)).toEqual(fields);
      const core = coreQuestions(fields, version);
      for (const page of cut) {
        const { short, more, end } = shortFirst(page.fields, core);
        expect([...ids(short), ...ids(more), ...ids(end)].sort()).toEqual(ids(page.fields).sort());
        expect(ids(more).filter((linkId) => core.has(linkId))).toEqual([]);
      }
      for (const linkId of questionsOf(fields).flatMap((field) => (field.required ? [field.linkId] : [])))
        expect(core).toContain(linkId);
      for (const linkId of version.predictionParts?.predictions ?? []) expect(core).toContain(linkId);
      for (const { linkId } of version.safety ?? []) expect(core).toContain(linkId);
    },
  );
});

describe('the short version', () => {
  const short = (questionnaire: Questionnaire, declared = {}) => {
    const fields = readQuestionnaire(questionnaire);
    const parts = shortFirst(fields, coreQuestions(fields, declared));
    return [ids(parts.short), ids(parts.more), parts.end.map(({ linkId }) => linkId)];
  };
  const needed = { ...a, required: true };

  it('has what is needed and what a summary reads; the rest stands behind it in its groups', () => {
    const summary = [{ type: 'points', label: 'X', linkIds: ['e'], names: ['x'] }];
    expect(short(form(say('why'), b, needed, group('x', 'G', c, e, f), d, say('end')), { summary })).toEqual([
      ['a', 'e'],
      ['b', 'c', 'f', 'd'],
      ['end'],
    ]);
  });

  it('has the question on which one of its own depends', () => {
    const dependent = {
      ...ask('g', { required: true }),
      enableWhen: [{ question: 'b', operator: 'exists' as const, answerBoolean: true }],
    };
    expect(short(form(needed, b, c, d, e, dependent))).toEqual([['a', 'b', 'g'], ['c', 'd', 'e'], []]);
  });

  it.each([
    ['only two could be left out', form(needed, b, c)],
    ['nothing is more needed than the rest', form(b, c, d, e)],
  ])('is the whole where %s', (_what, questionnaire) => {
    expect(short(questionnaire)[1]).toEqual([]);
  });
});

describe('a long form', () => {
  let view: OpenedView;
  const at = () => view.shown.box.querySelector('#form-page')?.textContent;
  const input = (linkId: string) => view.shown.box.querySelector<HTMLInputElement>(`#q-${linkId}`);
  const more = () => view.shown.box.querySelector<HTMLDetailsElement>('details.more-questions');
  async function open(page: object = {}, situation: Situation = situations.firstDay, key = '1'): Promise<void> {
    view = await openView(situation);
    const step = situation.plans?.[0]?.assignments.find((assignment) => assignment.key === key)?.id;
    history.replaceState({ name: 'log', assignmentId: step, ...page }, '');
    await view.until(() => at() !== undefined);
  }
  const goBack = async () => {
    const before = at();
    await act(async () => history.back());
    await view.until(() => at() !== before);
  };
  beforeEach(() => {
    vi.stubGlobal('scrollTo', () => undefined);
  });
  afterEach(async () => {
    await view.close();
    history.replaceState(null, '');
  });

  it('says which page it is and leads on and back by name, with the focus on its heading', async () => {
    await open();
    expect(at()).toBe('1 of 3: Before');
    expect(view.text()).toContain('Who will see this');
    await view.press('Next: During');
    expect(at()).toBe('2 of 3: During');
    expect(document.activeElement?.id).toBe('form-page');
    expect(view.text()).not.toMatch(/Who will see this|Done, send it/);
    await view.press('Next: After');
    expect(at()).toBe('3 of 3: After');
    expect(view.text()).toContain('Done, send it');
    await view.press('Back to “During”');
    await view.until(() => at() === '2 of 3: During');
  });

  it('follows the browser’s back button, to the field where one was, and is there again after a reload', async () => {
    await open();
    typeIn(input('situation'), 'Monday meeting');
    await view.press('Next: During');
    input('self-censored')?.focus();
    await view.press('Next: After');
    // by the keyboard: the focus stays in the field
    await goBack();
    expect([at(), document.activeElement?.id]).toEqual(['2 of 3: During', 'q-self-censored']);
    await goBack();
    expect([at(), input('situation')?.value]).toEqual(['1 of 3: Before', 'Monday meeting']);
    await act(async () => history.forward());
    await view.until(() => at() === '2 of 3: During');
    expect(history.state).toMatchObject({ name: 'log', within: { part: 1 } });
    const kept = history.state;
    await view.close();
    await open(kept);
    expect(at()).toBe('2 of 3: During');
  });

  it('says that the service can’t be reached as long as that is so, and no longer once it was saved there', async () => {
    await open();
    typeIn(input('situation'), 'Monday meeting');
    await view.press('Next: During');
    await view.press('Next: After');
    await view.until(() => view.text().includes('Saved. You can leave'));
    const away = 'The service can’t be reached at the moment';
    const setOnLine = async (onLine: boolean): Promise<void> => {
      vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(onLine);
      await act(async () => void window.dispatchEvent(new Event(onLine ? 'online' : 'offline')));
    };
    view.instead(() => {
      throw new TypeError('fetch failed');
    });
    await setOnLine(false);
    await view.press('Done, send it');
    await view.until(() => view.text().includes(away));
    view.instead(() => undefined);
    await setOnLine(true);
    await view.until(() => view.text().includes('Saved. You can leave'));
    expect(view.text()).not.toContain(away);
    vi.restoreAllMocks();
  });

  it('takes one to what is missing on another page, with that page named', async () => {
    await open();
    await view.press('Next: During');
    await view.press('Next: After');
    await view.press('Done, send it');
    await view.until(() => at() === '1 of 3: Before');
    const list = view.shown.box.querySelector('[role=alert]');
    expect(list?.textContent).toContain('What was the situation? (page 1, Before)');
    expect(document.activeElement).toBe(list);
    click(list?.querySelector('a') ?? null);
    expect(document.activeElement).toBe(input('situation'));
    // and leaves one there while it is put right
    typeIn(input('situation'), 'M');
    expect(document.activeElement).toBe(input('situation'));
    expect(view.shown.box.querySelector('[role=alert]')).toBeNull();
  });

  it('leaves one where one writes while the rest of what is missing is still listed', async () => {
    await open({}, situations.opinionDue, '4b');
    await view.press('Next: Afterwards');
    await view.press('Done, send it');
    await view.until(() => view.text().includes('2 questions need another look'));
    // on the page that is open there is one of them, and the other is a touch away
    expect(at()).toBe('2 of 2: Afterwards');
    click(view.shown.box.querySelector('[role=alert] a'));
    expect([at(), document.activeElement?.id]).toEqual(['1 of 2: Beforehand', 'q-situation']);
    typeIn(input('situation'), 'P');
    expect(view.text()).toContain('One question needs another look');
    expect(document.activeElement).toBe(input('situation'));
  });

  it('says at once what is not right on the page that one leaves', async () => {
    await open();
    await view.press('Next: During');
    typeIn(input('self-censored'), 'four');
    await view.press('Next: After');
    expect(at()).toBe('2 of 3: During');
    expect(view.text()).toContain('Please give a whole number from 0 to 200.');
    expect(input('self-censored')?.getAttribute('aria-describedby')).toContain('q-self-censored-problem');
    typeIn(input('self-censored'), '4');
    await view.press('Next: After');
    expect(at()).toBe('3 of 3: After');
  });

  it('asks for the rest on wish, and keeps it open while one is on other pages', async () => {
    await open();
    expect(more()?.open).toBe(false);
    expect(more()?.textContent).toMatch(/^More questions \(3, optional\)/);
    const details = more() as HTMLDetailsElement;
    await act(async () => {
      details.open = true;
      details.dispatchEvent(new Event('toggle'));
    });
    await view.press('Next: During');
    expect(more()?.open).toBe(false);
    await goBack();
    expect(more()?.open).toBe(true);
  });

  it('does not send half of it by the Enter key', async () => {
    await open();
    typeIn(input('situation'), 'Monday');
    await act(async () => input('situation')?.form?.requestSubmit());
    expect(at()).toBe('2 of 3: During');
    expect(view.service.calls.filter(({ path }) => path.endsWith('/logs'))).toEqual([]);
  });

  it('marks what is needed for who hears it', async () => {
    await open();
    expect(input('situation')?.getAttribute('aria-required')).toBe('true');
    expect(input('situation')?.labels?.[0]?.textContent).toBe('What was the situation? needed');
    expect(input('before-thoughts')?.hasAttribute('aria-required')).toBe(false);
  });
});
