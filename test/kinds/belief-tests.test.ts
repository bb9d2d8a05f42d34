import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../src/fhir/answers/read-answers.ts';
import { readAnswer } from '../../src/homework/log/read-answer.ts';
import { currentOf, firstOf } from './current-of.ts';
import { logged } from './logged.ts';

const exposure = currentOf('graded-exposure');
const experiment = currentOf('behavioural-experiment');

const lift = {
  ...{ 'step-text': 'Ride the lift to the top', context: 'at-work', 'belief-before': 90 },
  ...{ prediction: 'It will stop and I will choke', 'prediction-likelihood': 80, 'suds-before': 70 },
  ...{ 'exposure-done': true, minutes: 40, 'suds-peak': 90, 'suds-after': 85, 'stopped-because': 'found-out' },
  ...{ 'feared-outcome-happened': 'no', 'actual-outcome': 'It ran 12 times', 'likelihood-after': 20 },
  ...{ 'safety-behaviours': 'I held my phone', 'belief-after': 55 },
};

describe('graded exposure 1.1.0', () => {
  it('tells what was expected beside what came, also where the fear did not fall', () => {
    expect(logged(exposure, lift)).toEqual({
      lines: [
        'Step: "Ride the lift to the top"',
        'Predicted: "It will stop and I will choke" (80 % likely)',
        'Actual: "It ran 12 times"',
        'Feared outcome happened No',
        'Likelihood 80 to 20 %',
        'SUDS before 70, peak 90, after 85',
        'Belief 90 to 55 %',
        'Stayed 40 min',
        'Ended because I had found out',
        'Where At work, school or college',
        'Safety behaviours: "I held my phone"',
      ],
      measures: [
        ...['belief-before 90 %', 'prediction-likelihood 80 %', 'suds-before 70', 'exposure-minutes 40 min'],
        ...['suds-peak 90', 'suds-after 85', 'likelihood-after 20 %', 'belief-after 55 %'],
      ],
    });
  });

  it('of a step that was not taken asks nothing of how it went', () => {
    const stayed = { 'suds-before': 95, 'exposure-done': false };
    expect(logged(exposure, stayed).lines).toEqual(['SUDS before 95']);
    for (const of of [{ minutes: 3 }, { 'actual-outcome': 'x' }, { 'likelihood-after': 20 }])
      expect(() => readAnswers(exposure.questionnaire, { ...stayed, ...of })).toThrow('does not fit');
  });

  it('tells of each way to end, and lets a plan choose one', () => {
    const words = JSON.stringify(exposure.questionnaire.item);
    expect(words).toMatch(/until the fear falls.*until you have found out whether what you fear happens/s);
    expect(exposure.settings?.map(({ name }) => name)).toEqual(['ends']);
    expect(exposure.kind.defaults.unlockedByClinician).toBe(true);
  });

  it('lets nobody begin anew what 1.0.0 says: Sarah’s plan keeps seconds and its own words', () => {
    const first = firstOf('graded-exposure');
    expect(first.canonical).toMatch(/\|1\.0\.0$/);
    expect(logged(first, { 'suds-before': 70, 'exposure-done': true, 'duration-seconds': 20 }).lines).toEqual([
      'SUDS before 70',
      'Duration 20 s',
    ]);
  });
});

describe('whether what was predicted came true', () => {
  it.each([
    ['no', true],
    ['partly', false],
    ['yes', false],
  ])('“%s” is told by a code of its own', (code, isNotTrue) => {
    for (const [version, done] of [
      [exposure, { 'suds-before': 50, 'exposure-done': true }],
      [
        experiment,
        {
          ...{ 'belief-before': 80, prediction: 'x', 'prediction-likelihood': 70, 'experiment-done': true },
          'actual-outcome': 'y',
        },
      ],
    ] as const) {
      const { linkId = '', notTrue = [] } = version.predictionTold ?? {};
      const answer = readAnswer(readAnswers(version.questionnaire, { ...done, [linkId]: code }), linkId);
      expect(answer?.type).toBe('coding');
      expect(answer?.type === 'coding' && notTrue.includes(answer.value.code)).toBe(isNotTrue);
    }
  });

  it('is an outcome: it locks the prediction', () => {
    for (const { predictionParts, predictionTold } of [exposure, experiment])
      expect(predictionParts?.outcomes).toContain(predictionTold?.linkId);
  });
});
