import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { checkAnswers, sendableAnswers } from '../../smart-app/src/forms/check-answers.ts';
import { type Answers, isEnabled } from '../../smart-app/src/forms/is-enabled.ts';
import { IssueList } from '../../smart-app/src/forms/issue-list.tsx';
import { lockedPredictions } from '../../smart-app/src/forms/locked-predictions.ts';
import { LogForm } from '../../smart-app/src/forms/log-form.tsx';
import { focusQuestion } from '../../smart-app/src/forms/question.tsx';
import { type Field, questionsOf, readQuestionnaire } from '../../smart-app/src/forms/read-questionnaire.ts';
import { splitAtEvent } from '../../smart-app/src/forms/split-at-event.ts';
import { answerWords } from '../../smart-app/src/words/answer-words.ts';
import { readAnswers } from '../../src/fhir/answers/read-answers.ts';
import { hasCode } from '../../src/foundation/intersession-error.ts';
import { currentVersion } from '../../src/kinds/kind.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { itemsOf } from '../kinds/answers-for.ts';
import { currentOf } from '../kinds/current-of.ts';
import { slept, tense, toBed, weeklyCheck } from '../kinds/kind-from-outside.ts';
import { click, press, type Rendered, render, type as typeIn } from './render.tsx';
import { sampleAnswers } from './sample-answers.ts';

let shown: Rendered | undefined;
afterEach(() => shown?.leave());

interface Seen {
  answers: Answers;
  withheld: readonly string[];
}

function Form({
  fields,
  behaviour,
  seen,
  complete = false,
  locked = [],
}: {
  fields: readonly Field[];
  behaviour?: string | undefined;
  seen: Seen;
  complete?: boolean;
  locked?: readonly string[];
}) {
  const [answers, setAnswers] = useState(seen.answers);
  const [withheld, setWithheld] = useState(seen.withheld);
  seen.answers = answers;
  seen.withheld = withheld;
  const issues = complete ? checkAnswers(fields, answers, true) : [];
  const form = (
    <LogForm
      fields={fields}
      behaviourLinkId={behaviour}
      answers={answers}
      withheld={withheld}
      locked={locked}
      issues={issues}
      mayWithhold
      onAnswer={(linkId, value) => setAnswers((before) => ({ ...before, [linkId]: value }))}
      onWithhold={(linkIds, on) =>
        setWithheld((before) => [...before.filter((text) => !linkIds.includes(text)), ...(on ? linkIds : [])])
      }
    />
  );
  return (
    <>
      <IssueList fields={fields} issues={issues} pages={[]} onShow={focusQuestion} />
      {form}
    </>
  );
}

function show(
  questionnaire: Questionnaire,
  answers: Answers = {},
  complete = false,
): { seen: Seen; box: HTMLElement; fields: readonly Field[] } {
  const seen: Seen = { answers, withheld: [] };
  const fields = readQuestionnaire(questionnaire);
  shown = render(<Form fields={fields} seen={seen} complete={complete} />);
  return { seen, box: shown.box, fields };
}

const input = (box: HTMLElement, linkId: string) => box.querySelector(`#q-${linkId}`);

const form = (item: Questionnaire['item'] & object): Questionnaire => ({
  resourceType: 'Questionnaire',
  status: 'active',
  item,
});

/** linkIds of the questions that are required, as the questionnaire itself has it. */
const requiredIn = ({ item }: Questionnaire): readonly string[] =>
  itemsOf(item).flatMap(({ linkId, type, required }) =>
    required === true && type !== 'group' && type !== 'display' ? [linkId] : [],
  );

const forms = [...registeredKinds.kinds, weeklyCheck].flatMap(({ slug, versions }) =>
  versions.map((version) => [slug, version.questionnaire.version, version] as const),
);

