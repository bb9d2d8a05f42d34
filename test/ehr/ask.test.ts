import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as real from '../../src/ehr/ask.ts';
import { openPool } from '../../src/ehr/pool-connection.ts';
import { withoutRule } from './rule-taken-away.ts';
import { type SlowServer, startSlowServer } from './slow-server.ts';

type Ask = typeof real.ask;

/** A request may take so long here, in milliseconds. */
const timeoutMs = 250;
/** When it is plain that nobody keeps the time, on a machine that is busy with other things. */
const tooLong = timeoutMs + 1500;
const mostBytes = 1_000_000;

let server: SlowServer;
let other: SlowServer;
let pool: ReturnType<typeof openPool>;
beforeAll(async () => {
  const answer = (path: string) => ({ path, pad: path === 'large' ? 'x'.repeat(mostBytes) : '' });
  [server, other] = await Promise.all([startSlowServer(answer), startSlowServer(answer)]);
  server.elsewhere = new URL(other.base).origin;
  pool = openPool(new URL(server.base).origin, 4);
});
beforeEach(() => {
  server.manner = () => 'well';
  other.asked.length = 0;
});
afterAll(async () => {
  await pool.close();
  await Promise.all([server.close(), other.close()]);
});

/** By which connection it goes; `fetch` unless another is given. */
type Over = 'fetch' | 'pool';
const limitsOf = (over: Over) => ({
  timeoutMs,
  mostBytes,
  ...(over === 'pool' ? { connection: pool.connection } : {}),
});

const secret = { authorization: 'Bearer secret' };
const requestTo = (address: string, origin = new URL(server.base).origin): real.EhrRequest => ({
  ...{ url: new URL(address), origin, method: 'GET', headers: secret },
});

/** What came of asking: the answer's status, or the error's code or name; `nothing` when it is still under way long after. */
async function cameOf(asked: Promise<real.WireAnswer>): Promise<number | string> {
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<string>((done) => {
    timer = setTimeout(done, tooLong, 'nothing');
  });
  const said = asked.then(
    ({ status }) => status,
    (error: Error & { code?: string }) => error.code ?? error.name,
  );
  return Promise.race([said, never]).finally(() => clearTimeout(timer));
}

/** Sent by a connection that only counts: an address that may not be asked is not even tried. */
async function isSent(ask: Ask, request: real.EhrRequest): Promise<boolean> {
  let sent = false;
  const connection: real.Connection = async () => {
    sent = true;
    return { status: 200, header: () => undefined };
  };
  await ask(request, { timeoutMs, connection }).catch(() => undefined);
  return sent;
}

interface Rule {
  readonly rule: string;
  readonly over: Over;
  /** The rule's text in `src/ehr/ask.ts`, and what stands there without it. */
  readonly takenAway?: readonly [string, string];
  /** Whether it is kept. */
  readonly holds: (ask: Ask) => Promise<boolean>;
}

const slowly = (manner: 'mute' | 'drips-headers' | 'drips-body', over: Over) => async (ask: Ask) => {
  server.manner = () => manner;
  return (await cameOf(ask(requestTo(`${server.base}/Task/1`), limitsOf(over)))) === real.lateAfter(1).code;
};
const large = (over: Over) => async (ask: Ask) =>
  (await cameOf(ask(requestTo(`${server.base}/large`), limitsOf(over)))) === 'TooLarge';
const redirected = (over: Over) => async (ask: Ask) => {
  server.manner = () => 'redirects';
  const came = await cameOf(ask(requestTo(`${server.base}/Task/1`), limitsOf(over)));
  return came === 307 && other.asked.length === 0;
};
const staysHere = (addresses: () => readonly string[], origin?: (address: string) => string) => async (ask: Ask) => {
  const sent = await Promise.all(
    addresses().map((address) => isSent(ask, requestTo(address, origin?.(address) ?? new URL(server.base).origin))),
  );
  return !sent.includes(true);
};

