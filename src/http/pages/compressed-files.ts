import { readdirSync } from 'node:fs';
import { extname } from 'node:path';
import express, { type Handler, type Request } from 'express';

/** The encodings that the build writes beside a file, the smaller first: `name.br`, `name.gz`. */
const encodings = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const;

/**
 * Sends a file of a folder as the build has compressed it, to whoever takes that; whatever has no compressed form, and whoever takes
 * none, is left to the next handler. A part of a file is asked for by its own bytes, so a request with `Range` is left too.
 * What is answered depends on `Accept-Encoding`, and says so also where it is not compressed and where nothing has changed (304).
 * @param folder with the files at its top, none below
 * @param maxAge for how long the answer may be kept, in ms; it may never change
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3
 */
export function compressedFiles(folder: string, maxAge: number): Handler {
  const there = new Set(readdirSync(folder));
  const files = express.static(folder, { immutable: true, maxAge, index: false, acceptRanges: false });
  return (request, response, next) => {
    const name = request.path.slice(1);
    const known = encodings.filter(({ ending }) => there.has(`${name}${ending}`));
    if ((request.method !== 'GET' && request.method !== 'HEAD') || known.length === 0) {
      next();
      return;
    }
    response.vary('Accept-Encoding');
    const encoding = known.find(({ name }) => takes(request, name));
    if (encoding === undefined || request.headers.range !== undefined) {
      next();
      return;
    }
    const { url } = request;
    response.set('Content-Encoding', encoding.name).type(extname(name));
    request.url = `/${name}${encoding.ending}`;
    files(request, response, (error) => {
      // gone since this service was started: another build stands there
      request.url = url;
      response.removeHeader('Content-Encoding');
      response.removeHeader('Content-Type');
      next(error);
    });
  };
}

function takes(request: Request, encoding: string): boolean {
  return request.acceptsEncodings(encoding) === encoding;
}
