import { closeSync, openSync, writeSync } from 'node:fs';
import type { FaceName } from '../face-name.ts';

/** One FHIR request, or one entry of a Bundle; status 0 = the connection was dropped without an answer. */
export interface RequestLine {
  time: string;
  face: FaceName;
  method: string;
  /** '' when the path names no resource type. */
  type: string;
  id: string | null;
  status: number;
  requestId: string;
}

/** `requests.ndjson`: every FHIR request, refused ones too, written before it is answered. */
export class RequestLog {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'a', 0o600);
  }

  write(line: RequestLine): void {
    const { time, face, method, type, id, status, requestId } = line;
    writeSync(this.#file, `${JSON.stringify({ time, face, method, type, id, status, requestId })}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }
}
