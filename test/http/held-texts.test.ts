import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clockBody } from '../../src/contract/sandbox-clock.ts';
import { hasCode } from '../../src/foundation/intersession-error.ts';
import { isPlain, unheldTexts } from '../../src/foundation/plain-text.ts';
import { parseWith } from '../../src/http/api/parse-with.ts';
import { apiRoutes } from '../../src/http/api/routes.ts';
import { appRoutes } from '../../src/http/app/mount-app.ts';
import { noSight } from './app/no-sight.ts';
import { type Doors, openDoors } from './open-doors.ts';
import { type Leaf, leavesOf, sampleOf, withLeaf } from './sample-body.ts';

const unheld = ['Speak up\u000bnow', 'x\u0000', 'cut \ud83d', '\ude00y', 'z\uffff', 'bell\u0007', 'del\u007f'];

/** Fields that people write, which are cleaned; in every other one such a character is refused. A new field of either kind is put here or not, knowingly. */
const written = new Set([
  ...['title', 'description', 'instructions', 'rationale', 'event', 'text', 'display', 'unit', 'reason', 'note', 'q'],
  // what a clinician writes into a note
  'own',
  // an answer is cleaned where it is a text
  'answers.*',
]);

interface Field {
  readonly at: string;
  readonly schema: z.ZodType;
}

/** Every place in a shape where a text can stand, its keys included. */
function* fieldsOf(schema: z.ZodType, at: string): Generator<Field> {
  const { def } = schema as unknown as { def: Record<string, unknown> & { type: string } };
  const inside = (value: unknown, name = ''): Generator<Field> => fieldsOf(value as z.ZodType, `${at}${name}`);
  switch (def.type) {
    case 'string':
    case 'unknown':
    case 'any':
      yield { at, schema };
      return;
    case 'object':
      for (const [name, property] of Object.entries((schema as z.ZodObject).shape)) yield* inside(property, `.${name}`);
      return;
    case 'array':
      yield* inside(def.element);
      return;
    case 'union':
      for (const option of def.options as z.ZodType[]) yield* inside(option);
      return;
    case 'record':
      yield* inside(def.keyType, '.{key}');
      yield* inside(def.valueType, '.*');
      return;
    case 'pipe':
      // what goes in is read by all of it
      if ((def.in as z.ZodType).def.type === 'unknown') yield { at, schema };
      else yield* inside(def.in);
      return;
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
      yield* inside(def.innerType);
      return;
    case 'number':
    case 'int':
    case 'boolean':
    case 'enum':
    case 'literal':
    case 'null':
      return;
    default:
      throw new TypeError(`a schema of type ${def.type} at ${at}: may a text stand in it?`);
  }
}

function outcomeOf({ schema }: Field, text: string): 'cleaned' | 'refused' | 'kept' {
  try {
    return isPlain(String(parseWith(z.strictObject({ x: schema }), { x: text }, 'body').x)) ? 'cleaned' : 'kept';
  } catch (error) {
    if (!hasCode(error, 'invalid-request')) throw error;
    return 'refused';
  }
}

const commands = [
  ...apiRoutes.map(({ operationId, body, query }) => ({ name: operationId, schemas: [body, query] })),
  ...appRoutes(noSight).map(({ method, path, schemas }) => ({ name: `app ${method} ${path}`, schemas })),
  { name: 'sandbox clock', schemas: [clockBody] },
].flatMap(({ name, schemas }) => schemas.flatMap((schema) => (schema === undefined ? [] : [{ name, schema }])));
const passedOn = ({ schema }: { schema: z.ZodType }) => schema.meta()?.readLater === true;

