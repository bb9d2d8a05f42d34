import { createServer, type Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { responseEndpoint } from '../../src/record/use-cases/response-endpoint.ts';
import rendererResponse from '../fixtures/outside/response-from-a-form-renderer.json' with { type: 'json' };
import { type Doors, openDoors, publicUrl } from '../http/open-doors.ts';
import { type SentPlan, sendPlan } from '../http/sarah.ts';

/** A real browser on pages of other origins: a form filler that we know, and a stranger (the same machine by another name). */
let pages: Server;
let browser: Browser;
let doors: Doors;
let plan: SentPlan;
let token: string;
let known: Page;
let stranger: Page;

beforeAll(async () => {
  pages = createServer(
    (_request, response) => void response.setHeader('Content-Type', 'text/html').end('<p>A form</p>'),
  );
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  const address = pages.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  doors = await openDoors({}, () => ({ fhirOrigins: [`http://127.0.0.1:${port}`] }));
  token = await doors.token('north');
  plan = await sendPlan(doors, token);
  doors.test.setTime('2026-03-03T15:00:00.000Z');
  token = await doors.token('north');
  const { launchChromium } = await import('./launch-chromium.ts');
  browser = await launchChromium();
  known = await browser.newPage();
  await known.goto(`http://127.0.0.1:${port}/`);
  stranger = await browser.newPage();
  await stranger.goto(`http://localhost:${port}/`);
});
afterAll(async () => {
  await browser.close();
  await doors.close();
  await new Promise((resolve) => pages.close(resolve));
});

/** What a page gets by `fetch`: what it may read of the answer, or that the browser kept it back. */
const ask = (
  page: Page,
  path: string,
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
) =>
  page.evaluate(
    async ({ url, ...rest }) => {
      try {
        const answer = await fetch(url, rest);
        const { resourceType } = (await answer.json().catch(() => ({}))) as { resourceType?: string };
        const read = (name: string) => answer.headers.get(name);
        return { status: answer.status, resourceType, etag: read('ETag'), location: read('Location') };
      } catch {
        return 'kept back';
      }
    },
    { url: `${doors.url}${path}`, ...init },
  );
const bearer = () => ({ authorization: `Bearer ${token}`, prefer: 'handling=strict', 'if-none-match': 'W/"99"' });

describe('a page of another origin', () => {
  it('reads metadata and keys, whoever it is', async () => {
    for (const page of [known, stranger]) {
      expect(await ask(page, '/fhir/north/metadata')).toMatchObject({
        status: 200,
        resourceType: 'CapabilityStatement',
      });
      expect(await ask(page, '/fhir/north/.well-known/smart-configuration')).toMatchObject({ status: 200 });
      expect(await ask(page, '/.well-known/jwks.json')).toMatchObject({ status: 200 });
    }
  });

  it('reads and searches where its origin is registered, and nowhere else', async () => {
    const read = (page: Page, tenant: string) =>
      ask(page, `/fhir/${tenant}/CarePlan/${plan.planId}`, { headers: bearer() });
    expect(await read(known, 'north')).toMatchObject({ status: 200, resourceType: 'CarePlan', etag: 'W/"1"' });
    expect(await ask(known, '/fhir/north/Task')).toMatchObject({ status: 401, resourceType: 'OperationOutcome' });
    const form = { 'content-type': 'application/x-www-form-urlencoded', authorization: `Bearer ${token}` };
    const search = { method: 'POST', headers: form, body: 'status=requested' };
    expect(await ask(known, '/fhir/north/Task/_search', search)).toMatchObject({ status: 200, resourceType: 'Bundle' });
    expect(await read(stranger, 'north')).toBe('kept back');
    expect(await ask(stranger, '/fhir/north/Task')).toBe('kept back');
  });

  it('reaches neither the API nor sign-in nor tokens', async () => {
    for (const path of ['/api/v1/plans', '/app/v1/me', '/smart/launch', '/oauth/north/token', '/health']) {
      expect(await ask(known, path, { headers: { authorization: `Bearer ${token}` } }), path).toBe('kept back');
    }
  });

  it('sends a response as a stranger, and reads where it stands now', async () => {
    const { _note: _ours, ...response } = rendererResponse;
    const path = responseEndpoint(doors.test.record, 'north', plan.occurrenceId('1')).slice(publicUrl.length);
    const headers = { 'content-type': 'application/fhir+json; fhirVersion=4.0', prefer: 'return=representation' };
    const sent = await ask(stranger, path, { method: 'POST', headers, body: JSON.stringify(response) });
    expect(sent).toMatchObject({ status: 201, resourceType: 'QuestionnaireResponse', etag: 'W/"1"' });
    expect(sent).toHaveProperty('location', expect.stringContaining('/fhir/north/QuestionnaireResponse/'));
    const wrong = await ask(stranger, path, { method: 'POST', headers, body: '{}' });
    expect(wrong).toMatchObject({ status: 400, resourceType: 'OperationOutcome' });
  });
});
