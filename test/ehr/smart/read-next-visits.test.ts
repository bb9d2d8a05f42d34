import { afterEach, describe, expect, it } from 'vitest';
import { readNextVisits } from '../../../src/ehr/smart/read-next-visits.ts';
import { openSmallEhr, type SmallEhr } from './small-ehr.ts';

const visit = (patient: string, start: string | undefined, status = 'planned') => ({
  ...{ resourceType: 'Encounter', id: `${patient}-${start}`, status },
  ...{ subject: { reference: `Patient/${patient}` }, period: { start } },
});

let ehr: SmallEhr;
afterEach(() => ehr.close());
const next = async (find: Parameters<typeof openSmallEhr>[0], ids = ['sarah', 'tom']) => {
  ehr = await openSmallEhr(find);
  const answer = await readNextVisits(ehr.reader, ids);
  return answer.ok ? Object.fromEntries(answer.value) : answer.why;
};

describe('when patients are next expected', () => {
  it('is the first planned visit of each, in whatever order they come', async () => {
    const visits = [
      visit('sarah', '2026-03-09T10:00:00-04:00'),
      visit('sarah', '2026-03-04T15:00:00Z'),
      visit('tom', '2026-03-05'),
    ];
    expect(await next(() => visits)).toEqual({ sarah: '2026-03-04T15:00:00.000Z', tom: '2026-03-05' });
    expect(ehr.asked.map(({ searchParams }) => Object.fromEntries(searchParams))).toMatchObject([
      { patient: 'sarah,tom', status: 'planned', date: 'ge2026-03-02T16:00:00.000Z' },
    ]);
  });

  it.each<[string, readonly object[]]>([
    ['of somebody else', [visit('ada', '2026-03-04T15:00:00Z')]],
    ['that is over', [visit('sarah', '2026-03-02T15:59:00Z')]],
    ['that took place', [visit('sarah', '2026-03-04T15:00:00Z', 'finished')]],
    ['that was called off', [visit('sarah', '2026-03-04T15:00:00Z', 'cancelled')]],
    ['without a time', [visit('sarah', undefined)]],
    ['some time this year', [visit('sarah', '2026'), visit('tom', '2026-04')]],
    [
      'of a patient on another server',
      [{ ...visit('x', '2026-03-04T15:00:00Z'), subject: { reference: 'http://elsewhere/Patient/sarah' } }],
    ],
  ])('is not a visit %s', async (_what, visits) => {
    expect(await next(() => visits)).toEqual({});
  });

  it('is a visit today where the EHR says only the day', async () => {
    expect(await next(() => [visit('sarah', '2026-03-02'), visit('tom', '2026-03-01')])).toEqual({
      sarah: '2026-03-02',
    });
  });

  it.each([
    ['25 hours', '2026-11-01', '2026-11-02T04:30:00Z', { sarah: '2026-11-01' }],
    ['25 hours, when it is over', '2026-11-01', '2026-11-02T05:00:00Z', {}],
    ['23 hours', '2026-03-08', '2026-03-09T03:30:00Z', { sarah: '2026-03-08' }],
    ['23 hours, when it is over', '2026-03-08', '2026-03-09T04:00:00Z', {}],
  ])('is a visit today until its day ends, also one of %s', async (_what, day, at, expected) => {
    ehr = await openSmallEhr(() => [visit('sarah', day)]);
    const answer = await readNextVisits({ ...ehr.reader, at: new Date(at) }, ['sarah']);
    expect(answer.ok && Object.fromEntries(answer.value)).toEqual(expected);
  });

  it('is not told of a page that has more behind it and is in no order: an earlier one may be there', async () => {
    const entries = [visit('sarah', '2026-03-09T15:00:00Z'), visit('tom', '2026-03-04T15:00:00Z')];
    expect(await next(() => ({ page: entries, next: true }))).toEqual({});
    ehr.close();
    expect(await next(() => ({ page: entries.toReversed(), next: true }))).toMatchObject({
      tom: '2026-03-04T15:00:00.000Z',
    });
  });

  it('is asked for fifty patients at a time, and is nothing where the EHR refuses', async () => {
    const ids = Array.from({ length: 120 }, (_, n) => `p${n}`);
    expect(
      await next((url) => [visit(url.searchParams.get('patient')?.split(',')[0] ?? '', '2026-03-04T15:00:00Z')], ids),
    ).toMatchObject({
      p0: '2026-03-04T15:00:00.000Z',
      p50: '2026-03-04T15:00:00.000Z',
      p100: '2026-03-04T15:00:00.000Z',
    });
    ehr.close();
    expect(await next(() => 403)).toBe('refused');
  });
});
