import fc from '../../fast-check.ts';
import type { RiskAnswers, Step } from './signals-oracle.ts';

/** The ways in which answers come: the patient's page, a clinician who enters paper, a source system's log, a form filler's response. */
export const doors = ['app', 'paper', 'api', 'form'] as const;
export type Door = (typeof doors)[number];

/** Dies there, with its answer lost; then it may start again before the same is sent once more. */
export interface Crash {
  readonly point: 'domain:before-commit' | 'domain:after-commit';
  readonly restarts: boolean;
}

export interface Given {
  readonly step: Step;
  readonly answers: RiskAnswers;
  readonly isWithheld: boolean;
}

export type Act =
  | {
      readonly type: 'log';
      readonly door: Door;
      readonly given: Given;
      readonly isDraft: boolean;
      /** Hours between what happened and now; more than a week of them are old where a system tells them. */
      readonly hoursAgo: number;
      readonly crash: Crash | undefined;
    }
  | {
      readonly type: 'amend';
      readonly which: number;
      readonly given: Record<Step, Given>;
      /** Says once more what it said. */
      readonly keeps: boolean;
      readonly isAnew: boolean;
      /** The patient puts right on their page what came by another door. */
      readonly byPatient: boolean;
      readonly crash: Crash | undefined;
    }
  | {
      readonly type: 'complete';
      readonly which: number;
      readonly given: Record<Step, Given>;
      readonly keeps: boolean;
      readonly crash: Crash | undefined;
    }
  | { readonly type: 'retract'; readonly which: number; readonly crash: Crash | undefined }
  | { readonly type: 'again'; readonly which: number }
  | { readonly type: 'close'; readonly which: number; readonly crash: Crash | undefined }
  | { readonly type: 'closed-by-system'; readonly which: number }
  | { readonly type: 'jump'; readonly hours: number }
  | { readonly type: 'restart' | 'import' };

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 5 });

/** Answers without those that are missing. */
const answersOf = (given: Readonly<Record<string, RiskAnswers[string] | undefined>>): RiskAnswers =>
  Object.fromEntries(
    Object.entries(given).flatMap(([linkId, value]) => (value === undefined ? [] : [[linkId, value]])),
  );

const answers: Readonly<Record<Step, fc.Arbitrary<RiskAnswers>>> = {
  'phq-9': fc
    .record({ 'better-off-dead': maybe(fc.constantFrom('LA6568-5', 'LA6569-3', 'LA6570-1', 'LA6571-9')) })
    .map(answersOf),
  'diary-card': fc
    .record({
      'urge-suicide': maybe(fc.integer({ min: 0, max: 5 })),
      'acted-suicide': maybe(fc.boolean()),
      'acted-self-harm': maybe(fc.boolean()),
    })
    .map(answersOf),
  'self-monitoring': fc.record({ 'self-harm-thoughts': maybe(fc.boolean()) }).map(answersOf),
  'structured-writing': fc.record({ 'safe-now': maybe(fc.constantFrom('yes', 'not-sure', 'no')) }).map(answersOf),
};
export const steps: readonly Step[] = ['phq-9', 'diary-card', 'self-monitoring', 'structured-writing'];

const givenOf = (step: Step): fc.Arbitrary<Given> =>
  fc.record({
    step: fc.constant(step),
    answers: answers[step],
    isWithheld: fc.boolean(),
  });
const given = fc.oneof(
  { weight: 3, arbitrary: givenOf('phq-9') },
  { weight: 3, arbitrary: givenOf('diary-card') },
  { weight: 1, arbitrary: givenOf('self-monitoring') },
  { weight: 2, arbitrary: givenOf('structured-writing') },
);
const givenOfEach: fc.Arbitrary<Record<Step, Given>> = fc.record({
  'phq-9': givenOf('phq-9'),
  'diary-card': givenOf('diary-card'),
  'self-monitoring': givenOf('self-monitoring'),
  'structured-writing': givenOf('structured-writing'),
});
const crash: fc.Arbitrary<Crash | undefined> = fc.option(
  fc.record({
    point: fc.constantFrom('domain:before-commit' as const, 'domain:after-commit' as const),
    restarts: fc.boolean(),
  }),
  { nil: undefined, freq: 3 },
);
const which = fc.nat(30);
const hoursAgo = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 20 }) },
  { weight: 1, arbitrary: fc.integer({ min: 160, max: 176 }) },
  { weight: 1, arbitrary: fc.integer({ min: 200, max: 1500 }) },
);

/** A day before all others on which nothing was wrong: what is worse from then on has risen. */
const calmDay: Act = {
  ...{ type: 'log', door: 'paper', isDraft: false, hoursAgo: 30, crash: undefined },
  given: { step: 'diary-card', answers: { 'urge-suicide': 0 }, isWithheld: false },
};

const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({
        type: fc.constant('log' as const),
        ...{ door: fc.constantFrom(...doors), given, hoursAgo, crash },
        isDraft: fc.boolean(),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        type: fc.constant('amend' as const),
        ...{ which, given: givenOfEach, crash, keeps: fc.boolean(), isAnew: fc.boolean(), byPatient: fc.boolean() },
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        type: fc.constant('complete' as const),
        which,
        given: givenOfEach,
        keeps: fc.boolean(),
        crash,
      }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('retract' as const), which, crash }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('again' as const), which }) },
    { weight: 5, arbitrary: fc.record({ type: fc.constant('close' as const), which, crash }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('closed-by-system' as const), which }) },
    {
      weight: 3,
      arbitrary: fc.record({ type: fc.constant('jump' as const), hours: fc.integer({ min: -48, max: 200 }) }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('restart' as const, 'import' as const) }) },
  ),
  { minLength: 6, maxLength: 16, size: 'max' },
);

/** What people and systems do with one patient's homework, in the order in which they do it. */
export const history: fc.Arbitrary<readonly Act[]> = acts.map((drawn) => [calmDay, ...drawn]);
