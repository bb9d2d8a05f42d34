import { FhirError, operationOutcome, refuse } from '../fhir-error.ts';
import { type FhirResource, isObject } from '../resource.ts';
import { Draft } from '../store/draft.ts';
import type { Answer } from './answer.ts';
import { at, type BundleEntry } from './bundle-entry.ts';
import { checkUnreferenced } from './check-references.ts';
import { resourceFromBody } from './check-resource.ts';
import { findByCriteria } from './find-by-criteria.ts';
import { perform } from './perform.ts';
import type { FaceServer } from './served-face.ts';
import { stageCreate, stageDelete, stageUpdate, type Target, targetOfCreate, targetOfUpdate } from './stage-write.ts';

/**
 * All entries or none: deletions, creations, updates, then reads, as R4 orders them. References between entries
 * (urn:uuid, cycles included) and conditional references are resolved before anything is staged.
 * @throws FhirError of the first entry that cannot be done
 * @see https://hl7.org/fhir/R4/http.html#trules
 */
export function runTransaction(server: FaceServer, entries: readonly BundleEntry[], requestId: string): Answer[] {
  const draft = new Draft(server.store);
  const answers = new Map<number, Answer>();
  checkDuplicates(entries);
  for (const { route, call, index } of entries) {
    if (route.interaction === 'delete') {
      answers.set(
        index,
        at(index, () => stageDelete(server, draft, route.type, route.id ?? '', call)),
      );
    }
  }
  const targets = decideTargets(server, draft, entries);
  const addresses = new Map(
    [...targets].flatMap(([{ fullUrl }, { type, id }]) =>
      fullUrl === undefined ? [] : [[fullUrl, `${type}/${id}`] as const],
    ),
  );
  // ids are known now, so an entry may refer to one that is staged after it
  for (const target of targets.values()) draft.reserve(target.type, target.id);
  for (const method of ['create', 'update'] as const) {
    for (const [entry, target] of targets) {
      if (entry.route.interaction !== method) continue;
      answers.set(
        entry.index,
        at(entry.index, () => stageEntry(server, draft, entry, target, addresses)),
      );
    }
  }
  for (const { route, index } of entries) {
    if (route.interaction === 'delete') at(index, () => checkUnreferenced(server, draft, route.type, route.id ?? ''));
  }
  draft.commit(requestId);
  for (const entry of entries) if (!answers.has(entry.index)) answers.set(entry.index, readAfter(server, entry));
  return entries.map(({ index }) => answers.get(index) ?? { status: 500 });
}

/** A read in a transaction sees what the transaction wrote; one that fails can no longer undo it and says so itself. */
function readAfter(server: FaceServer, { route, call }: BundleEntry): Answer {
  try {
    return perform(server, route, call);
  } catch (error) {
    if (!(error instanceof FhirError)) throw error;
    return { status: error.status, body: operationOutcome(error.issues) };
  }
}

function decideTargets(server: FaceServer, draft: Draft, entries: readonly BundleEntry[]): Map<BundleEntry, Target> {
  const targets = new Map<BundleEntry, Target>();
  const taken = new Set<string>();
  for (const entry of entries) {
    const { route, call } = entry;
    if (route.interaction !== 'create' && route.interaction !== 'update') continue;
    const target = at(entry.index, () =>
      route.interaction === 'create'
        ? targetOfCreate(server, draft, route.type, call)
        : targetOfUpdate(server, draft, route.type, route.id, call),
    );
    const key = `${target.type}/${target.id}`;
    if (taken.has(key)) refuseDuplicate(entry.index);
    taken.add(key);
    targets.set(entry, target);
  }
  return targets;
}

/** Two entries for one resource, or two creates under one condition, can't both be meant. */
function checkDuplicates(entries: readonly BundleEntry[]): void {
  const seen = new Set<string>();
  for (const { index, fullUrl, route, call } of entries) {
    const keys: string[] = [];
    const writes = route.interaction === 'create' || route.interaction === 'update' || route.interaction === 'delete';
    if (fullUrl !== undefined && writes) keys.push(`fullUrl ${fullUrl}`);
    if (writes && 'id' in route && route.id !== undefined) keys.push(`${route.type}/${route.id}`);
    if (route.interaction === 'create' && call.ifNoneExist !== undefined)
      keys.push(`${route.type}?${call.ifNoneExist}`);
    if (route.interaction === 'update' && route.id === undefined) keys.push(`${route.type}?${call.query}`);
    for (const key of keys) {
      if (seen.has(key)) refuseDuplicate(index);
      seen.add(key);
    }
  }
}

function refuseDuplicate(index: number): never {
  return at(index, () => {
    throw refuse(400, 'duplicate', 'Two entries concern the same resource');
  });
}

function stageEntry(
  server: FaceServer,
  draft: Draft,
  entry: BundleEntry,
  target: Target,
  addresses: ReadonlyMap<string, string>,
): Answer {
  const { route, call } = entry;
  const sent = resourceFromBody(
    call.body,
    route.type,
    route.interaction === 'update' && !target.assigned ? target.id : undefined,
  );
  const resource = resolveAll(sent, addresses, (type, criteria) => {
    if (!server.face.types.has(type)) throw refuse(422, 'not-found', `No resource type ${type} here`);
    const found = findByCriteria(server, draft, type, criteria);
    if (found === undefined) throw refuse(412, 'not-found', 'A conditional reference matches nothing');
    return `${type}/${found.id}`;
  }) as FhirResource;
  return route.interaction === 'create'
    ? stageCreate(server, draft, target, resource, call)
    : stageUpdate(server, draft, target, resource, call);
}

/** A copy in which entry addresses have become `Type/id`, in Reference.reference and in uri-valued elements alike. */
function resolveAll(
  value: unknown,
  addresses: ReadonlyMap<string, string>,
  byCriteria: (type: string, criteria: string) => string,
): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveAll(item, addresses, byCriteria));
  if (!isObject(value))
    return typeof value === 'string' && value.startsWith('urn:') ? (addresses.get(value) ?? value) : value;
  const copy: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    if (name === 'reference' && typeof item === 'string') {
      const conditional = /^([A-Z][A-Za-z]+)\?(.+)$/.exec(item);
      copy[name] = addresses.get(item) ?? (conditional ? byCriteria(conditional[1] ?? '', conditional[2] ?? '') : item);
    } else if ((name === 'value' || name === 'valueString') && typeof item === 'string') {
      copy[name] = item; // a string (an identifier's value, say), not a uri: never rewritten
    } else copy[name] = resolveAll(item, addresses, byCriteria);
  }
  return copy;
}
