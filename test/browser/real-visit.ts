import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Browser, BrowserContext, Frame, FrameLocator, Page } from 'playwright-core';
import { z } from 'zod';
import type { House } from '../start/open-house.ts';
import { pagePatience } from './launch-chromium.ts';

/** A browser with its windows, and everything that it asked for and was told. */
export interface Visit {
  readonly context: BrowserContext;
  /** Every address that any page or frame asked for. */
  readonly addresses: readonly string[];
  /** Every body that came back, with its address; those of redirects have none. */
  bodies(): Promise<readonly { readonly url: string; readonly text: string }[]>;
  /** What pages complained of, other than answers of 4xx and 5xx. */
  readonly complaints: readonly string[];
  /** A new window. */
  open(address: string): Promise<Page>;
}

/** Opens a browser of somebody's own: nothing is shared with another visit. */
export async function openVisit(browser: Browser, width = 1280): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
  context.setDefaultTimeout(pagePatience);
  const addresses: string[] = [];
  const complaints: string[] = [];
  const bodies: Promise<{ url: string; text: string }>[] = [];
  context.on('request', (request) => addresses.push(request.url()));
  context.on('response', (response) => {
    const url = response.url();
    // a body that the browser no longer has was never read by a page either
    bodies.push(
      response.text().then(
        (text) => ({ url, text }),
        () => ({ url, text: '' }),
      ),
    );
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error' && !/status of [45]\d\d|net::ERR/.test(message.text()))
      complaints.push(message.text());
  });
  return {
    context,
    addresses,
    complaints,
    bodies: () => Promise.all(bodies),
    async open(address) {
      const page = await context.newPage();
      await page.goto(address);
      return page;
    },
  };
}

/**
 * Opens a page of the sandbox EHR under a name that makes our service another site, as it is in a hospital: a frame of
 * 127.0.0.1 in a page of localhost. That frame can neither set nor send cookies.
 */
export async function openChart(visit: Visit, house: House, path: string): Promise<Page> {
  const chart = await visit.open(`${house.ehr.replace('127.0.0.1', 'localhost')}${path}`);
  // its process is there only once a page of ours has been in it
  const frame = chart.frame('app');
  await frame?.goto(`${house.running.url}/app`);
  const session = await visit.context.newCDPSession(frame ?? chart);
  await session.send('Network.enable');
  await session.send('Network.setCookieControls', { enableThirdPartyCookieRestriction: true });
  return chart;
}

/** Presses one of the chart's launch buttons; the app opens inside the chart. */
export async function openInChart(chart: Page, label: string): Promise<FrameLocator> {
  await chart.getByRole('button', { name: label, exact: true }).click();
  return chart.frameLocator('iframe[name=app]');
}

/** Presses one of the chart's launch buttons; the app opens in a window of its own. */
export async function openInWindow(chart: Page, label: string): Promise<Page> {
  const [page] = await Promise.all([
    chart.context().waitForEvent('page'),
    chart.getByRole('button', { name: `${label}, in its own window`, exact: true }).click(),
  ]);
  await page.waitForURL('**/app');
  return page;
}

const launched = z.object({ launch: z.string(), launchUrl: z.string() });

/** Orders a launch as a click in the chart would make it, and more. */
export async function orderLaunch({ ehr }: House, order: Record<string, unknown>): Promise<z.infer<typeof launched>> {
  const made = await control(ehr, 'POST', '/control/launch', { face: 'native', ...order });
  return launched.parse(await made.json());
}

/** Uses one of the sandbox EHR's controls for tests. */
export async function control(ehr: string, method: string, path: string, body?: unknown): Promise<Response> {
  const answer = await fetch(`${ehr}${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}`);
  return answer;
}

/** Sets the sandbox tenants' time. */
export async function setClock({ running }: House, at: string): Promise<void> {
  await control(running.url, 'POST', '/sandbox/clock', { set: at });
}

/** Every token that the sandbox EHR has given out and not taken back: its people's and its systems'. */
export function tokensOf({ dataDir }: House): string[] {
  // a copy: the EHR keeps its database to itself
  const folder = mkdtempSync(join(tmpdir(), 'intersession-tokens-'));
  for (const file of ['ehr.sqlite', 'ehr.sqlite-wal']) {
    const path = join(dataDir, 'sandbox', file);
    if (existsSync(path)) copyFileSync(path, join(folder, file));
  }
  const database = new DatabaseSync(join(folder, 'ehr.sqlite'));
  try {
    return database
      .prepare(
        `SELECT id FROM authorization_record WHERE model IN ('AccessToken', 'RefreshToken', 'ClientCredentials')`,
      )
      .all()
      .map(({ id }) => String(id));
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What an origin keeps in a browser, all of it as text: storage, databases, caches, cookies that scripts see. */
export function keptBy(place: Page | Frame): Promise<string> {
  return place.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    return JSON.stringify([
      { ...sessionStorage },
      { ...localStorage },
      databases,
      await caches.keys(),
      document.cookie,
      history.state,
    ]);
  });
}

const commitShape = z.object({
  face: z.string(),
  interaction: z.string(),
  type: z.string(),
  id: z.string(),
  identifier: z.unknown(),
});

/** What the EHR wrote down as committed, in order. */
export function commitsOf({ dataDir }: House): z.infer<typeof commitShape>[] {
  return readFileSync(join(dataDir, 'sandbox', 'commits.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => commitShape.parse(JSON.parse(line)));
}
