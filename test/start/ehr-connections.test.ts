import { describe, expect, it } from 'vitest';
import type { Ehr } from '../../src/ehr/open-ehr.ts';
import { systemClock } from '../../src/foundation/clock.ts';
import type { LandingRow } from '../../src/landing/landing-row.ts';
import { ehrConnections } from '../../src/start/ehr-connections.ts';

const row: LandingRow = {
  ...{ artefact: 'log', landing: 'app-only', identity: 'none', reason: 'The site keeps logs in Intersession.' },
  ...{ toImprove: null, writes: [{ type: 'Task', interactions: ['create'] }] as never, scopes: ['system/Task.c'] },
};

/** What the pages are told of an EHR whose landing table has these rows. */
async function told(...rows: readonly LandingRow[]) {
  const ehr: Pick<Ehr, 'landings'> = { landings: async () => rows };
  return ehrConnections(new Map([['north', ehr as Ehr]]), systemClock)
    .get('north')
    ?.landings();
}
const inBrief = { artefact: 'log', landing: 'app-only', identity: 'none', reason: row.reason };

describe('the landing table as the pages are told it', () => {
  it('says that the site chose less than could be where it did, of that row alone', async () => {
    expect(await told({ ...row, bySite: true }, { ...row, artefact: 'plan' })).toStrictEqual([
      { ...inBrief, bySite: true },
      { ...inBrief, artefact: 'plan' },
    ]);
  });

  it.each<[string, Partial<LandingRow>, object]>([
    ['what would raise it', { toImprove: 'Grant it.' }, { toImprove: 'Grant it.' }],
    ['what is taken for true', { assumption: 'It keeps notes.' }, { assumption: 'It keeps notes.' }],
    ['all three', { toImprove: 'x', assumption: 'y', bySite: true }, { toImprove: 'x', assumption: 'y', bySite: true }],
    ['nothing of scopes and writes', {}, {}],
  ])('says %s', async (_, given, expected) => {
    expect(await told({ ...row, ...given })).toStrictEqual([{ ...inBrief, ...expected }]);
  });
});
