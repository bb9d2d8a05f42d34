import express, { type Request } from 'express';
import { HttpProblem } from '../http-problem.ts';
import { foreignVersion, type MediaRange, mediaRange, mediaRanges } from './media-ranges.ts';

/** How an answer is written: JSON, or a page that shows it to a person. */
export type AnswerForm = 'json' | 'page';

const json = ['application/fhir+json', 'application/json', 'text/json', 'application/json+fhir'];
const page = 'text/html';
const formats: Readonly<Record<string, AnswerForm>> = {
  json: 'json',
  ...Object.fromEntries(json.map((type) => [type, 'json' as const])),
  html: 'page',
  [page]: 'page',
};

/**
 * Reads how the answer is wanted: by `_format`, which wins, else by `Accept`; without either it is JSON. Parameters of a
 * media type are passed over, but for another `fhirVersion`. A page is for people: whoever takes JSON as well gets JSON,
 * unless it is a browser that follows a link.
 * @throws HttpProblem `not-acceptable` for anything but JSON and HTML, and for another FHIR version than R4
 * @see https://hl7.org/fhir/R4/http.html#mime-type
 */
export function negotiate(request: Request, format: string | undefined): AnswerForm {
  return format === undefined || format === '' ? byAccept(request) : byFormat(format);
}

function byFormat(format: string): AnswerForm {
  // a + that was not written as %2B arrives as a space
  const asked = mediaRange(format.trim().replace(' ', '+'));
  refuseVersion(asked);
  const form = Object.hasOwn(formats, asked.type) ? formats[asked.type] : undefined;
  if (form === undefined) throw notAcceptable('_format: only json and html are answered');
  return form;
}

function byAccept(request: Request): AnswerForm {
  const header = request.get('Accept') ?? '';
  if (header.trim() === '') return 'json';
  const ranges = mediaRanges(header);
  const spoken = ranges.filter((range) => foreignVersion(range) === undefined);
  const accepts = (...types: string[]): string | false => {
    const accept = spoken.map(withoutParameters).join(', ');
    if (accept === '') return false;
    const asked: Request = Object.create(express.request, { headers: { value: { accept } } });
    return asked.accepts(types);
  };
  if (accepts(...json) === false) {
    if (accepts(page) !== false) return 'page';
    for (const range of ranges) if (json.includes(range.type)) refuseVersion(range);
    throw notAcceptable('Only application/fhir+json is answered');
  }
  // browsers take anything, and say that they show pages
  const browses = spoken.some(({ type }) => type === 'application/xhtml+xml');
  return browses && accepts(...json, page) === page ? 'page' : 'json';
}

function withoutParameters({ type, parameters }: MediaRange): string {
  const q = parameters.get('q');
  // some HTTP libraries send a single star for "anything"
  return `${type === '*' ? '*/*' : type}${q === undefined ? '' : `;q=${q}`}`;
}

function refuseVersion(range: MediaRange): void {
  const version = foreignVersion(range);
  if (version === undefined) return;
  throw notAcceptable('fhirVersion: FHIR R4 (4.0) is what is spoken here, not the version that was asked for');
}

function notAcceptable(message: string): HttpProblem {
  return new HttpProblem('not-acceptable', message);
}
