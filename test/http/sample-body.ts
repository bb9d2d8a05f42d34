/** A text inside a body, and where it stands. */
export interface Leaf {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

type Schema = Record<string, unknown>;

const samples = [
  ...['a1', 'Practitioner/17', '2026-03-02', '2026-03-02T10:00:00-05:00', 'https://codes.example/system', 'en-US'],
  ...['Encounter/17', 'RelatedPerson/17'],
  ...['America/New_York', 'PT1H', '0d0f7f2c-6f4e-4c55-8f0e-6a3f5f3b9a11', 'graded-exposure'],
];

/** Bodies that fit a JSON Schema of ours, with everything in them that can be; one for each alternative of its own unions. */
export function sampleOf(schema: unknown, components: unknown): unknown[] {
  return variants(schema as Schema, (components as { schemas?: Record<string, Schema> }).schemas ?? {});
}

function variants(schema: Schema, named: Readonly<Record<string, Schema>>): unknown[] {
  const { $ref, anyOf, oneOf, const: only, enum: values, type } = schema;
  if (typeof $ref === 'string') return variants(named[$ref.split('/').at(-1) ?? ''] ?? {}, named);
  const either = (anyOf ?? oneOf) as Schema[] | undefined;
  if (either !== undefined) return either.flatMap((schema) => variants(schema, named));
  if (only !== undefined) return [only];
  if (Array.isArray(values)) return [values[0]];
  if (type === 'object' && schema.properties !== undefined) return objects(schema, named);
  if (type === 'object') return [{ situation: variants((schema.additionalProperties ?? {}) as Schema, named)[0] }];
  if (type === 'array') return [variants((schema.items ?? {}) as Schema, named).slice(0, 3)];
  if (type === 'boolean') return [true];
  if (type === 'number' || type === 'integer') return [Math.max(1, Number(schema.minimum ?? 1))];
  return [textOf(schema)];
}

/** As many objects as its richest property has alternatives; where others have fewer, their last again. */
function objects({ properties }: Schema, named: Readonly<Record<string, Schema>>): unknown[] {
  const all = Object.entries(properties as Record<string, Schema>).map(
    ([name, property]) => [name, variants(property, named)] as const,
  );
  const most = Math.max(1, ...all.map(([, list]) => list.length));
  return Array.from({ length: most }, (_, index) =>
    Object.fromEntries(all.map(([name, list]) => [name, list[Math.min(index, list.length - 1)]])),
  );
}

function textOf({ pattern, format, maxLength, allOf, description }: Schema): string {
  if (String(description).startsWith('IANA')) return 'America/New_York';
  const patterns = [pattern, ...((allOf as Schema[] | undefined) ?? []).map((schema) => schema.pattern)];
  const fits = (text: string) =>
    patterns.every((pattern) => typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text)) &&
    (format !== 'uri' || text.startsWith('https:')) &&
    text.length <= Number(maxLength ?? 1_000);
  return samples.find(fits) ?? 'a1';
}

/** Every text in a JSON value. */
export function* leavesOf(value: unknown, path: readonly (string | number)[] = []): Generator<Leaf> {
  if (typeof value === 'string') yield { path, text: value };
  else if (Array.isArray(value))
    for (const [index, element] of value.entries()) yield* leavesOf(element, [...path, index]);
  else if (typeof value === 'object' && value !== null)
    for (const [key, member] of Object.entries(value)) yield* leavesOf(member, [...path, key]);
}

/** The same value with another text at that place. */
export function withLeaf(value: unknown, { path }: Leaf, text: string): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return text;
  const inside = { path: rest, text };
  if (Array.isArray(value))
    return value.map((value, index) => (index === first ? withLeaf(value, inside, text) : value));
  const entries = Object.entries(value as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([key, member]) => [key, key === first ? withLeaf(member, inside, text) : member]),
  );
}
