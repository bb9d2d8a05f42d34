import type { Asked, RawAnswer } from './fake-ehr.ts';

/** One way in which something answers that is not, or not well, the EHR. */
export interface AnswerClass {
  readonly name: string;
  /** It is the EHR's own refusal, so it may be believed; it cannot come after the EHR took it. */
  readonly refuses?: boolean;
  readonly make: (asked: Asked) => RawAnswer;
  /** For which requests it can be made. */
  readonly fits?: (interaction: Interaction) => boolean;
}

export const interactions = ['create', 'update', 'transaction', 'batch', 'read', 'search'] as const;
export type Interaction = (typeof interactions)[number];
const reads = (text: Interaction): boolean => text === 'read' || text === 'search';
const single = (text: Interaction): boolean => text === 'create' || text === 'update';
const together = (text: Interaction): boolean => text === 'transaction' || text === 'batch';

const fhir = { 'content-type': 'application/fhir+json' };
const page = (title: string): Pick<RawAnswer, 'headers' | 'body'> => ({
  headers: { 'content-type': 'text/html; charset=utf-8', etag: 'W/"2"' },
  body: `<!doctype html><html><head><title>${title}</title></head><body><form action="/login"></form></body></html>`,
});
const outcome = (severity: string): string =>
  JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ severity, code: 'processing', diagnostics: 'fault' }] });
const success = ({ method, path }: Asked): number => (method === 'POST' && path !== '' ? 201 : 200);
const typeOf = ({ path }: Asked): string => path.split('/')[0] || 'Bundle';

