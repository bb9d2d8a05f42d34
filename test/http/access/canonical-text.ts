/**
 * What a door said without what is at random: ids, ports, and the order of lists, as many stand by their ids. A note's words in a
 * resource are read.
 */
export function canonicalText(text: string): string {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return plain(text);
  }
  return JSON.stringify(canonical(body), null, 1);
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** As an EHR numbers what it keeps. */
const place = /\b([A-Z][A-Za-z]+)\/\d+\b/g;
const plain = (text: string): string =>
  text
    .replace(uuid, '#')
    .replace(place, '$1/#')
    .replace(/127\.0\.0\.1:\d+/g, 'host');

function canonical(value: unknown): unknown {
  if (typeof value === 'string') return plain(value);
  if (Array.isArray(value)) {
    const keyed = value.map(canonical).map((each) => ({ each, key: JSON.stringify(each) }));
    return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ each }) => each);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => {
    if (key === 'id' && typeof each === 'string' && /^\d+$/.test(each)) return [key, '#'];
    const coded = key === 'data' && typeof each === 'string';
    return [plain(key), coded ? plain(Buffer.from(each, 'base64').toString('utf8')) : canonical(each)];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Lines that stand in one of two texts alone, a few; empty: they are the same. */
export function differences(one: string, other: string): readonly string[] {
  if (one === other) return [];
  const [first, second] = [one.split('\n'), other.split('\n')];
  const [inFirst, inSecond] = [new Set(first), new Set(second)];
  const found = [
    ...first.filter((line) => !inSecond.has(line)).map((line) => `- ${line}`),
    ...second.filter((line) => !inFirst.has(line)).map((line) => `+ ${line}`),
  ];
  return found.length === 0 ? ['the same lines in another order, or another number of them'] : found.slice(0, 12);
}
