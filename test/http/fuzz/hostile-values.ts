const cursor = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Texts at which something somewhere has failed: calendars' ends, numbers' ends, cursors of others, markup, too much. */
export const hostileTexts: readonly string[] = [
  ...['', ' ', '\u0000', 'a\u0000b', '\ud800', '\udfff\ud800', '\u202e', '\ufeff', '\r\nX-Evil: 1', '\t'],
  ...['ap9999', 'ap0001', 'ap9999-12-31T23:59:59.999Z', 'ne0001-01-01', 'sa9999-12-31', 'eb0001', 'gt0000', 'le10000'],
  ...['9999-12-31T23:59:59.999999999-14:00', '0001-01-01T00:00:00+14:00', '0000-01-01T00:00:00Z', '0000-01-01'],
  ...['9999-12-31', '9999-12-31T23:59:59Z', '+275760-09-13T00:00:00Z', '-271821-04-20', '2026-02-29', '2026-13-01'],
  ...['2026-03-02T24:00:00Z', '2026-03-02T10:00:60Z', '1969-12-31T23:59:60.5Z', '2026-06-30T23:59:60Z', 'T', 'Z'],
  ...['NaN', 'Infinity', '-Infinity', '1e309', '-0', '-1', '0', '0x10', '1e3', '9007199254740993', '2147483648'],
  ...[
    '9223372036854775808',
    '1'.repeat(400),
    `0.${'0'.repeat(400)}1`,
    'infinity',
    '-infinity',
    'now',
    'today',
    'epoch',
  ],
  ...['P1Y', '-P99999999Y', 'PT1E9H', 'P9999999999D', 'PT0.000000001S', 'P', '--'],
  ...[cursor(['x', 'y']), cursor(['9999-12-31T23:59:59.999Z', 'x']), cursor(['+275760-09-13T00:00:00.000Z', 'x'])],
  ...[cursor(['0000-01-01T00:00:00.000Z', 'x']), cursor(['2026-02-31T00:00:00.000Z', 'x']), cursor([]), cursor([1, 2])],
  ...[cursor(['all', 'NaN', 'x']), cursor(['others', '1e40', 'x']), cursor(['at-risk', '99999999999', 'x'])],
  ...[cursor(['others', '5', 'a\u0000']), cursor(['all', '2026', 'x']), cursor(['\u0000']), cursor(['a', '\ud800'])],
  ...[cursor({ length: 2 }), cursor(null), 'bnVsbA', '!!!', Buffer.from('['.repeat(3000)).toString('base64url')],
  ...["'; drop table plan; --", '\\', '\\\\,\\|', '%', '_', '%00', '%25', '$1', '${x}', '{{x}}', '<script>', '"', '`'],
  ...[
    '|',
    '||',
    '|||',
    ',',
    ',,,,',
    'a|',
    '|a',
    ':',
    ':exact',
    '::',
    '.',
    '..',
    '../..',
    '/',
    '//',
    '?',
    '#',
    '*',
    '&=&',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'length', 'null', 'undefined', 'true', '[]'],
  ...[
    'Patient/',
    '/Patient',
    'Patient/a/_history/',
    'https://ehr.example/fhir/Patient/1',
    'https://x:99999/',
    'urn:uuid:x',
  ],
  ...[
    'http://[',
    'http://x:99999999/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'Task:part-of',
    'Task:part-of:Task:x',
  ],
  ...['a'.repeat(3000), '𝕏'.repeat(700), 'é'.repeat(2000), 'İ'.repeat(1500), 'ﷺ'.repeat(500), 'a,'.repeat(900)],
];

/** Bodies that are no command of anybody's. */
export const hostileBodies: readonly string[] = [
  ...[
    '',
    ' ',
    'null',
    'true',
    '0',
    '-',
    '"',
    '"\\ud800"',
    '[]',
    '{}',
    '[[]]',
    '{"":""}',
    '{"__proto__":{"x":1}}',
    '\ufeff{}',
  ],
  ...[
    '{"constructor":{"prototype":{"x":1}}}',
    '{"a":1,"a":2}',
    '1e999',
    '{"x":1e999}',
    'NaN',
    '{"a":',
    '[1,]',
    "{'a':1}",
  ],
  ...['['.repeat(50_000), '{"a":'.repeat(30_000), `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
  ...[`${'{"item":['.repeat(3_000)}${']}'.repeat(3_000)}`, JSON.stringify('x'.repeat(200_000)), 'x'.repeat(300_000)],
  ...[`[${'0,'.repeat(50_000)}0]`, `{${Array.from({ length: 5_000 }, (_, n) => `"k${n}":0`).join(',')}}`],
];

/** The same numbers from the same seed: a failure can be played again. */
export function randomFrom(seed: number): { below(limit: number): number; pick<T>(list: readonly T[]): T } {
  let state = seed >>> 0;
  const next = (): number => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick(list) {
      const picked = list[below(list.length)];
      if (picked === undefined) throw new RangeError('nothing to pick from');
      return picked;
    },
  };
}

/** A value with one leaf, or one whole branch, replaced by something hostile. */
export function spoil(value: unknown, random: ReturnType<typeof randomFrom>): unknown {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entries.length === 0 || random.below(8) === 0) return hostileLeaf(random);
  const [name] = random.pick(entries);
  if (Array.isArray(value)) return value.map((value, index) => (String(index) === name ? spoil(value, random) : value));
  const spoiled = Object.fromEntries(
    entries.map(([key, member]) => [key, key === name ? spoil(member, random) : member]),
  );
  return random.below(8) === 0 ? { ...spoiled, [random.pick(hostileTexts)]: hostileLeaf(random) } : spoiled;
}

function hostileLeaf(random: ReturnType<typeof randomFrom>): unknown {
  const others = [null, true, 0, -1, 1e21, 2 ** 31, 2 ** 53, 0.1, Number.MAX_VALUE, [], {}, [[]], [null], { a: {} }];
  return random.below(3) === 0 ? random.pick(others) : random.pick(hostileTexts);
}
