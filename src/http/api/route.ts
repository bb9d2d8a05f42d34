import type { z } from 'zod';
import type { FileAnswer, RouteAnswer } from '../../contract/answer-type.ts';
import type { ErrorCode } from '../../foundation/intersession-error.ts';
import type { HomeworkRecord } from '../../record/homework-record.ts';
import type { AnswerKind } from '../access/limit-answer.ts';
import type { AppOptions, HttpTenant } from '../app-options.ts';
import { parseWith } from './parse-with.ts';

type PathNames<P extends string> = P extends `${string}{${infer N}}${infer Rest}` ? N | PathNames<Rest> : never;

/** One request, read and permitted: what a handler works with. */
export interface ApiCall<Name extends string = string, Body = unknown, Query = unknown> {
  readonly options: AppOptions;
  readonly record: HomeworkRecord;
  readonly tenant: HttpTenant;
  readonly clientId: string;
  readonly params: Readonly<Record<Name, string>>;
  readonly body: Body;
  readonly query: Query;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body?: unknown;
  /** In place of a body: bytes to be saved under a name. */
  readonly file?: FileAnswer;
  /** Path below `/api/v1` of what was made. */
  readonly location?: string;
}

export interface AnswerDescription {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Of an answer that is bytes and not JSON. */
  readonly contentType?: string;
}

interface RouteDescription<Path extends string> {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** As in OpenAPI: `/plans/{planId}`. */
  readonly path: Path;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** What its body is; who may not read that is answered less (`limitAnswer`). Absent: `needs` permit all that is answered. */
  readonly shows?: AnswerKind;
  /** SMART system scopes, all of them needed: `CarePlan.c`. */
  readonly needs: readonly `${string}.${'c' | 'r' | 'u' | 'd' | 's'}`[];
  readonly answers: Readonly<Record<number, AnswerDescription>>;
  /** Errors of its own; those of every route (token, body, unknown tenant) are not repeated. */
  readonly errors: readonly ErrorCode[];
  readonly example?: unknown;
}

/** A route as the router and the OpenAPI document see it. */
export interface ApiRoute extends RouteDescription<string> {
  readonly body?: z.ZodType;
  /** A body may be left out. */
  readonly bodyOptional?: boolean;
  readonly query?: z.ZodType;
  run(call: ApiCall): Promise<ApiAnswer>;
}

/**
 * Declares one route of `/api/v1`: the router mounts it, the OpenAPI document describes it, and its body and query are
 * read by their schemas before `handle` sees them. A handler that answers another shape than it describes is a type error.
 */
export function defineRoute<
  Path extends string,
  const Answers extends RouteDescription<Path>['answers'],
  Body = undefined,
  Query = undefined,
>(
  route: Omit<RouteDescription<Path>, 'answers'> & {
    readonly answers: Answers;
    readonly body?: z.ZodType<Body>;
    readonly bodyOptional?: boolean;
    readonly query?: z.ZodType<Query>;
    handle(call: ApiCall<PathNames<Path>, Body, Query>): Promise<RouteAnswer<Answers>>;
  },
): ApiRoute {
  const { handle, ...description } = route;
  return {
    ...description,
    run(call) {
      // a route without a schema gets undefined, which is what its type says
      const read = <T>(schema: z.ZodType<T> | undefined, value: unknown, what: string): T =>
        schema === undefined ? (undefined as T) : parseWith(schema, value, what);
      return handle({
        ...call,
        body: read(route.body, call.body, 'body'),
        query: read(route.query, call.query, 'query'),
      });
    },
  };
}
