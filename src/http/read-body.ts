import type { IncomingMessage } from 'node:http';
import express, { type Request, type RequestHandler } from 'express';
import { deepestJson, isWithinDepth } from '../foundation/bounded-json.ts';
import { IntersessionError } from '../foundation/intersession-error.ts';
import { locateJsonError } from './locate-json-error.ts';

/** A body may hold 256 kB: a plan with a hundred assignments has about 60. */
export const bodyLimitBytes = 256 * 1024;

/**
 * Reads a body of JSON into `request.body`.
 * @throws `unsupported-media-type`, `body-too-large`, `too-costly` when it is nested too deep, or `malformed-json` with the position and without the content.
 */
export function readJson(...mediaTypes: readonly string[]): RequestHandler {
  const bytes = express.raw({ limit: bodyLimitBytes, type: () => true });
  return (request, response, next) => {
    if (!hasMediaType(request, mediaTypes)) {
      next(unsupported(mediaTypes));
      return;
    }
    bytes(request, response, (error: unknown) => {
      if (error !== undefined) {
        next(bodyError(error));
        return;
      }
      try {
        request.body = parseJson(request.body);
        next();
      } catch (cause) {
        next(cause);
      }
    });
  };
}

/** Reads a form into `request.body`; a name given twice becomes a list. */
export function readForm(): RequestHandler {
  const form = express.urlencoded({ limit: bodyLimitBytes, extended: false, type: () => true });
  return (request, response, next) => {
    const accepted = ['application/x-www-form-urlencoded'];
    if (!hasMediaType(request, accepted)) {
      next(unsupported(accepted));
      return;
    }
    form(request, response, (error: unknown) => next(error === undefined ? undefined : bodyError(error)));
  };
}

function hasMediaType(request: Request, accepted: readonly string[]): boolean {
  const given = request.get('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  return given !== undefined && accepted.includes(given);
}

function unsupported(accepted: readonly string[]): IntersessionError {
  return new IntersessionError('unsupported-media-type', { accepted }, `The body must be ${accepted.join(' or ')}`);
}

function parseJson(body: unknown): unknown {
  if (!(body instanceof Uint8Array) || body.length === 0) throw malformed('the body is empty');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (cause) {
    throw malformed('it is not UTF-8', cause);
  }
  if (!isWithinDepth(text)) {
    const problem = `is nested more than ${deepestJson} deep`;
    throw new IntersessionError('too-costly', { issues: [{ path: '', problem }] }, `The body ${problem}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    // the engine's error is not kept as cause: its message quotes the text
    const { line, column } = locateJsonError(text);
    throw malformed(`it stops being JSON at line ${line}, column ${column}`);
  }
}

function malformed(problem: string, cause?: unknown): IntersessionError {
  return new IntersessionError('malformed-json', { problem }, `The body is not JSON: ${problem}`, { cause });
}

function bodyError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  switch (reasonOf(error)) {
    case 'entity.too.large':
    case 'parameters.too.many':
      return new IntersessionError(
        'body-too-large',
        { limitBytes: bodyLimitBytes },
        `A body may have ${bodyLimitBytes} bytes (${bodyLimitBytes / 1024} kB) at most`,
        { cause: error },
      );
    case 'encoding.unsupported':
    case 'charset.unsupported': {
      const accepted: string[] = ['UTF-8, uncompressed or gzip'];
      return new IntersessionError('unsupported-media-type', { accepted }, `The body must be ${accepted[0]}`);
    }
    case 'request.aborted':
    case 'request.size.invalid':
      return malformed('it breaks off', error);
    case 'entity.parse.failed':
      return malformed('it cannot be read');
    default:
      // e.g. a corrupt gzip stream: the caller's, when the parser says so
      return 'status' in error && error.status === 400 ? malformed('it cannot be decoded', error) : error;
  }
}

function reasonOf(error: Error): string | undefined {
  return 'type' in error && typeof error.type === 'string' ? error.type : undefined;
}

/** True when the request carries a body at all. */
export function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}
