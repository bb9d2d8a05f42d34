import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { apiRoutes } from '../../src/http/api/routes.ts';
import { permits } from '../../src/http/oauth/scopes.ts';
import { type Doors, openDoors } from './open-doors.ts';

let doors: Doors;
let text: string;
const operation = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  requestBody: z
    .object({ content: z.record(z.string(), z.looseObject({ schema: z.unknown(), example: z.unknown() })) })
    .passthrough()
    .optional(),
  responses: z.record(z.string(), z.looseObject({ description: z.string(), content: z.unknown() })),
});
const documentShape = z.object({
  openapi: z.literal('3.1.1'),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({
    schemas: z.record(z.string(), z.unknown()),
    securitySchemes: z.object({
      backendServices: z
        .object({
          flows: z.object({ clientCredentials: z.object({ scopes: z.record(z.string(), z.string()) }) }),
        })
        .passthrough(),
    }),
  }),
});
let document: z.output<typeof documentShape>;

beforeAll(async () => {
  doors = await openDoors();
  ({ text } = await doors.call('GET', '/openapi.json'));
  document = documentShape.parse(JSON.parse(text));
});
afterAll(() => doors.close());

const described = (): string[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );

it('describes every route that answers, and only those', async () => {
  const declared = apiRoutes.map(({ method, path }) => `${method.toUpperCase()} /api/v1${path}`);
  expect(described().sort()).toEqual([...declared, 'POST /sandbox/clock'].sort());
  // what is mounted asks for a token; what is not mounted is not found
  for (const code of declared) {
    const [method = '', path = ''] = code.split(' ');
    const { status } = await doors.call(method, path.replace(/\{\w+\}/g, 'x'));
    expect(status, code).toBe(401);
  }
  expect((await doors.call('POST', '/api/v1/kinds')).status).toBe(405);
});

it('gives each operation a name of its own, the scopes it needs, answers, errors, and an example that fits', () => {
  const names = new Set<string>();
  for (const route of apiRoutes) {
    const found = document.paths[`/api/v1${route.path}`]?.[route.method];
    expect(found?.security).toEqual([{ backendServices: route.needs.map((need) => `system/${need}`) }]);
    names.add(found?.operationId ?? '');
    expect(Object.keys(found?.responses ?? {})).toEqual(
      expect.arrayContaining(['401', '403', ...Object.keys(route.answers)]),
    );
    for (const code of route.errors) expect(JSON.stringify(found?.responses)).toContain(`problems/${code}"`);
    if (route.body === undefined) continue;
    expect(found?.requestBody?.content['application/json']?.schema).toBeDefined();
    expect(route.body.safeParse(route.example).error, `the example of ${route.operationId}`).toBeUndefined();
  }
  expect(names.size).toBe(apiRoutes.length);
});

it('refers to nothing that it does not hold', () => {
  const references = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference));
  expect(references.size).toBeGreaterThan(5);
  for (const reference of references) {
    const name = reference.replace('#/components/schemas/', '');
    expect(Object.keys(document.components.schemas), reference).toContain(name);
  }
});

it('names scopes that a token can have', () => {
  const scopes = Object.keys(document.components.securitySchemes.backendServices.flows.clientCredentials.scopes);
  for (const scope of scopes) {
    const [type = '', action = ''] = scope.slice('system/'.length).split('.');
    expect(permits('system/*.cruds', { type, action: z.enum(['c', 'r', 'u', 'd', 's']).parse(action) }), scope).toBe(
      true,
    );
  }
});

it('says nothing of the sandbox clock where there is no sandbox, and nothing answers there', async () => {
  const [tenant] = [...doors.test.record.tenants.values()].filter(({ sandbox }) => !sandbox);
  if (tenant === undefined) throw new TypeError('the test record has such a tenant');
  const plain = await openDoors({
    tenants: [{ ...tenant, fhirBase: 'https://ehr.example', vendor: 'generic', sources: [] }],
  });
  expect((await plain.call('GET', '/openapi.json')).text).not.toContain('/sandbox/clock');
  expect((await plain.call('POST', '/sandbox/clock', { body: { resume: true } })).status).toBe(404);
  await plain.close();
});
