import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from '../../fast-check.ts';
import { wipe } from '../../record/archive/copy-record.ts';
import { type AppWithSources, openAppWithSources } from '../app/open-app-with-sources.ts';
import { History, type Tally } from './history.ts';
import { playHistory } from './play-history.ts';
import { doors, history } from './random-acts.ts';
import { raisedRules } from './signals-oracle.ts';

/** The whole run has 1,000: `npm run test:full`. */
const histories = Number(process.env.SAFETY_HISTORIES ?? 40);

let app: AppWithSources;
beforeAll(async () => {
  app = await openAppWithSources({ app: { doorsPerMinute: 1_000_000 } });
});
afterAll(() => app.close());

describe('a risk answer, by whichever door it comes', () => {
  const tally: Tally = {
    told: new Map(),
    crashed: { 'domain:before-commit': 0, 'domain:after-commit': 0 },
    ...{ restarts: 0, imports: 0, closed: 0, refused: 0 },
  };

  it(`raises once, and only a person closes it: ${histories} histories with deaths and jumps of the clock`, {
    timeout: 60_000 + histories * 20_000,
  }, async () => {
    let serial = 0;
    await fc.assert(
      fc.asyncProperty(history, async (acts) => {
        app.doors.test.onReach = () => {};
        app.doors.test.setTime('2026-03-02T16:00:00.000Z');
        await wipe(app.doors.test.database);
        serial += 1;
        await playHistory(new History(app, `p-${serial}`, tally), acts);
      }),
      { numRuns: histories, endOnFailure: process.env.SAFETY_SHRINK === undefined },
    );
  });

  it('came by each door, of each rule, through deaths, restarts, imports and closings', () => {
    const { told, crashed, restarts, imports, closed } = tally;
    const never = doors.filter((door) => ![...told].some(([name, count]) => name.startsWith(`${door} `) && count > 0));
    const unraised = raisedRules.filter(
      (rule) => ![...told].some(([name, count]) => name.endsWith(` ${rule}`) && count > 0),
    );
    expect(never).toEqual([]);
    // a few histories need not meet each rule
    if (histories >= 40) expect(unraised).toEqual([]);
    expect(Math.min(...Object.values(crashed), restarts, imports, closed)).toBeGreaterThan(0);
    if (process.env.SAFETY_HISTORIES !== undefined) process.stdout.write(`${inspect(tally)}\n`);
  });
});
