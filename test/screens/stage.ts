import type { Page } from 'playwright-core';
import { z } from 'zod';
import type { House } from '../start/open-house.ts';

export interface Order {
  readonly user: string;
  readonly patient?: string;
  readonly face?: 'native' | 'notes-only';
  readonly scopesDenied?: readonly string[];
  readonly tamper?: string;
}

/** What the pictures are taken of: the service as `npm start` runs it, and the sandbox EHR's controls. */
export interface Stage {
  readonly house: House;
  /** Makes a launch at the sandbox EHR, as a click in the chart does. @returns the address that opens the app */
  launch(order: Order): Promise<string>;
  /** Launches and waits until the app shows its first page. */
  enter(page: Page, order: Order): Promise<void>;
  setClock(tenant: string, time: string): Promise<void>;
  /** Calls the EHR's control route. */
  control(method: 'POST' | 'DELETE', path: string, body?: object): Promise<Response>;
}

const made = z.object({ launchUrl: z.url() });

export const clinician = { user: 'Practitioner/dr-okafor', patient: 'sarah' } as const;
export const patient = { user: 'Patient/sarah', patient: 'sarah' } as const;

/** Sets the stage in an open house. */
export function setStage(house: House): Stage {
  const post = (url: string, method: string, body?: object): Promise<Response> =>
    fetch(url, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  const stage: Stage = {
    house,
    control: (method, path, body) => post(`${house.ehr}/control${path}`, method, body),
    async launch({ face = 'native', ...order }) {
      const response = await stage.control('POST', '/launch', { face, ...order });
      if (response.status !== 201) throw new Error(`no launch: ${response.status} ${await response.text()}`);
      return made.parse(await response.json()).launchUrl;
    },
    async enter(page, order) {
      await page.goto(await stage.launch(order));
      await page.waitForURL('**/app');
      await settled(page);
    },
    async setClock(tenant, time) {
      const response = await post(`${house.running.url}/sandbox/clock`, 'POST', {
        tenant,
        set: new Date(time).toISOString(),
      });
      if (!response.ok) throw new Error(`the clock of ${tenant} was not set: ${response.status}`);
    },
  };
  return stage;
}

/** Waits until a page has its heading and nothing is being fetched. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main:not([aria-busy]) h1').waitFor();
  await page.waitForLoadState('networkidle');
}

/** Opens one of the pages by its tab. */
export async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name }).click();
  await settled(page);
}
