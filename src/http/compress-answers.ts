import { constants } from 'node:zlib';
import compression from 'compression';
import type { Handler, Request, Response } from 'express';

/** Below this an answer fits into one packet as it is. */
const leastBytes = 1_000;

/** Doors whose answers hold a secret that works by itself: a key, a token. They are sent as they are. */
const secrets: readonly RegExp[] = [/^\/app\/v1\/copy-key$/];

/**
 * Compresses answers of the doors at which it is mounted, by what the caller takes. Why that is safe where it is mounted, and where it
 * is not mounted: ADR 37.
 */
export function compressAnswers(): Handler {
  return compression({
    threshold: leastBytes,
    // made while somebody waits: the fourth of eleven is ten times as fast as the last, and a tenth larger
    brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    filter: (request: Request, response: Response) =>
      !secrets.some((secret) => secret.test(pathOf(request))) && compression.filter(request, response),
  });
}

function pathOf({ originalUrl }: Request): string {
  return (originalUrl.split('?', 1)[0] ?? '').replace(/\/+$/, '').toLowerCase();
}
