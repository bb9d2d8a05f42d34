import { searchParameters } from '../../../src/fhir/search/search-parameters.ts';
import { apiRoutes } from '../../../src/http/api/routes.ts';
import type { Doors } from '../open-doors.ts';
import { hostileBodies, hostileTexts, randomFrom, spoil } from './hostile-values.ts';
import { type RawAnswer, sendRequest } from './send-raw.ts';

export interface Fuzz {
  readonly doors: Pick<Doors, 'url' | 'routes'>;
  readonly seed: number;
  readonly runs: number;
  /** Headers by which a request gets past the first question. */
  readonly permitted: readonly Record<string, string>[];
  /** Values with which a path leads somewhere. */
  readonly known: readonly string[];
  /** Commands that are taken as they stand, to be spoiled. */
  readonly bodies: readonly object[];
}

export interface Played {
  readonly what: string;
  readonly answer: RawAnswer;
}

const queryNames = [
  ...new Set([
    ...Object.values(searchParameters).flatMap((list) => list.map(({ name }) => name)),
    ...[
      '_id',
      '_lastUpdated',
      '_count',
      '_sort',
      '_summary',
      '_total',
      '_include',
      '_revinclude',
      '_cursor',
      '_format',
    ],
    ...[
      '_has',
      'subject.name',
      'status:not',
      'subject:Patient',
      '_lastUpdated:missing',
      'title:contains',
      'title:exact',
    ],
    ...[
      'limit',
      'cursor',
      'patientId',
      'status',
      'state',
      'artefact',
      'planId',
      'filter',
      'team',
      'sort',
      'after',
      'view',
    ],
    ...['from', 'to', 'since', 'kind', 'language', 'format', 'encounter'],
  ]),
];
const headerNames = [
  ...['accept', 'accept-language', 'prefer', 'if-none-match', 'if-match', 'authorization', 'x-launch', 'x-request-id'],
  ...['content-type', 'content-encoding', 'x-forwarded-for', 'x-forwarded-proto', 'origin', 'range', 'cookie', 'host'],
];
const types = [
  ...Object.keys(searchParameters),
  'Patient',
  'metadata',
  'response',
  '$export',
  '_history',
  'constructor',
];
const jsonTypes = ['application/json', 'application/fhir+json'];

/** Plays so many requests at every route, each with something hostile in it; the same seed plays the same. */
export async function fuzz(options: Fuzz): Promise<Played[]> {
  const random = randomFrom(options.seed);
  const examples = [
    ...options.bodies,
    ...apiRoutes.flatMap(({ example }) => (example instanceof Object ? [example] : [])),
  ];
  const played: Played[] = [];
  for (let run = 0; run < options.runs; run += 1) {
    for (const route of options.doors.routes) {
      const method = (
        route.methods.length > 3 ? random.pick(['get', 'put', 'post']) : random.pick(route.methods)
      ).toUpperCase();
      const path = pathOf(route.path, options, random) + queryOf(random);
      const headers = headersOf(options, random);
      const body = method === 'GET' ? undefined : bodyOf(examples, headers, random);
      const what = `${method} ${path.slice(0, 300)} ${JSON.stringify(headers).slice(0, 300)} ${(body ?? '').slice(0, 300)}`;
      const answer = await sendRequest(options.doors.url, { method, path, headers, body });
      played.push({ what: `${route.path} ← ${what}`, answer });
    }
  }
  return played;
}

/** Every parameter by which a type can be searched, with every hostile value, one request each. */
export async function fuzzSearch(url: string, type: keyof typeof searchParameters, token: string): Promise<Played[]> {
  const names = [
    ...searchParameters[type].map(({ name }) => name),
    '_lastUpdated',
    '_id',
    '_cursor',
    '_count',
    '_include',
  ];
  const played: Played[] = [];
  for (const name of names) {
    for (const value of hostileTexts) {
      const path = `/fhir/north/${type}?${name}=${escaped(value)}`;
      const answer = await sendRequest(url, { method: 'GET', path, headers: { authorization: `Bearer ${token}` } });
      played.push({ what: path.slice(0, 300), answer });
    }
  }
  return played;
}

type Random = ReturnType<typeof randomFrom>;

function pathOf(pattern: string, { known }: Fuzz, random: Random): string {
  return pattern
    .split('/')
    .map((part) => {
      if (part === ':tenant' && random.below(10) > 0) return 'north';
      if (part === ':type' && random.below(10) > 0) return random.pick(types);
      if (!part.startsWith(':') && !part.startsWith('*')) return part;
      return random.below(3) > 0 ? random.pick(known) : escaped(random.pick(hostileTexts).slice(0, 300));
    })
    .join('/');
}

function queryOf(random: Random): string {
  const count = random.below(4);
  if (count === 0) return '';
  const pair = (): string => {
    const name = random.below(6) === 0 ? random.pick(hostileTexts).slice(0, 200) : random.pick(queryNames);
    const prefix = random.below(6) === 0 ? random.pick(['ap', 'ge', 'lt', 'ne', 'Patient/', '|']) : '';
    return `${escaped(name)}=${escaped(prefix + random.pick(hostileTexts)).slice(0, 3000)}`;
  };
  return `?${Array.from({ length: count }, pair).join('&')}`;
}

function headersOf({ permitted }: Fuzz, random: Random): Record<string, string> {
  const headers: Record<string, string> = random.below(12) === 0 ? {} : { ...random.pick(permitted) };
  if (random.below(3) === 0) headers[random.pick(headerNames)] = printable(random.pick(hostileTexts));
  return headers;
}

function bodyOf(examples: readonly object[], headers: Record<string, string>, random: Random): string {
  if (random.below(8) > 0) headers['content-type'] ??= random.pick(jsonTypes);
  if (random.below(12) === 0) headers['content-type'] = 'application/x-www-form-urlencoded';
  if (random.below(5) === 0) return random.pick(hostileBodies);
  return JSON.stringify(spoil(random.pick(examples), random));
}

/** Percent-encoded as UTF-8; now and then as bytes that are no UTF-8. */
function escaped(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/'/g, '%27') + (text.isWellFormed() ? '' : '%ED%A0%80');
}

/** A header takes latin-1 without control characters. */
const printable = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, 'ÿ').slice(0, 3000);
