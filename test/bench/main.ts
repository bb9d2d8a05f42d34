// npm run bench [-- --json]: figures against their anchors, ratios taken in one run. DATABASE_URL (or TEST_DATABASE_URL)
// names a PostgreSQL on which a scratch database is made; without it the embedded database is measured.
// npm run bench -- --against <checkout> [--rounds 9]: delivery alone, against that of another checkout (its own node_modules
// beside it), round by round in one run.
// npm run bench -- --first-screen: the first patient screen over a slow line alone.
// npm run bench -- --worklist: the coordinator's list alone, which needs a PostgreSQL.
// npm run bench -- --year [--patients 200]: a year of daily homework beside a week of it, and what one log costs, alone.
import { parseArgs } from 'node:util';
import type { Database } from '../../src/record/database/database.ts';
import { launchChromium } from '../browser/launch-chromium.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { openHouse } from '../start/open-house.ts';
import { claimMs } from './claim.ts';
import { type Compared, compareDelivery } from './compare-delivery.ts';
import { costPerLog } from './cost-per-log.ts';
import { deliveryRatio } from './delivery.ts';
import { type FirstScreen, openFirstScreen, planFor } from './first-screen.ts';
import { median } from './median.ts';
import { serverUrl } from './server-url.ts';
import { sweepByAge } from './sweep-age.ts';
import { worklistRatios, worklistTimes } from './worklist.ts';
import { yearBesideWeek } from './year-daily.ts';

interface Figure {
  name: string;
  value: number;
  unit: string;
  anchor: string;
  /** What must be reached; absent: told only. */
  reach?: string;
  ok: boolean;
}

const figures: Figure[] = [];
const round = (value: number): number => Number(value.toPrecision(3));
const least = (name: string, value: number, bound: number, anchor: string): void => {
  figures.push({ name, value: round(value), unit: 'ratio', anchor, reach: `≥ ${bound}`, ok: value >= bound });
};
const most = (name: string, value: number, bound: number, anchor: string): void => {
  figures.push({ name, value: round(value), unit: 'ratio', anchor, reach: `≤ ${bound}`, ok: value <= bound });
};

const server = serverUrl(process.env);
const store = server === undefined ? 'PGlite' : 'PostgreSQL';
const { values: said } = parseArgs({
  options: {
    json: { type: 'boolean' },
    against: { type: 'string' },
    rounds: { type: 'string', default: '9' },
    'first-screen': { type: 'boolean' },
    worklist: { type: 'boolean' },
    year: { type: 'boolean' },
    patients: { type: 'string', default: '200' },
  },
});
if (said.against !== undefined) {
  const rounds = Number(said.rounds);
  for (const [words, delayMs, count] of [
    ['at once', 0, 4000],
    ['after 20 ms', 20, 2000],
  ] as const) {
    const { perSecond, workMicros } = await compareDelivery(said.against, { count, delayMs, rounds });
    const told = ({ ours, theirs }: Compared, unit: string) =>
      `${Math.round(ours)} ${unit}, there ${Math.round(theirs)}, median of ${rounds} rounds in turn`;
    const name = `delivery here ÷ there, EHR answers ${words}, ${store}`;
    least(`${name}, writes a second`, perSecond.ratio, 0.95, told(perSecond, 'a second'));
    most(`${name}, work for a write`, workMicros.ratio, 1.05, told(workMicros, 'µs'));
  }
} else if (said['first-screen'] === true) await measureFirstScreen();
else if (said.worklist === true) await withDatabase(measureWorklist);
else if (said.year === true) {
  await withDatabase(measureYear);
  measureLog();
} else await measureAll();
show();

async function withDatabase(measure: (database: Database) => Promise<void>): Promise<void> {
  const database = await openTestDatabase(server);
  try {
    await measure(database);
  } finally {
    await database.close();
  }
}

async function measureWorklist(database: Database): Promise<void> {
  if (store !== 'PostgreSQL') throw new Error('the coordinator’s list is measured on a PostgreSQL: set DATABASE_URL');
  await withDatabase(async (other) => {
    const { few, many } = await worklistTimes({ database: other, patients: 1000 }, { database, patients: 100_000 });
    for (const { name, ratio, anchor, held } of worklistRatios(few, many)) {
      if (held) most(name, ratio, 3, anchor);
      else figures.push({ name, value: round(ratio), unit: 'ratio', anchor, ok: true });
    }
  });
}