describe.each(forms)('the form of %s %s', (_slug, _version, version) => {
  const fields = readQuestionnaire(version.questionnaire);

  it('shows every question that applies with its words, help and end words', () => {
    const { box } = show(version.questionnaire);
    for (const field of questionsOf(fields).filter((question) => isEnabled(question, {}))) {
      expect(input(box, field.linkId), field.linkId).not.toBeNull();
      for (const words of [field.text, field.help, field.low, field.high]) {
        if (words !== undefined) expect(box.textContent).toContain(words);
      }
    }
  });

  it('has a label for every input and no id twice', () => {
    const { box } = show(version.questionnaire);
    const ids = [...box.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const field of box.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea'))
      expect(field.labels?.length, field.id).toBeGreaterThan(0);
  });

  it('asks for exactly the questions that the questionnaire requires, by name', () => {
    const { box } = show(version.questionnaire, {}, true);
    // a diary of a day or a night asks for nothing: what of it could be told is better than none
    const asked = questionsOf(fields).filter((question) => isEnabled(question, {}));
    const required = asked.filter(({ linkId }) => requiredIn(version.questionnaire).includes(linkId));
    const listed = [...box.querySelectorAll('.notice li a')].map((link) => link.textContent);
    expect(listed).toEqual(required.map(({ text }) => text));
  });

  it('sends what the service takes, for every question answered', () => {
    const answers = sampleAnswers(fields);
    expect(checkAnswers(fields, answers, true)).toEqual([]);
    const items = readAnswers(version.questionnaire, sendableAnswers(fields, answers), { complete: true });
    expect(items.length).toBe((version.questionnaire.item ?? []).filter(({ type }) => type !== 'display').length);
  });

  it('can be filled in at two times, every question in one of them', () => {
    const { before, after } = splitAtEvent(fields, version.behaviourLinkId);
    expect([...before, ...after]).toEqual(fields);
    const first = questionsOf(before).map(({ linkId }) => linkId);
    if (questionsOf(fields).some(({ linkId }) => linkId === 'belief-before')) expect(first).toContain('belief-before');
    expect(first).not.toContain('belief-after');
    expect(first).not.toContain(version.behaviourLinkId);
  });
});

describe('a form from outside', () => {
  const { questionnaire } = currentVersion(weeklyCheck);
  const fields = readQuestionnaire(questionnaire);
  const sent = (answers: Answers) => readAnswers(questionnaire, sendableAnswers(fields, answers));
  const values = (answers: Answers) => sent(answers).map(({ answers: [answer] }) => answer?.value);

  it('takes an option by its words, an amount with a unit, and a time of day', () => {
    const { seen, box } = show(questionnaire);
    const [, often] = box.querySelectorAll<HTMLInputElement>(`#q-${tense} input[type=radio]`);
    expect([...box.querySelectorAll('.big-choice')].map(({ textContent }) => textContent)).toEqual([
      'Never',
      'Sometimes',
    ]);
    click(often ?? null);
    typeIn(input(box, slept), '7,5');
    expect(values(seen.answers).at(-1)).toEqual({ value: 7.5 });
    typeIn(box.querySelector(`#q-${slept}-unit`), 'hours');
    expect(input(box, toBed)?.getAttribute('type')).toBe('time');
    typeIn(input(box, toBed), '22:30');
    expect(values(seen.answers)).toEqual([
      expect.objectContaining({ code: 'LA6569-3' }),
      { value: 7.5, unit: 'hours' },
      '22:30:00',
    ]);
  });

  it('shows again what the service gives back, and clears it', () => {
    const { seen, box } = show(questionnaire, { [slept]: { value: 7, unit: 'h' }, [toBed]: '22:30:00' });
    expect([slept, `${slept}-unit`, toBed].map((id) => (input(box, id) as HTMLInputElement).value)).toEqual([
      '7',
      'h',
      '22:30:00',
    ]);
    typeIn(input(box, slept), '');
    typeIn(box.querySelector(`#q-${slept}-unit`), '');
    expect(seen.answers[slept]).toBeUndefined();
  });

  it('says what it wants of an amount', () => {
    for (const amount of ['seven', { value: 'seven', unit: 'h' }, { unit: 'h' }]) {
      const issues = checkAnswers(fields, { [tense]: 'LA6568-5', [slept]: amount }, true);
      expect(issues).toEqual([{ linkId: slept, problem: 'Please give a number.' }]);
    }
  });

  it('reads answers as a person says them', () => {
    expect(
      ['22:30:00', { value: 7, unit: 'h' }, { code: 'LA6568-5', display: 'Never' }, ['a', true], 4, {}].map(
        answerWords,
      ),
    ).toEqual([...['22:30', '7 h', 'Never', 'a, yes', '4', undefined]]);
  });
});

describe('a prediction', () => {
  const parts = { predictions: ['prediction', 'likelihood'], outcomes: ['done', 'outcome'] };
  const feared = { prediction: 'they will laugh', likelihood: 80 };

  it('is locked by the first outcome, and open again when every outcome is cleared', () => {
    expect(lockedPredictions({ answers: {} }, feared, parts)).toBeUndefined();
    const outcome = { ...feared, done: false };
    const locked = lockedPredictions({ answers: feared }, outcome, parts);
    expect(locked).toEqual(['prediction', 'likelihood']);
    const more = { ...outcome, outcome: 'a good point' };
    expect(lockedPredictions({ answers: outcome, locked: ['prediction'] }, more, parts)).toEqual(['prediction']);
    expect(lockedPredictions({ answers: more, locked: ['prediction'] }, feared, parts)).toBeUndefined();
  });

  it('that was not written before is not locked by what came first', () => {
    expect(lockedPredictions({ answers: { prediction: ' ' } }, { prediction: ' ', done: true }, parts)).toEqual([]);
    expect(lockedPredictions({ answers: { done: true }, locked: [] }, { ...feared, done: true }, parts)).toEqual([]);
  });

  it('that is locked stands as text with its reason, and cannot be typed over', () => {
    const { questionnaire } = currentOf('behavioural-experiment');
    const fields = readQuestionnaire(questionnaire);
    const seen: Seen = { answers: { prediction: 'they will laugh', 'prediction-likelihood': 80 }, withheld: [] };
    shown = render(<Form fields={fields} seen={seen} locked={['prediction', 'prediction-likelihood']} />);
    const [words, likelihood] = [input(shown.box, 'prediction'), input(shown.box, 'prediction-likelihood')];
    expect(words?.textContent).toMatch(/they will laugh.*You wrote this before\./);
    expect(likelihood?.textContent).toContain('80 %');
    for (const item of [words, likelihood]) expect(item?.querySelector('textarea, input[type=range]')).toBeNull();
    // with the part that it stands in: one switch keeps all of that
    const part = words?.closest('.form-group');
    const own = part?.querySelector('.keep-part input[type=checkbox]') ?? null;
    expect(own, 'it can still be kept private').not.toBeNull();
    click(own);
    expect(seen.withheld).toEqual(expect.arrayContaining(['prediction', 'prediction-likelihood']));
    expect(input(shown.box, 'actual-outcome') ?? input(shown.box, 'experiment-done')).not.toBeNull();
  });
});

describe('a question that depends on another', () => {
  const questionnaire = currentOf('behavioural-experiment').questionnaire;

  it('appears when it applies, and its answer is not sent when it no longer does', () => {
    const { seen, box, fields } = show(questionnaire);
    expect(input(box, 'actual-outcome')).toBeNull();
    const [yes, no] = box.querySelectorAll('#q-experiment-done input[type=radio]');
    click(yes ?? null);
    typeIn(input(box, 'actual-outcome'), 'She said: good point');
    expect(sendableAnswers(fields, seen.answers)['actual-outcome']).toBe('She said: good point');
    click(no ?? null);
    expect(input(box, 'actual-outcome')).toBeNull();
    expect(sendableAnswers(fields, seen.answers)).toEqual({ 'experiment-done': false });
  });

  const place = { system: 'https://example.org/places', code: 'home', display: 'At home' };
  it.each([
    ['integer', '=', { answerInteger: 5 }, 5, 6],
    ['integer', '!=', { answerInteger: 5 }, 6, 5],
    ['integer', '>', { answerInteger: 5 }, 6, 5],
    ['integer', '>=', { answerInteger: 5 }, 5, 4],
    ['decimal', '<', { answerDecimal: 5.5 }, 5.4, 5.5],
    ['integer', '<=', { answerInteger: 5 }, 5, 6],
    ['boolean', '=', { answerBoolean: false }, false, true],
    ['string', '=', { answerString: 'alone' }, 'alone', 'with friends'],
    ['date', '>', { answerDate: '2026-03-08' }, '2026-03-09', '2026-03-08'],
    // as a browser's time field gives it
    ['time', '>=', { answerTime: '22:30:00' }, '22:30', '22:29'],
    // by its words, its code, or nothing: the item names one unit
    ['quantity', '<', { answerQuantity: { value: 30, unit: 'min', code: 'min' } }, { value: 29, unit: 'minutes' }, 30],
    ['choice', '=', { answerCoding: place }, 'home', 'work'],
    // of another system: another thing
    ['choice', '!=', { answerCoding: { ...place, system: 'https://example.org/pigeons' } }, 'home', undefined],
    ['choice', 'exists', { answerBoolean: true }, 'work', []],
    ['text', 'exists', { answerBoolean: false }, '', 'a word'],
  ] as const)(
    'follows a question of type %s by %s %o, as the service does',
    (type, operator, wanted, holding, breaking) => {
      const asked: QuestionnaireItem = {
        linkId: 'a',
        type,
        ...(type === 'choice'
          ? { answerOption: [place, { ...place, code: 'work' }].map((valueCoding) => ({ valueCoding })) }
          : {}),
        ...(type === 'quantity'
          ? {
              extension: [
                {
                  url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit',
                  valueCoding: { system: 'http://unitsofmeasure.org', code: 'min', display: 'minutes' },
                },
              ],
            }
          : {}),
      };
      const questionnaire = form([
        { linkId: 'before', type: 'group', item: [asked] },
        { linkId: 'b', type: 'string', enableWhen: [{ question: 'a', operator, ...wanted }] },
      ]);
      const [, dependent] = readQuestionnaire(questionnaire);
      if (dependent === undefined) throw new Error('no question');
      const seen = [holding, breaking].map((answer) => isEnabled(dependent, { a: answer }));
      expect(seen).toEqual([true, false]);
      // the service takes the answer of the question that is shown, and refuses it where it is not
      const refused = (answer: unknown): readonly string[] => {
        const known = answer === undefined || answer === '' || Array.isArray(answer) ? {} : { a: answer };
        try {
          readAnswers(questionnaire, { ...known, b: 'words' });
          return [];
        } catch (error) {
          if (hasCode(error, 'invalid-answer')) return error.fields.issues.map(({ linkId }) => linkId);
          throw error;
        }
      };
      const refusals = [holding, breaking].map(refused);
      expect(refusals).toEqual([[], ['b']]);
    },
  );
});

describe('a slider', () => {
  const questionnaire = currentOf('self-monitoring').questionnaire;

  it('has no answer until it is touched, and takes the place where it stands by Enter', () => {
    const { seen, box } = show(questionnaire);
    const slider = input(box, 'suds-before');
    expect(slider?.getAttribute('aria-valuetext')).toBe('not answered yet');
    expect(seen.answers).toEqual({});
    press(slider, 'Enter');
    expect(seen.answers).toEqual({ 'suds-before': 50 });
    expect(box.querySelector('output[for=q-suds-before]')?.textContent).toBe('50');
  });

  it('can be moved and cleared again', () => {
    const { seen, box } = show(questionnaire);
    typeIn(input(box, 'belief-before'), '85');
    expect(seen.answers).toEqual({ 'belief-before': 85 });
    expect(input(box, 'belief-before')?.getAttribute('aria-valuetext')).toBe('85 %');
    click([...box.querySelectorAll('.slider button')][0] ?? null);
    expect(seen.answers['belief-before']).toBeUndefined();
  });
});

describe('what is typed', () => {
  const questionnaire = currentOf('self-monitoring').questionnaire;

  it('stays in the box when it is no number, and is named below it', () => {
    const { seen, box, fields } = show(questionnaire, {}, true);
    typeIn(input(box, 'self-censored'), 'four');
    expect((input(box, 'self-censored') as HTMLInputElement).value).toBe('four');
    expect(box.querySelector('#q-self-censored-problem')?.textContent).toBe(
      'Please give a whole number from 0 to 200.',
    );
    expect(sendableAnswers(fields, seen.answers)).toEqual({});
    typeIn(input(box, 'self-censored'), '4');
    expect(seen.answers['self-censored']).toBe(4);
  });

  it('is too long only beyond its limit', () => {
    const fields = readQuestionnaire(questionnaire);
    expect(checkAnswers(fields, { situation: 'x'.repeat(4000) }, true)).toEqual([]);
    expect(checkAnswers(fields, { situation: 'x'.repeat(4001) }, true)[0]?.linkId).toBe('situation');
  });

  it('can be kept private once there is something to keep', () => {
    const { seen, box } = show(questionnaire);
    expect(input(box, 'situation-private')).toBeNull();
    typeIn(input(box, 'situation'), 'Team meeting');
    click(input(box, 'situation-private'));
    expect(seen.withheld).toEqual(['situation']);
    expect(box.textContent).toContain('Only you can read it');
  });
});

describe('other inputs of a questionnaire', () => {
  const coding = (code: string) => ({ valueCoding: { code, display: code.toUpperCase() } });

  it('shows one of several as buttons and sends its code', () => {
    const { seen, box } = show(
      form([{ linkId: 'where', type: 'choice', text: 'Where?', answerOption: [coding('home'), coding('work')] }]),
    );
    click(box.querySelectorAll('input[type=radio]')[1] ?? null);
    expect(seen.answers).toEqual({ where: 'work' });
  });

  it('takes several, and one’s own words beside them', () => {
    const { seen, box } = show(
      form([
        {
          linkId: 'signs',
          type: 'open-choice',
          repeats: true,
          text: 'Which?',
          answerOption: [coding('tired'), coding('tense')],
        },
      ]),
    );
    click(box.querySelectorAll('input[type=checkbox]')[0] ?? null);
    typeIn(box.querySelector('input[type=text]'), 'restless');
    expect(seen.answers).toEqual({ signs: ['tired', 'restless'] });
  });
});
