import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Answers } from '../../smart-app/src/forms/is-enabled.ts';
import { LogForm } from '../../smart-app/src/forms/log-form.tsx';
import { readQuestionnaire } from '../../smart-app/src/forms/read-questionnaire.ts';
import { sameAgain } from '../../smart-app/src/forms/same-again.ts';
import { formToSend, noChoice, wrongInForm } from '../../smart-app/src/plan/form-choice.ts';
import { scoreReads } from '../../src/homework/log/score.ts';
import { currentOf, everyVersion } from '../kinds/current-of.ts';
import { click, type Rendered, render, type } from './render.tsx';

let shown: Rendered | undefined;
afterEach(() => shown?.leave());

const scale = (linkId: string, text: string, most: number): QuestionnaireItem => ({
  ...{ linkId, text, type: 'integer' },
  extension: [
    { url: 'http://hl7.org/fhir/StructureDefinition/minValue', valueInteger: 0 },
    { url: 'http://hl7.org/fhir/StructureDefinition/maxValue', valueInteger: most },
    {
      url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl',
      valueCodeableConcept: { coding: [{ code: 'slider' }] },
    },
  ],
});
const choice = (linkId: string, more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  ...{ linkId, text: linkId, type: 'choice' },
  answerOption: [{ valueCoding: { code: 'taken', display: 'Taken as prescribed' } }, { valueCoding: { code: 'not' } }],
  ...more,
});
const code = { system: 'https://example.org', code: 'calculated', display: 'Calculated' };
const extract = (valueBoolean: boolean) => [
  { url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract', valueBoolean },
];

const card: Questionnaire = {
  ...{ resourceType: 'Questionnaire', status: 'active' },
  item: [
    {
      ...{ linkId: 'urges', type: 'group', text: 'Urges' },
      item: [scale('urge', 'Highest urge', 5), { linkId: 'note', type: 'text', text: 'What happened?' }],
    },
    {
      ...{ linkId: 'day', type: 'group', text: 'The day' },
      item: [choice('medicine'), { linkId: 'bed', type: 'time', text: 'Into bed' }, scale('mood', 'Mood', 100)],
    },
  ],
};

function Form({
  seen,
  lastTime,
}: {
  readonly seen: { withheld: readonly string[]; answers: Answers };
  readonly lastTime?: Answers;
}) {
  const [answers, setAnswers] = useState<Answers>(seen.answers);
  const [withheld, setWithheld] = useState(seen.withheld);
  Object.assign(seen, { answers, withheld });
  return (
    <LogForm
      fields={readQuestionnaire(card)}
      behaviourLinkId={undefined}
      {...{ answers, withheld, lastTime, issues: [], mayWithhold: true }}
      onAnswer={(linkId, value) => setAnswers((before) => ({ ...before, [linkId]: value }))}
      onWithhold={(linkIds, on) =>
        setWithheld((before) => [...before.filter((linkId) => !linkIds.includes(linkId)), ...(on ? linkIds : [])])
      }
    />
  );
}

function open(answers: Answers = {}, lastTime?: Answers) {
  const seen: { withheld: readonly string[]; answers: Answers } = { withheld: [], answers };
  shown = render(<Form seen={seen} {...(lastTime === undefined ? {} : { lastTime })} />);
  return { seen, box: shown.box };
}
const switches = (box: HTMLElement): readonly HTMLInputElement[] => [
  ...box.querySelectorAll<HTMLInputElement>('.keep-private input'),
];

describe('a form with parts', () => {
  it('has one switch for each part, and none below its questions', () => {
    const { box } = open({ urge: 3, note: 'A row at work', mood: 40 });
    expect(switches(box).map((box) => box.parentElement?.textContent)).toEqual([
      'Keep this part to myself: Urges',
      'Keep this part to myself: The day',
    ]);
  });

  it('keeps all of a part to oneself by it, what is answered later, too, and says so', () => {
    const { box, seen } = open({ urge: 3 });
    click(switches(box)[0] ?? null);
    expect(seen.withheld).toEqual(['urge', 'note']);
    expect(box.textContent).toContain('Only you can read this part.');
    type(box.querySelector('#q-note'), 'A row at work');
    expect(seen.withheld).toEqual(['urge', 'note']);
    click(switches(box)[0] ?? null);
    expect(seen.withheld).toEqual([]);
  });

  it('names what of a part is kept where it is not all of it', () => {
    const seen = { withheld: ['note'], answers: {} };
    shown = render(<Form seen={seen} />);
    expect(switches(shown.box)[0]?.checked).toBe(false);
    expect(shown.box.textContent).toContain('Only you can read: “What happened?”.');
  });
});

describe('a rating', () => {
  it('is a button for each number where there are few, with nothing chosen before', () => {
    const { box, seen } = open();
    const buttons = [...box.querySelectorAll<HTMLInputElement>('#q-urge input[type="radio"]')];
    expect(buttons).toHaveLength(6);
    expect(buttons.some(({ checked }) => checked)).toBe(false);
    click(buttons[4] ?? null);
    expect(seen.answers.urge).toBe(4);
    click([...box.querySelectorAll('#q-urge button')].at(-1) ?? null);
    expect(seen.answers.urge).toBeUndefined();
  });
  it('is a slider where there are many', () => {
    expect(open().box.querySelector('#q-mood')?.getAttribute('type')).toBe('range');
  });
});

describe('the same as last time', () => {
  it('is offered in the words of the answer, and given by a tap alone', () => {
    const { box, seen } = open({}, { medicine: { code: 'taken' }, bed: '22:30:00' });
    expect(seen.answers).toEqual({});
    const offers = [...box.querySelectorAll('button')].filter(({ textContent }) => textContent?.startsWith('Same as'));
    expect(offers.map(({ textContent }) => textContent)).toEqual([
      'Same as last time: Taken as prescribed',
      'Same as last time: 22:30',
    ]);
    click(offers[0] ?? null);
    expect(seen.answers.medicine).toEqual({ code: 'taken' });
    expect(box.querySelectorAll('#q-medicine button')).toHaveLength(0);
  });

  it('is never offered of a rating, a measure, a score, several ticks, risk, what was done, or what was expected', () => {
    const scored = choice('scored', {
      answerOption: [
        {
          valueCoding: { code: '1' },
          extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal: 1 }],
        },
      ],
    });
    const made = { label: 'Calculated', code, range: { least: 0, most: 1_440 }, higherIs: 'neither' } as const;
    const all: Questionnaire = {
      ...{ resourceType: 'Questionnaire', status: 'active' },
      item: [
        choice('technique'),
        { linkId: 'taken-at', type: 'time' },
        { linkId: 'measured-at', type: 'time', extension: extract(true) },
        { linkId: 'bed', type: 'time' },
        choice('counted'),
        scale('urge', 'Urge', 5),
        scored,
        choice('measured', { extension: extract(true) }),
        {
          linkId: 'group',
          type: 'group',
          extension: extract(true),
          item: [choice('inherited'), choice('taken-out', { extension: extract(false) })],
        },
        choice('skills', { repeats: true }),
        choice('risk'),
        choice('done'),
        choice('expected'),
        choice('came'),
        { linkId: 'text', type: 'text' },
        { linkId: 'yes', type: 'boolean' },
      ],
    };
    const offered = sameAgain(all, {
      behaviourLinkId: 'done',
      safety: [{ rule: 'self-harm-thoughts', linkId: 'risk', test: { type: 'yes' } }],
      predictionParts: { predictions: ['expected'], outcomes: ['came'] },
      scores: [
        { ...made, linkId: 'in-bed', calculation: { type: 'minutes-between', from: 'bed', to: 'up' } },
        { ...made, linkId: 'good', calculation: { type: 'count', linkIds: ['counted'], atLeast: 1 } },
      ],
    });
    // a time to bed is mostly the same, too; but hours of sleep are calculated from it, and a copy would stand in a chart as if it were measured
    expect([...offered]).toEqual(['technique', 'taken-at', 'taken-out']);
  });

  it('is offered of nothing that a score reads, whatever the kind', () => {
    const readAndOffered = everyVersion.flatMap((version) => {
      const { scores = [] } = version;
      const read = new Set(scores.flatMap((score) => [...scoreReads(score, scores)]));
      return [...sameAgain(version.questionnaire, version)].filter((linkId) => read.has(linkId));
    });
    expect(readAndOffered).toEqual([]);
    const relaxation = currentOf('relaxation-practice');
    expect([...sameAgain(relaxation.questionnaire, relaxation)]).toContain('technique');
  });
});

