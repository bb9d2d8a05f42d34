import { describe, expect, it } from 'vitest';
import { IntersessionError } from '../../../src/foundation/intersession-error.ts';
import { keepPrediction } from '../../../src/homework/log/keep-prediction.ts';
import type { Log } from '../../../src/homework/model.ts';
import { answers } from '../build-plan.ts';
import { aRecord, feb } from '../report/report-state.ts';

type Values = Parameters<typeof answers>[0];
const parts = { predictions: ['fear', 'odds'], outcomes: ['came'] };
const begun = (values: Values, linkIds?: readonly string[], at = feb(2)): Log =>
  aRecord({
    status: 'in-progress',
    items: answers(values),
    ...(linkIds === undefined ? {} : { predicted: { at, linkIds } }),
  });
const sent = (values: Values, linkIds?: readonly string[]): Log => ({ ...begun(values, linkIds), status: 'completed' });

const [fear, both] = [{ fear: 'laughter' }, { fear: 'laughter', odds: 80 }];
const now = feb(3);

describe('the predictions of a log, as they are kept', () => {
  it.each<[string, Log | undefined, Log, Log['predicted']]>([
    ['new, without an outcome', undefined, begun(both), { at: now, linkIds: ['fear', 'odds'] }],
    ['new, one of them alone', undefined, begun({ odds: 80 }), { at: now, linkIds: ['odds'] }],
    ['new, without any', undefined, begun({ note: 'x' }), undefined],
    ['new, with its outcome', undefined, begun({ ...both, came: 'a nod' }), undefined],
    ['new, and sent at once', undefined, sent(both), undefined],
    ['new, with a time that somebody made up', undefined, sent(both, ['fear']), undefined],
    ['saved again as it was', begun(both, ['fear', 'odds']), begun(both), { at: feb(2), linkIds: ['fear', 'odds'] }],
    [
      'saved otherwise',
      begun(both, ['fear', 'odds']),
      begun({ ...both, odds: 70 }),
      { at: now, linkIds: ['fear', 'odds'] },
    ],
    ['one added', begun(fear, ['fear']), begun(both), { at: now, linkIds: ['fear', 'odds'] }],
    ['one taken out', begun(both, ['fear', 'odds']), begun(fear), { at: now, linkIds: ['fear'] }],
    ['all taken out', begun(both, ['fear', 'odds']), begun({}), undefined],
    ['first written after all', begun({}), begun(fear), { at: now, linkIds: ['fear'] }],
    ['first written with the outcome', begun({}), begun({ ...fear, came: 'a nod' }), undefined],
    [
      'an outcome added',
      begun(both, ['fear', 'odds']),
      begun({ ...both, came: 'a nod' }),
      { at: feb(2), linkIds: ['fear', 'odds'] },
    ],
    [
      'an outcome added, one changed',
      begun(both, ['fear', 'odds']),
      begun({ ...both, odds: 5, came: 'a nod' }),
      { at: feb(2), linkIds: ['fear'] },
    ],
    ['an outcome added, all changed', begun(fear, ['fear']), begun({ fear: 'none', came: 'a nod' }), undefined],
    [
      'an outcome added, one written with it',
      begun(fear, ['fear']),
      begun({ ...both, came: 'a nod' }),
      { at: feb(2), linkIds: ['fear'] },
    ],
    ['sent without an outcome', begun(both, ['fear', 'odds']), sent(both), { at: feb(2), linkIds: ['fear', 'odds'] }],
    [
      'the outcome corrected',
      sent({ ...both, came: 'a nod' }, ['fear', 'odds']),
      sent({ ...both, came: 'nods' }),
      { at: feb(2), linkIds: ['fear', 'odds'] },
    ],
    [
      'one that was not dated changed',
      sent({ ...both, came: 'a nod' }, ['fear']),
      sent({ ...both, odds: 5, came: 'a nod' }),
      { at: feb(2), linkIds: ['fear'] },
    ],
    [
      'the outcome taken out again',
      begun({ ...both, came: 'a nod' }, ['fear', 'odds']),
      begun(both),
      { at: feb(2), linkIds: ['fear', 'odds'] },
    ],
    // it has stood without an outcome only since now, and is not dated back to the other
    [
      'the outcome taken out again, one written beside it',
      begun({ ...both, came: 'a nod' }, ['fear']),
      begun(both),
      { at: now, linkIds: ['fear', 'odds'] },
    ],
    [
      'the outcome taken out together with what was written beside it',
      begun({ ...both, came: 'a nod' }, ['fear']),
      begun(fear),
      { at: feb(2), linkIds: ['fear'] },
    ],
    [
      'none dated, the outcome taken out again',
      begun({ ...both, came: 'a nod' }),
      begun(both),
      { at: now, linkIds: ['fear', 'odds'] },
    ],
  ])('%s', (_, before, log, predicted) => {
    const { predicted: _given, ...rest } = log;
    expect(keepPrediction(before, log, parts, now)).toEqual(predicted === undefined ? rest : { ...rest, predicted });
  });

  it('are nothing of a version that has none: its log stays the same', () => {
    const log = begun(both, ['fear']);
    expect(keepPrediction(undefined, log, undefined, now)).toBe(log);
  });
});

describe('a prediction that was dated', () => {
  it.each<[string, Log, Log, readonly string[]]>([
    [
      'is not changed after its outcome',
      begun({ ...both, came: 'x' }, ['fear', 'odds']),
      begun({ ...both, odds: 5, came: 'x' }),
      ['odds'],
    ],
    ['nor taken out', begun({ ...both, came: 'x' }, ['fear', 'odds']), begun({ came: 'x' }), ['fear', 'odds']],
    [
      'nor changed in a log that was sent, whatever it says',
      sent(both, ['fear', 'odds']),
      sent({ ...both, fear: 'none' }),
      ['fear'],
    ],
    [
      'nor together with taking the outcome out',
      begun({ ...fear, came: 'x' }, ['fear']),
      begun({ fear: 'none' }),
      ['fear'],
    ],
  ])('%s', (_, before, log, linkIds) => {
    const act = () => keepPrediction(before, log, parts, now);
    expect(act).toThrow(IntersessionError);
    expect(act).toThrow(
      expect.objectContaining({
        ...{ code: 'prediction-locked', fields: { logId: 'l1', linkIds } },
        message: 'A prediction stays as it was written before the outcome.',
      }),
    );
  });
});