describe('every text of every command', () => {
  const fields = commands
    .filter((command) => !passedOn(command))
    .flatMap(({ name, schema }) => [...fieldsOf(schema, name)]);
  const nameOf = ({ at }: Field) => (at.endsWith('.answers.*') ? 'answers.*' : (at.split('.').at(-1) ?? ''));

  it('is looked at', () => {
    expect(fields.length).toBeGreaterThan(150);
    expect(new Set(fields.map(nameOf).filter((name) => written.has(name)))).toEqual(written);
  });

  it.each(unheld)('is cleaned where people write it, and refused where it is an id: %j', (text) => {
    const outcomes = new Map(fields.map((field) => [field.at, outcomeOf(field, text)]));
    const wrong = fields
      .filter((field) => outcomes.get(field.at) !== (written.has(nameOf(field)) ? 'cleaned' : 'refused'))
      .map(({ at }) => `${at}: ${outcomes.get(at)}`);
    expect(wrong).toEqual([]);
  });

  it('is never only blank', () => {
    const blank = fields.filter((field) => written.has(nameOf(field)) && !['q', 'answers.*'].includes(nameOf(field)));
    for (const text of [' ', '\u000b', '\u200b\u00a0', '\ud800']) {
      expect(blank.filter((field) => outcomeOf(field, text) !== 'refused').map(({ at }) => at)).toEqual([]);
    }
    const ids = fields.filter((field) => nameOf(field) === 'sourceId');
    expect(ids.length).toBeGreaterThan(5);
    expect(ids.map((field) => outcomeOf(field, ' \u00a0'))).toEqual(ids.map(() => 'refused'));
  });

  it('that the app passes on is read by the API’s own schema', () => {
    const later = commands.filter(passedOn).map(({ name }) => name);
    expect(later.length).toBeGreaterThan(5);
    for (const name of later) {
      const [, method, path] = name.split(' ');
      const route = apiRoutes.find((apiRoute) => apiRoute.path === path && apiRoute.method === method);
      expect(route?.body, name).toBeDefined();
    }
  });
});

describe('every operation of the OpenAPI document', () => {
  let doors: Doors;
  let token: string;
  beforeAll(async () => {
    doors = await openDoors();
    token = await doors.token('north');
  });
  afterAll(() => doors.close());

  // some hundred requests, one after the other: the common half minute is over on a busy machine
  it('names the field that it refuses, and stores nothing that cannot be held', { timeout: 120_000 }, async () => {
    const document = z
      .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())), components: z.unknown() })
      .parse((await doors.call('GET', '/openapi.json')).body);
    const operation = z.looseObject({
      requestBody: z.object({ content: z.object({ 'application/json': z.looseObject({ schema: z.unknown() }) }) }),
    });
    let asked = 0;
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, described] of Object.entries(methods)) {
        const parsed = operation.safeParse(described);
        if (!parsed.success) continue;
        const { schema } = parsed.data.requestBody.content['application/json'];
        for (const body of sampleOf(schema, document.components)) {
          for (const leaf of leavesOf(body)) {
            const given = withLeaf(body, leaf, `${leaf.text}\u000b.`);
            const answer = await doors.call(method.toUpperCase(), path.replace(/\{\w+\}/g, 'nobody'), {
              token,
              body: given,
            });
            asked += 1;
            const where = `${method} ${path} ${leaf.path.join('.')}: ${answer.status} ${answer.text.slice(0, 200)}`;
            expect(answer.status, where).toBeLessThan(500);
            const refused = answer.status === 400 ? refusedAt(answer.body) : [];
            const [last, above] = leaf.path.toReversed();
            // a move's event is one of a list, a schedule's is what people call it
            const isWritten = (written.has(String(last)) && leaf.path.join() !== 'event') || above === 'answers';
            if (isWritten) expect(refused, where).not.toContain(placeOf(leaf));
            else
              expect(
                refused.some((text) => near(text, leaf)),
                where,
              ).toBe(true);
          }
        }
      }
    }
    expect(asked).toBeGreaterThan(100);
    const { rows } = await doors.test.database.query('select content from resource');
    expect([...unheldTexts(rows)]).toEqual([]);
  });
});

const problem = z.object({ issues: z.array(z.object({ path: z.string().optional() })).default([]) });
const refusedAt = (body: unknown): string[] => problem.parse(body).issues.map(({ path }) => path ?? '');
/** The field itself, or the union that it stands in. */
function near(refused: string, leaf: Leaf): boolean {
  const place = placeOf(leaf);
  return place === refused || place.startsWith(`${refused}.`) || place.startsWith(`${refused}[`);
}

function placeOf({ path }: Leaf): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .slice(1);
}
