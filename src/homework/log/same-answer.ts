/**
 * Whether two answers to an item are the same: a code as a page sends it is the one that the record keeps with its system,
 * an amount is the same in the same unit, and of texts neither blanks nor the spelling of their characters count.
 */
export function sameAnswer(one: unknown, other: unknown): boolean {
  return spelt(one) === spelt(other);
}

/** Whether a text is how another begins, or stands in it word for word; the same text does not stand in itself. */
export function standsIn(text: unknown, other: unknown): boolean {
  if (typeof text !== 'string' || typeof other !== 'string' || sameAnswer(text, other)) return false;
  const [short, long] = [plain(text), plain(other)];
  return long.startsWith(short) || ` ${long} `.includes(` ${short} `);
}

function spelt(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(plain(value));
  if (Array.isArray(value)) return `[${value.map(spelt).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'nothing';
  if ('value' in value) {
    const unit = 'unit' in value ? value.unit : 'code' in value ? value.code : undefined;
    return `amount ${JSON.stringify([value.value, unit ?? null])}`;
  }
  if ('code' in value) return spelt(value.code);
  const entries = Object.entries(value).map(([name, part]): [string, string] => [name, spelt(part)]);
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const plain = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