async function measureAll(): Promise<void> {
  const database = await openTestDatabase(server);
  try {
    const count = store === 'PostgreSQL' ? 4000 : 1500;
    const atOnce = await deliveryRatio(database, { count, delayMs: 0, rounds: 9 });
    const anchor = `direct posting of the same bundles by undici: ${Math.round(atOnce.direct)}/s; durable ${Math.round(atOnce.durable)}/s`;
    least(
      `delivery ÷ direct posting, EHR answers at once, ${store}`,
      atOnce.ratio,
      store === 'PostgreSQL' ? 0.5 : 0.1,
      anchor,
    );
    const slow = await deliveryRatio(database, { count: 2000, delayMs: 20, rounds: 3 });
    const slowAnchor = `direct posting, 32 in flight: ${Math.round(slow.direct)}/s; durable ${Math.round(slow.durable)}/s`;
    if (store === 'PostgreSQL')
      least(`delivery ÷ direct posting, EHR takes 20 ms, ${store}`, slow.ratio, 0.9, slowAnchor);
    else
      figures.push({
        name: `delivery ÷ direct posting, EHR takes 20 ms, ${store}`,
        value: round(slow.ratio),
        unit: 'ratio',
        anchor: slowAnchor,
        ok: true,
      });

    const small = await claimMs(database, 1000);
    const large = await claimMs(database, 100_000);
    const claimAnchor = `${round(large)} ms at 100k, ${round(small)} ms at 1k`;
    most(`claim of 50 groups, backlog 100k ÷ backlog 1k, ${store}`, large / small, 2, claimAnchor);
    if (store === 'PostgreSQL') await measureWorklist(database);
    await measureFirstScreen();
    const { year, week } = sweepByAge();
    const sweepAnchor = `${round(year)} µs ÷ ${round(week)} µs`;
    most('sweep of a plan with daily homework, a year old ÷ a week old', year / week, 2, sweepAnchor);
    await withDatabase(measureYear);
    measureLog();
  } finally {
    await database.close();
  }
}

async function measureYear(database: Database): Promise<void> {
  const patients = Number(said.patients);
  for (const { name, year, week } of await yearBesideWeek(database, patients)) {
    const told = `${name}, ${patients} patients with a year of a daily card ÷ with a week of it, ${store}`;
    most(told, year / week, 2, `${round(year)} ms ÷ ${round(week)} ms`);
  }
}

function measureLog(): void {
  const { whole, parse, kind, kilobytes } = costPerLog();
  const anchor = `${round(whole)} µs ÷ ${round(parse)} µs, ${kind}, ${round(kilobytes)} kB`;
  most('parse + validate + map + extract one log ÷ JSON.parse of it, the largest kind', whole / parse, 12, anchor);
}

/** What a patient on a bus waits for; of several times the middle one, on a machine that has other work. */
async function measureFirstScreen(): Promise<void> {
  const house = await openHouse();
  const browser = await launchChromium();
  try {
    await planFor(house, 'sarah');
    const times: FirstScreen[] = [];
    for (let time = 0; time < 3; time += 1) times.push(await openFirstScreen(browser, house));
    const seconds = (of: (screen: FirstScreen) => number) => round(median(times.map(of)) / 1000);
    const [ms, fromPortal] = [seconds((screen) => screen.ms), seconds((screen) => screen.fromPortalMs)];
    const { bytes = 0, calls = [] } = times[0] ?? {};
    const line = '400 kbit/s and 400 ms, empty cache';
    const anchor = `${Math.round(bytes / 1000)} kB, of which the line takes ${round(bytes / 50_000)} s`;
    figures.push(
      { name: `first patient screen, signed in, ${line}`, value: ms, unit: 's', anchor, reach: '≤ 5', ok: ms <= 5 },
      {
        name: `first patient screen from the click in the portal, ${line}`,
        value: fromPortal,
        unit: 's',
        anchor: 'with the launch and the EHR’s sign-in, over the same line',
        ok: true,
      },
      {
        name: 'questions to the service until the first patient screen, signed in',
        value: calls.length,
        unit: 'questions',
        anchor: calls.join(', '),
        reach: '≤ 2',
        ok: calls.length <= 2,
      },
    );
  } finally {
    await browser.close();
    await house.close();
  }
}

function show(): never {
  if (said.json === true) console.log(JSON.stringify(figures, null, 2));
  else
    for (const { ok, name, value, unit, reach, anchor } of figures)
      console.log(
        `${ok ? 'ok  ' : 'FELL SHORT'} ${name}: ${value} ${unit}${reach === undefined ? '' : ` (reach ${reach})`} – ${anchor}`,
      );
  process.exit(figures.every(({ ok }) => ok) ? 0 : 1);
}