describe('a form of the plan’s own', () => {
  const kind = {
    ownParts: [{ name: 'targets', label: 'Targets', least: 1, most: 3, defaults: [{ id: 'a', text: 'Drink less' }] }],
    settings: [
      { name: 'far', label: 'How far', byDefault: 'three', options: [{ code: 'three', label: 'Three columns' }] },
      { name: 'from', label: 'Told from', number: { least: 1, most: 5, byDefault: 4 } },
    ],
  };
  it('sends what was touched, whole, and names keep their ids', () => {
    expect(formToSend(kind, noChoice)).toBeUndefined();
    const own = { targets: [{ id: 'a', text: ' Drink less ' }, { text: 'Call a friend' }, { text: ' ' }] };
    expect(formToSend(kind, { settings: { from: '3' }, own })).toEqual({
      settings: { from: 3 },
      own: { targets: [{ id: 'a', text: 'Drink less' }, { text: 'Call a friend' }] },
    });
  });
  it('says what is wrong by the part', () => {
    const named = (...texts: string[]) => ({ settings: {}, own: { targets: texts.map((text) => ({ text })) } });
    expect(wrongInForm(kind, noChoice)).toEqual({});
    expect(wrongInForm(kind, named(''))).toEqual({ targets: 'Please name at least 1.' });
    expect(wrongInForm(kind, named('a', 'b', 'c', 'd'))).toEqual({ targets: 'There is room for 3.' });
    expect(wrongInForm(kind, named('Smoke', 'smoke'))).toEqual({ targets: 'Two of them are the same.' });
    expect(wrongInForm(kind, { settings: { from: '6' }, own: {} })).toEqual({
      from: 'Please give a number from 1 to 5.',
    });
    expect(wrongInForm(kind, { settings: { from: '2.5' }, own: {} })).toEqual({});
    const number = { least: 1, most: 5, byDefault: 4, whole: true } as const;
    const whole = { settings: [{ name: 'from', label: 'Told from', number }] };
    expect(wrongInForm(whole, { settings: { from: '2.5' }, own: {} })).toEqual({
      from: 'Please give a whole number from 1 to 5.',
    });
    expect(wrongInForm(whole, { settings: { from: '2' }, own: {} })).toEqual({});
  });
});