const timeKept = ['lateAfter(timeoutMs)), timeoutMs);', 'lateAfter(timeoutMs)), timeoutMs * 1000);'] as const;
const sizeKept = ['if (size > mostBytes) throw new TooLarge(mostBytes);', ''] as const;
const rules: readonly Rule[] = [
  {
    ...{ rule: 'no redirect is followed', over: 'fetch', holds: redirected('fetch') },
    takenAway: ["redirect: 'manual'", "redirect: 'follow'"],
  },
  { rule: 'no redirect is followed', over: 'pool', holds: redirected('pool') },
  ...(['fetch', 'pool'] as const).flatMap((over): Rule[] => [
    { rule: 'no more is read than is held', over, takenAway: sizeKept, holds: large(over) },
    ...(['mute', 'drips-headers', 'drips-body'] as const).map((manner): Rule => {
      const rule = `the whole answer comes in time (${manner})`;
      // once a connection is enough: without the rule, each takes as long as we have patience
      const takenAway = manner === 'drips-body' ? { takenAway: timeKept } : {};
      return { rule, over, ...takenAway, holds: slowly(manner, over) };
    }),
  ]),
  {
    ...{ rule: 'https, or this machine', over: 'fetch' },
    takenAway: ["if (!isConfidential(url)) throw foreign('the address is not https');", ''],
    holds: staysHere(
      () => ['http://ehr.example/fhir', 'http://10.0.0.7/fhir', 'http://127.0.0.1.ehr.example/', 'ftp://ehr.example/'],
      (address) => new URL(address).origin,
    ),
  },
  {
    ...{ rule: 'no other origin than it is meant for', over: 'fetch' },
    takenAway: ["if (url.origin !== origin) throw foreign('the address is of another origin');", ''],
    holds: staysHere(() => [
      ...['https://evil.example/fhir/Task', other.base, server.base.replace('127.0.0.1', 'localhost')],
      server.base.replace('http:', 'https:'),
    ]),
  },
];

it.each(rules)('$rule, by $over', async ({ holds }) => {
  expect(await holds(real.ask)).toBe(true);
});

it.each(rules.flatMap((rule) => (rule.takenAway === undefined ? [] : [{ ...rule, takenAway: rule.takenAway }])))(
  '$rule, by $over: would be missed, were it taken away',
  async ({ takenAway, holds }) => {
    const { ask } = await withoutRule<typeof real>('src/ehr/ask.ts', takenAway);
    expect(await holds(ask)).toBe(false);
  },
);

describe.each(['fetch', 'pool'] as const)('by %s', (over) => {
  it('an answer comes with its status, its headers by their lower-case names, and its text', async () => {
    const answer = await real.ask(requestTo(`${server.base}/Task/1?_format=json`), limitsOf(over));
    expect([answer.status, answer.header('content-type'), answer.header('x-none')]).toEqual([
      ...[200, 'application/fhir+json', undefined],
    ]);
    expect(JSON.parse(answer.text)).toEqual({ path: 'Task/1?_format=json', pad: '' });
  });

  it.each(['mute', 'drips-headers', 'drips-body', 'endless'] as const)(
    'nothing stays open of an answer that is given up (%s)',
    async (manner) => {
      // of its own: requests without a rule may still be under way at the other one
      const mine = await startSlowServer(() => ({}));
      const myPool = openPool(new URL(mine.base).origin, 2);
      mine.manner = () => manner;
      const limits = { ...limitsOf('fetch'), ...(over === 'pool' ? { connection: myPool.connection } : {}) };
      const asked = real.ask(requestTo(`${mine.base}/Task/1`, new URL(mine.base).origin), limits);
      expect(await cameOf(asked)).toMatch(/EHR_LATE|TooLarge/);
      await expect.poll(() => mine.open(), { timeout: 10_000 }).toBe(0);
      await myPool.close();
      await mine.close();
    },
  );
});

it('a request that is refused says why, and nothing of what it carried', async () => {
  const asked = real.ask(requestTo('https://evil.example/Task?patient=sarah'), limitsOf('fetch'));
  await expect(asked).rejects.toSatisfy(real.isForeign);
  await expect(asked).rejects.toThrow(/^not sent: the address is of another origin$/);
});