/** What the EHR would show of it, as far as whoever answers in its place can know. */
function representation(asked: Asked): string {
  const { sent, genuine, path } = asked;
  const bundle = { resourceType: 'Bundle', type: path === '' ? 'transaction-response' : 'searchset', entry: [] };
  const held =
    genuine?.body ?? (path === '' || sent === undefined ? bundle : { ...sent, id: path.split('/')[1] ?? '4711' });
  return JSON.stringify({ ...held, text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"/>' } });
}

/** The response to a Bundle, with its entries changed. */
function entries({ sent, genuine }: Asked, change: (entry: object, at: number) => object): RawAnswer {
  const answered = (genuine?.body as { entry?: object[] } | undefined)?.entry;
  const asked = (sent as { entry?: object[]; type?: string } | undefined)?.entry ?? [];
  const entry = asked.map((_one, at) => change(answered?.[at] ?? { response: { status: '201' } }, at));
  return {
    status: 200,
    headers: fhir,
    body: JSON.stringify({ resourceType: 'Bundle', type: 'batch-response', entry }),
  };
}

const pages: AnswerClass[] = [200, 201, 203].map((status) => ({
  name: `html ${status}`,
  make: () => ({ status, ...page('Sign in') }),
}));

const emptyOnes: AnswerClass[] = [200, 201, 204].flatMap((status) => [
  { name: `empty ${status}`, make: () => ({ status }) },
  { name: `empty ${status} with type text/html`, make: () => ({ status, headers: { 'content-type': 'text/html' } }) },
]);

const brokenOnes: AnswerClass[] = [
  {
    name: 'json that ends early',
    make: (asked) => ({ status: success(asked), headers: fhir, body: representation(asked).slice(0, -20) }),
  },
  {
    name: 'a connection that ends early',
    make: (asked) => ({
      status: success(asked),
      headers: fhir,
      body: representation(asked).slice(0, -20),
      cutOff: true,
    }),
  },
  {
    name: 'json that ends early, of another type',
    make: (asked) => ({
      status: success(asked),
      headers: { 'content-type': 'text/plain' },
      body: '{"resourceType":"Bun',
    }),
  },
];

const wrongOnes: AnswerClass[] = [
  {
    name: 'a wrong resource',
    make: (asked) => ({
      ...{ status: success(asked), headers: { ...fhir, etag: 'W/"2"' } },
      body: JSON.stringify({ resourceType: typeOf(asked) === 'Device' ? 'Group' : 'Device', id: '1' }),
    }),
  },
  {
    name: 'a wrong id',
    fits: (interaction) => interaction === 'update' || interaction === 'read',
    make: (asked) => ({
      ...{ status: 200, headers: { ...fhir, etag: 'W/"2"' } },
      body: JSON.stringify({ ...JSON.parse(representation(asked)), resourceType: typeOf(asked), id: 'x99' }),
    }),
  },
  {
    name: 'another’s resource',
    fits: (interaction) => interaction === 'create',
    make: (asked) => ({
      ...{ status: 201, headers: fhir },
      body: JSON.stringify({
        ...asked.sent,
        ...{ id: 'x99', identifier: [{ system: 'urn:other', value: '1' }] },
      }),
    }),
  },
  {
    name: 'what was sent',
    fits: (interaction) => !reads(interaction) && interaction !== 'update',
    make: (asked) => ({ status: 200, headers: fhir, body: JSON.stringify(asked.sent) }),
  },
  ...[
    'http://127.0.0.1:9/fhir/Task/x99',
    'https://elsewhere.example/fhir/Task/x99/_history/1',
    '/login?next=Task/x99',
  ].map(
    (location): AnswerClass => ({
      name: `the address ${location}`,
      fits: single,
      make: () => ({ status: 201, headers: { location } }),
    }),
  ),
  {
    name: 'an address of another type',
    fits: single,
    make: ({ base }) => ({ status: 201, headers: { ...fhir, location: `${base}/Patient/sarah/_history/1` } }),
  },
  ...['error', 'fatal'].map(
    (severity): AnswerClass => ({
      name: `success and an OperationOutcome that says ${severity}`,
      make: (asked) => ({ status: success(asked), headers: fhir, body: outcome(severity) }),
    }),
  ),
  {
    name: 'a Bundle of another kind',
    fits: (interaction) => !single(interaction),
    make: () => ({ status: 200, headers: fhir, body: '{"resourceType":"Bundle","type":"history","entry":[]}' }),
  },
  {
    name: 'entries that are missing',
    fits: together,
    make: (asked) => {
      const all = JSON.parse(entries(asked, (entry) => entry).body ?? '');
      return { status: 200, headers: fhir, body: JSON.stringify({ ...all, entry: all.entry.slice(1) }) };
    },
  },
  {
    name: 'entries of another type',
    fits: together,
    make: (asked) => entries(asked, (_entry, at) => ({ response: { status: '201', location: `Device/${at}` } })),
  },
  {
    name: 'entries that all stand in one place',
    fits: together,
    make: (asked) => entries(asked, () => ({ response: { status: '201', location: 'Task/x99/_history/1' } })),
  },
  {
    name: 'entries without a status',
    fits: together,
    make: (asked) => entries(asked, () => ({ response: {} })),
  },
  {
    name: 'entries that say error',
    fits: together,
    make: (asked) => entries(asked, () => ({ response: { status: '200', outcome: JSON.parse(outcome('error')) } })),
  },
];

const redirects: AnswerClass[] = [301, 302, 303, 307, 308].flatMap((status) => [
  {
    name: `${status} to a login`,
    make: () => ({ status, headers: { location: 'https://login.example/sso?next=%2Ffhir' } }),
  },
  {
    name: `${status} to a login page of the same host`,
    make: ({ base }: Asked) => ({
      status,
      ...page('Redirecting'),
      headers: { location: `${new URL(base).origin}/login` },
    }),
  },
]);

const statuses = [400, 401, 403, 404, 405, 407, 409, 410, 412, 413, 422, 429, 500, 501, 502, 503, 504, 511];
const gateways: AnswerClass[] = statuses.flatMap((status) => [
  { name: `${status} with a page`, make: () => ({ status, ...page('Not for you') }) },
  { name: `${status} without anything`, make: () => ({ status }) },
  {
    name: `${status} in JSON of another kind`,
    make: () => ({ status, headers: { 'content-type': 'application/json' }, body: '{"error":"no"}' }),
  },
]);

/** Those that mean "later" or "look again" are no refusals. */
const later = new Set([401, 409, 412, 429, 500, 502, 503, 504]);
const ownWords: AnswerClass[] = [400, 401, 403, 404, 405, 409, 412, 422, 429, 500, 501, 502, 503, 504].map(
  (status) => ({
    name: `${status} in FHIR`,
    ...(later.has(status) ? {} : { refuses: true }),
    make: () => ({ status, headers: fhir, body: outcome('error') }),
  }),
);

export const answerClasses: readonly AnswerClass[] = [
  ...[pages, emptyOnes, brokenOnes, wrongOnes, redirects, gateways, ownWords].flat(),
];
