import { parseLiteral, relativeOf } from '../fhir/parse-reference.ts';
import { defined } from '../foundation/defined.ts';
import type { EhrFailure, RequestNature } from './ehr-failure.ts';
import { judgeStatus, readRetryAfter } from './failure.ts';
import { type Answered, isBare, speaksFhir } from './speaks-fhir.ts';
import { isAboutToken, strangerFailure } from './stranger.ts';

export interface JudgedRequest {
  readonly nature: RequestNature;
  readonly base: string;
  readonly now: Date;
  /** `Patient/17`, where that was read. */
  readonly asked?: string | undefined;
}

/**
 * Judges an answer other than 2xx. Only one that speaks FHIR is the EHR's word about a resource; anything else is trouble
 * of the connection. Three say so little that it does not matter whose they are: a 401 about the token, a bare 409 or
 * 412 ("look again"), and a read that is sent on to another resource of this EHR.
 */
export function judgeAnswer(answered: Answered, request: JudgedRequest): EhrFailure {
  const { status, json: body } = answered;
  const retryAfterMs = readRetryAfter(answered.header('retry-after'), request.now);
  const looksAgain = (status === 409 || status === 412) && isBare(answered);
  const isTheirs = speaksFhir(answered) || isAboutToken(answered) || looksAgain || isMovedWithin(answered, request);
  return isTheirs
    ? judgeStatus(status, request.nature, { body, retryAfterMs })
    : strangerFailure(answered, request.nature, { retryAfterMs });
}

/** Where an address leads by its own words: `Task/17`, its version; undefined: not below the EHR's base, or no resource. */
export function placeOf(
  location: string | undefined,
  base: string,
): { reference: string; version?: string } | undefined {
  if (location === undefined) return undefined;
  const text = location.replace(/\/$/, '');
  // an address that begins with the path alone is one of the same server
  const named = parseLiteral(text.startsWith('/') && !text.startsWith('//') ? new URL(text, base).href : text, {
    ehr: base,
  });
  if (named.form !== 'local') return undefined;
  const { version } = named;
  return { reference: relativeOf(named), ...defined({ version }) };
}

function isMovedWithin(answered: Answered, { nature, base, asked }: JudgedRequest): boolean {
  if (nature !== 'read' || asked === undefined || answered.status < 300 || answered.status > 399) return false;
  const to = placeOf(answered.header('location'), base)?.reference;
  return to !== undefined && to !== asked && to.startsWith(asked.slice(0, asked.indexOf('/') + 1));
}
