import type { Instead } from './open-view.tsx';

const json = { 'content-type': 'application/json' };
const html = '<!doctype html><html><body><h1>Welcome to our network</h1>Please sign in.</body></html>';

/** A body as the service would write it. */
export const jsonAnswer = (body: unknown): Response => new Response(JSON.stringify(body), { headers: json });

/** What may answer with status 200 in the service's place, or come of a service of another version. */
const wrong: Readonly<Record<string, () => Response>> = {
  'an empty object': () => jsonAnswer({}),
  'a list': () => jsonAnswer([]),
  null: () => jsonAnswer(null),
  'a text': () => jsonAnswer('ok'),
  'no body': () => new Response('', { headers: json }),
  'a page of HTML': () => new Response(html, { headers: { 'content-type': 'text/html' } }),
  'truncated JSON': () => new Response('{"now":"2026-03-25T19:00:00.000Z","pl', { headers: json }),
  'status 204': () => new Response(null, { status: 204 }),
  'parts of other types': () =>
    jsonAnswer({
      ...{ now: 1, plans: {}, kinds: null, rows: 'none', counts: [], waiting: {}, undecided: null, row: [] },
      ...{ attempts: {}, plan: 'x', signal: null, authored: 3, answers: 'yes', encounters: {}, patient: 'x' },
      ...{ key: null, text: {}, check: 'x', differences: {}, held: {}, confirmed: {}, authorizeUrl: 7, session: {} },
    }),
};

export const shapes = Object.keys(wrong);

/** Answers calls of that method and path in this shape; all others reach the service. */
export const answering =
  (method: string, path: string, shape: string): Instead =>
  (call) =>
    call.method === method && (call.path === path || call.path.startsWith(`${path}?`)) ? wrong[shape]?.() : undefined;
