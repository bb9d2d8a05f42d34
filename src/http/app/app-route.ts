import type { z } from 'zod';
import type { AppAnswer, AppRouteKey } from '../../contract/app/answers.ts';
import type { Role } from '../../homework/role.ts';
import type { AppSession } from '../../record/session/app-session.ts';
import type { PersonWrite } from '../access/person-writes.ts';
import { parseWith } from '../api/parse-with.ts';
import type { ApiAnswer, ApiCall } from '../api/route.ts';
import type { SmartOptions } from '../app-options.ts';

/** One request of a signed-in tab: who asks is known, what is asked is read. */
export interface AppCall<Body = unknown, Query = unknown> extends Omit<ApiCall<string, Body, Query>, 'clientId'> {
  readonly session: AppSession;
  readonly smart: SmartOptions;
}

/** A route of `/app/v1` as the router sees it. */
export interface AppRoute {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As in OpenAPI: `/plans/{planId}`. */
  readonly path: string;
  /** Who may; everyone else is refused before the body is read. */
  readonly roles: readonly Role[];
  /**
   * What it changes, as FHIR types: refused when the EHR granted this person no writing, or keeps one of these types from
   * them. Empty: no homework, but not for who may only look.
   */
  readonly writes: false | readonly PersonWrite[];
  readonly hasBody: boolean;
  /** What is read of the body and of the query; for whoever looks at all routes. */
  readonly schemas: readonly z.ZodType[];
  /** A body may be left out. */
  readonly bodyOptional: boolean;
  run(call: AppCall): Promise<ApiAnswer>;
}

/**
 * Declares one route of `/app/v1`; its body and query are read by their schemas before `handle` sees them. What it answers
 * stands in the contract (`appAnswers`): another shape is a type error.
 */
export function defineAppRoute<
  const Method extends AppRoute['method'],
  const Path extends PathOf<Method>,
  Body = undefined,
  Query = undefined,
>(
  route: Pick<AppRoute, 'roles' | 'writes'> & {
    readonly method: Method;
    readonly path: Path;
    readonly body?: z.ZodType<Body>;
    readonly bodyOptional?: boolean;
    readonly query?: z.ZodType<Query>;
    handle(call: AppCall<Body, Query>): Promise<AppAnswer<KeyOf<Method, Path>>>;
  },
): AppRoute {
  return declareAppRoute(route);
}

/** The same of a route whose method and path are only known as texts. */
export function declareAppRoute<Body, Query, Answer extends ApiAnswer>(
  route: Pick<AppRoute, 'method' | 'path' | 'roles' | 'writes'> & {
    readonly body?: z.ZodType<Body>;
    readonly bodyOptional?: boolean;
    readonly query?: z.ZodType<Query>;
    handle(call: AppCall<Body, Query>): Promise<Answer>;
  },
): Omit<AppRoute, 'run'> & { run(call: AppCall): Promise<Answer> } {
  const { handle, body, query, bodyOptional = false, ...description } = route;
  // a route without a schema gets undefined, which is what its type says
  const read = <T>(schema: z.ZodType<T> | undefined, value: unknown, what: string): T =>
    schema === undefined ? (undefined as T) : parseWith(schema, value, what);
  return {
    ...description,
    hasBody: body !== undefined,
    schemas: [body, query].filter((entry) => entry !== undefined),
    bodyOptional,
    run: (call) => handle({ ...call, body: read(body, call.body, 'body'), query: read(query, call.query, 'query') }),
  };
}

/** Paths of the contract that this method has. */
type PathOf<Method extends AppRoute['method']> = AppRouteKey extends infer Key
  ? Key extends `${Uppercase<Method>} ${infer Path}`
    ? Path
    : never
  : never;
type KeyOf<Method extends AppRoute['method'], Path extends string> = `${Uppercase<Method>} ${Path}` & AppRouteKey;
