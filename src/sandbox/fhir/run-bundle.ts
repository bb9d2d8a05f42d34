import { FhirError, operationOutcome, refuse } from '../fhir-error.ts';
import { type FhirResource, isObject, isResource, listOf } from '../resource.ts';
import type { Answer } from './answer.ts';
import { at, type BundleEntry } from './bundle-entry.ts';
import type { Call } from './face-server.ts';
import { checkOffered, checkPermitted, perform, unsupported } from './perform.ts';
import { routeInteraction } from './route-interaction.ts';
import { runTransaction } from './run-transaction.ts';
import type { FaceServer } from './served-face.ts';

/** Told of each entry with the status it got: the request log has one line an entry. */
export type EntryObserver = (method: string, type: string, id: string | null, status: number) => void;

/**
 * Runs a batch or transaction Bundle.
 * @throws FhirError; for a transaction, that of the first entry which cannot be done (nothing is written then)
 * @see https://hl7.org/fhir/R4/http.html#transaction
 */
export function runBundle(server: FaceServer, call: Call, withResources: boolean, observe: EntryObserver): Answer {
  const bundle = call.body;
  if (!isResource(bundle) || bundle.resourceType !== 'Bundle')
    throw refuse(400, 'structure', 'The body is not a Bundle');
  if (bundle.type !== 'transaction' && bundle.type !== 'batch') {
    throw refuse(400, 'value', 'Bundle.type must be transaction or batch', 'Bundle.type');
  }
  if (!server.face.system.includes(bundle.type)) throw unsupported(server, bundle.type);
  const answers =
    bundle.type === 'batch' ? runBatch(server, bundle, call, observe) : transact(server, bundle, call, observe);
  const entry = answers.map((answer) => responseEntry(answer, withResources));
  const response = { resourceType: 'Bundle', type: `${bundle.type}-response`, ...(entry.length > 0 ? { entry } : {}) };
  return { status: 200, body: response };
}

function runBatch(server: FaceServer, bundle: FhirResource, call: Call, observe: EntryObserver): Answer[] {
  return listOf(bundle.entry).map((raw, index) => {
    let answer: Answer;
    try {
      const { route, call: entryCall } = readEntry(server, raw, index, call);
      answer = perform(server, route, entryCall);
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      answer = { status: error.status, body: operationOutcome(error.issues) };
    }
    observeEntry(raw, answer.status, observe);
    return answer;
  });
}

function transact(server: FaceServer, bundle: FhirResource, call: Call, observe: EntryObserver): Answer[] {
  const raws = listOf(bundle.entry);
  try {
    const entries = raws.map((raw, index) => {
      const entry = at(index, () => readEntry(server, raw, index, call));
      at(index, () => checkOffered(server, entry.route));
      at(index, () => checkPermitted(entry.route, call.permit));
      return entry;
    });
    const answers = runTransaction(server, entries, call.requestId);
    for (const [index, answer] of answers.entries()) observeEntry(raws[index], answer.status, observe);
    return answers;
  } catch (error) {
    if (error instanceof FhirError) for (const raw of raws) observeEntry(raw, error.status, observe);
    throw error;
  }
}

function readEntry(server: FaceServer, raw: unknown, index: number, call: Call): BundleEntry {
  const request = isObject(raw) && isObject(raw.request) ? raw.request : undefined;
  if (!isObject(raw) || typeof request?.method !== 'string' || typeof request.url !== 'string') {
    throw refuse(400, 'required', 'An entry needs request.method and request.url');
  }
  const relative = request.url.startsWith(`${server.base}/`) ? request.url.slice(server.base.length + 1) : request.url;
  const [path = '', query = ''] = relative.split('?');
  const route = routeInteraction(request.method, path);
  checkOffered(server, route);
  if (!('type' in route)) throw refuse(400, 'not-supported', 'An entry concerns one resource type');
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    index,
    fullUrl: text(raw.fullUrl),
    method: request.method,
    route,
    call: {
      ...call,
      query: new URLSearchParams(query),
      body: raw.resource,
      ifMatch: text(request.ifMatch),
      ifNoneMatch: text(request.ifNoneMatch),
      ifNoneExist: text(request.ifNoneExist),
    },
  };
}

function observeEntry(raw: unknown, status: number, observe: EntryObserver): void {
  const request = isObject(raw) && isObject(raw.request) ? raw.request : {};
  const [type = '', id] =
    String(request.url ?? '')
      .split('?')[0]
      ?.split('/') ?? [];
  observe(String(request.method ?? ''), type, id ?? null, status);
}

const REASONS: Record<number, string> = { 200: 'OK', 201: 'Created', 204: 'No Content', 304: 'Not Modified' };

function responseEntry(answer: Answer, withResources: boolean) {
  const { status, body, etag, lastModified, location } = answer;
  const failed = status >= 400;
  const shown = withResources || location === undefined; // searches and errors are shown in any case
  return {
    ...(body && !failed && shown ? { resource: body } : {}),
    response: {
      status: REASONS[status] === undefined ? String(status) : `${status} ${REASONS[status]}`,
      ...(location ? { location } : {}),
      ...(etag ? { etag } : {}),
      ...(lastModified ? { lastModified } : {}),
      ...(failed && body ? { outcome: body } : {}),
    },
  };
}
