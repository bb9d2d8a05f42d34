import type { Response } from 'express';
import type { ApiAnswer } from './api/route.ts';

/** Writes an answer, never to be kept by a cache: JSON, a file to be saved, or nothing. */
export function sendAnswer(response: Response, { status, body, file }: ApiAnswer): void {
  response.status(status).set('Cache-Control', 'no-store');
  if (file !== undefined) {
    response.set('Content-Disposition', `attachment; filename="${file.name}"`);
    response.type(file.contentType).send(file.bytes);
  } else if (body === undefined) response.end();
  else response.json(body);
}
