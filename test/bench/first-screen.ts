import type { Browser, CDPSession, Page } from 'playwright-core';
import { openInWindow, openVisit, setClock } from '../browser/real-visit.ts';
import type { House } from '../start/open-house.ts';

/** A phone on a bus: 400 kbit/s each way, 400 ms until an answer begins. */
const bus = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

export interface FirstScreen {
  /** From asking for the app's address, signed in, with an empty cache, until the patient reads what is due. */
  readonly ms: number;
  /** The same from the click in the portal: the EHR's sign-in and our launch with it. */
  readonly fromPortalMs: number;
  /** What was asked of the service until then, in order, without files. */
  readonly calls: readonly string[];
  readonly bytes: number;
}

/** Gives a patient of the house a plan, so that there is something to do. */
export async function planFor(house: House, patientId: string): Promise<void> {
  await setClock(house, '2026-03-02T14:00:00.000Z');
  const { status } = await house.api('sandbox').request('POST', '/api/v1/plans', {
    sourceId: `bench-${patientId}`,
    patientId,
    libraryPlan: 'social-anxiety-speaking-up|1.0.0',
    author: 'Practitioner/dr-okafor',
    period: { start: '2026-03-02', end: '2026-04-20' },
  });
  if (status !== 201 && status !== 200) throw new Error(`the plan was answered with ${status}`);
  await house.running.idle();
}

/** Opens the first patient screen over a slow line, in a phone's window. */
export async function openFirstScreen(browser: Browser, house: House): Promise<FirstScreen> {
  const visit = await openVisit(browser, 400);
  try {
    const chart = await visit.open(`${house.ehr}/chart/sarah`);
    const app = await openInWindow(chart, 'Patient portal: my homework as Sarah Whitfield');
    await somethingToDo(app);
    const address = app.url();
    // its storage stays with the tab: who is signed in, and nothing else of the page before
    await app.goto('about:blank');
    const line = await slowLine(app);
    const calls: string[] = [];
    let bytes = 0;
    app.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (request.resourceType() === 'fetch') calls.push(`${request.method()} ${pathname}`);
    });
    line.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    const started = performance.now();
    await app.goto(address, { waitUntil: 'commit' });
    await somethingToDo(app);
    const ms = performance.now() - started;
    const atFirst = { calls: [...calls], bytes };
    await app.close();
    return { ms, fromPortalMs: await fromPortal(browser, house), ...atFirst };
  } finally {
    await visit.context.close();
  }
}

/** A browser that has seen neither the portal nor the app: from the portal's click to what is due. */
async function fromPortal(browser: Browser, house: House): Promise<number> {
  const visit = await openVisit(browser, 400);
  try {
    const chart = await visit.open(`${house.ehr}/chart/sarah`);
    visit.context.on('page', (page) => void slowLine(page));
    const started = performance.now();
    const app = await openInWindow(chart, 'Patient portal: my homework as Sarah Whitfield');
    await somethingToDo(app);
    return performance.now() - started;
  } finally {
    await visit.context.close();
  }
}

async function slowLine(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.clearBrowserCache');
  await session.send('Network.emulateNetworkConditions', bus);
  return session;
}

/** What a patient opens the app for: the step that is due, with its button. */
async function somethingToDo(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: /^Write it down/ });
  await button.first().waitFor({ timeout: 60_000 });
}
