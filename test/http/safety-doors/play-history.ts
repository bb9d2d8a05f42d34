import { expect } from 'vitest';
import { sweepPlans } from '../../../src/record/use-cases/sweep-plans.ts';
import { exportAll, importAll, wipe } from '../../record/archive/copy-record.ts';
import { closeSignal } from './close-signal.ts';
import { amendLog, retractLog } from './correct-log.ts';
import { chosen, type History } from './history.ts';
import type { ShownSignal } from './patient-house.ts';
import type { Act } from './random-acts.ts';
import { completeLog, writeLog } from './write-log.ts';

type ShownLine = Pick<ShownSignal['evidence'][number], 'logId' | 'linkId' | 'value'>;

/** Plays one patient's history by all doors, and looks after each act whether exactly those signals stand that must. */
export async function playHistory(history: History, acts: readonly Act[]): Promise<void> {
  const { house, oracle } = history;
  await house.assign();
  for (const act of acts) {
    await perform(history, act);
    await check(history, act.type);
  }
  // that the homework is over ends no worry
  await house.page('clinician', 'POST', house.closePath, { status: 'completed' });
  await check(history, 'the plan is closed');
  const wanted = oracle.signals.map(({ status }) => (status === 'open' ? 'active' : 'inactive'));
  expect((await house.flags()).toSorted()).toEqual(wanted.toSorted());
}

async function perform(history: History, act: Act): Promise<void> {
  const { app, tally } = history;
  const { test } = app.doors;
  switch (act.type) {
    case 'log':
      return writeLog(history, act);
    case 'amend':
      return amendLog(history, act);
    case 'complete':
      return completeLog(history, act);
    case 'retract':
      return retractLog(history, act);
    case 'again':
      await chosen(history.logs, act.which)?.again?.();
      return;
    case 'close':
    case 'closed-by-system':
      return closeSignal(history, act);
    case 'jump':
      test.setTime(new Date(history.now + act.hours * 3_600_000).toISOString());
      expect((await sweepPlans(test.record)).failed).toEqual([]);
      return;
    case 'restart':
      tally.restarts += 1;
      return app.doors.restart();
    case 'import': {
      // as after the database was lost: what was exported is all there is
      const bundles = await exportAll(test.record, 'north');
      await wipe(test.database);
      const imported = await importAll(test.record, 'north', bundles);
      expect(imported.map(({ outcome }) => outcome)).toEqual(['imported']);
      tally.imports += 1;
    }
  }
}

async function check({ house, oracle }: History, after: string): Promise<void> {
  const shown = await house.signals();
  const line = ({ logId, linkId, value }: ShownLine) => `${logId} ${linkId} ${value}`;
  const found = shown.map(({ rule, ordinal, status, evidence }) => ({
    ...{ rule, ordinal, status, lines: evidence.map(line).toSorted() },
  }));
  const wanted = oracle.signals.map(({ rule, ordinal, status, lines }) => ({
    ...{ rule, ordinal, status, lines: lines.map(line).toSorted() },
  }));
  const inOrder = (all: typeof wanted) => all.toSorted((a, b) => a.rule.localeCompare(b.rule) || a.ordinal - b.ordinal);
  expect({ after, signals: inOrder(found) }).toEqual({ after, signals: inOrder(wanted) });
  const closers = shown.filter(({ status }) => status === 'closed').map(({ closedBy }) => closedBy);
  expect(closers.filter((closer) => closer !== 'Practitioner/dr-okafor')).toEqual([]);
}
