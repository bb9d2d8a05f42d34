import { z } from 'zod';
import { problemShape } from '../../contract/problem.ts';
import { defined } from '../../foundation/defined.ts';
import type { ErrorCode } from '../../foundation/intersession-error.ts';
import { errorMeanings } from '../error-status.ts';
import { bodyLimitBytes } from '../read-body.ts';
import { apiBase } from './mount-routes.ts';
import type { ApiRoute } from './route.ts';
import { apiRoutes } from './routes.ts';
import { clockAnswer, clockBody } from './sandbox-clock.ts';

type Json = Record<string, unknown>;

/** What any route may answer. */
const everywhere: readonly ErrorCode[] = ['invalid-token', 'forbidden'];
const withBody: readonly ErrorCode[] = [
  'invalid-request',
  'malformed-json',
  'body-too-large',
  'unsupported-media-type',
];

/**
 * The OpenAPI 3.1 document of `/api/v1`, made from the routes and their zod schemas, so that it can't say anything else
 * than what is done.
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
export function openApi({ publicUrl, sandbox }: { publicUrl: string; sandbox: boolean }): Json {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  for (const route of apiRoutes) {
    const path = `${apiBase}${route.path}`;
    paths[path] = { ...paths[path], [route.method]: operation(route, schemas) };
  }
  if (sandbox) paths['/sandbox/clock'] = { post: clockOperation(schemas) };
  return {
    openapi: '3.1.1',
    info: {
      title: 'Intersession',
      version: '1',
      description: `Therapy homework for the hospital record: plans, assignments, logs, and where each of them stands in the EHR. A body has ${bodyLimitBytes} bytes at most.`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    security: [{ backendServices: [] }],
    tags: [...new Set(apiRoutes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        backendServices: {
          type: 'oauth2',
          description:
            'client_credentials with private_key_jwt (RS384 or ES384); the token is for one tenant, which is in the token endpoint’s address.',
          flows: {
            clientCredentials: {
              tokenUrl: `${publicUrl}/oauth/{tenant}/token`,
              scopes: Object.fromEntries(scopesOf(apiRoutes).map((scope) => [scope, scopeWords(scope)])),
            },
          },
        },
      },
    },
  };
}

function operation(route: ApiRoute, schemas: Json): Json {
  const { operationId, tag, summary, description, needs, body, bodyOptional, example } = route;
  return {
    operationId,
    tags: [tag],
    summary,
    ...defined({ description }),
    security: [{ backendServices: needs.map((need) => `system/${need}`) }],
    parameters: [...pathParameters(route), ...queryParameters(route, schemas)],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: bodyOptional !== true,
            content: {
              'application/json': {
                schema: schemaOf(body, 'input', schemas),
                ...defined({ example }),
              },
            },
          },
        }),
    responses: { ...successes(route, schemas), ...failures(route, schemas) },
  };
}

function successes({ answers }: ApiRoute, schemas: Json): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, schema, contentType }]) => [
      status,
      {
        description,
        ...(schema === undefined
          ? {}
          : { content: { 'application/json': { schema: schemaOf(schema, 'output', schemas) } } }),
        ...(contentType === undefined ? {} : { content: { [contentType]: {} } }),
      },
    ]),
  );
}

/** Errors of one status stand together, with an example for each. */
function failures({ errors, body, query }: ApiRoute, schemas: Json): Json {
  const shape: readonly ErrorCode[] = body !== undefined ? withBody : query !== undefined ? ['invalid-request'] : [];
  const codes = [...new Set([...everywhere, ...shape, ...errors])];
  const byStatus = Map.groupBy(codes, (code) => errorMeanings[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      String(status),
      {
        description: list.map((code) => errorMeanings[code].title).join(' · '),
        content: {
          'application/problem+json': {
            schema: schemaOf(problemShape, 'output', schemas),
            examples: Object.fromEntries(list.map((code) => [code, { value: problemExample(code) }])),
          },
        },
      },
    ]),
  );
}

function problemExample(code: ErrorCode): Json {
  const { title, status } = errorMeanings[code];
  return {
    type: `https://intersession.dev/problems/${code}`,
    title,
    status,
    detail: `${title}.`,
    code,
    requestId: '0d0f7f2c-6f4e-4c55-8f0e-6a3f5f3b9a11',
  };
}

function pathParameters({ path }: ApiRoute): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', maxLength: 64 },
  }));
}

function queryParameters({ query }: ApiRoute, schemas: Json): Json[] {
  if (query === undefined) return [];
  const schema = schemaOf(query, 'input', schemas);
  const properties = isJson(schema.properties) ? schema.properties : {};
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: false,
    schema: property,
  }));
}

/** The JSON Schema of a shape; the parts that have a name go into `components`. */
function schemaOf(shape: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  const { $schema: _dialect, $defs, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any' });
  if (isJson($defs)) {
    for (const [name, definition] of Object.entries($defs)) schemas[name] = atComponents(withoutId(definition));
  }
  const relocated = atComponents(withoutId(schema));
  return isJson(relocated) ? relocated : {};
}

function withoutId(schema: unknown): unknown {
  if (!isJson(schema)) return schema;
  const { id: _id, ...rest } = schema;
  return rest;
}

function atComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(atComponents);
  if (!isJson(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === '$ref' && typeof member === 'string'
        ? member.replace(/^#\/\$defs\//, '#/components/schemas/')
        : atComponents(member),
    ]),
  );
}

function clockOperation(schemas: Json): Json {
  return {
    operationId: 'setSandboxClock',
    tags: ['Sandbox'],
    summary: 'Set the time of sandbox tenants; only a service with sandbox tenants has this',
    security: [],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: schemaOf(clockBody, 'input', schemas),
          example: { set: '2026-03-02T10:00:00-05:00', tenant: 'sandbox' },
        },
      },
    },
    responses: {
      200: {
        description: 'Set; what the new time moved is done',
        content: { 'application/json': { schema: schemaOf(clockAnswer, 'output', schemas) } },
      },
    },
  };
}

const scopesOf = (routes: readonly ApiRoute[]): string[] =>
  [...new Set(routes.flatMap(({ needs }) => needs.map((need) => `system/${need}`)))].sort();

const verbs: Readonly<Record<string, string>> = { c: 'create', r: 'read', u: 'change', d: 'take back', s: 'search' };

function scopeWords(scope: string): string {
  const [type = '', action = ''] = scope.slice('system/'.length).split('.');
  return `${verbs[action] ?? action} ${type === '*' ? 'everything' : type}`;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
