import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type FhirResource, firstIdentifier, type StoredResource } from '../resource.ts';
import type { Current, ResourceReader, ResourceStore, Write } from './resource-store.ts';

/** Writes staged over a store: read as if they had happened, committed together or not at all. */
export class Draft implements ResourceReader {
  readonly #store: ResourceStore;
  readonly #writes: Write[] = [];
  readonly #reserved = new Set<string>();

  readonly #writtenAt: string | undefined;

  /** @param writtenAt when what is staged shall have been written, an instant of ISO 8601; default: when it is staged */
  constructor(store: ResourceStore, writtenAt?: string) {
    this.#store = store;
    this.#writtenAt = writtenAt;
  }

  current(type: string, id: string): Current | undefined {
    return this.#stagedOne(type, id) ?? this.#store.current(type, id);
  }

  *list(type: string): Iterable<StoredResource> {
    const staged = new Map(this.#writes.filter((write) => write.type === type).map((write) => [write.id, write]));
    for (const resource of this.#store.list(type)) {
      const write = staged.get(resource.id);
      staged.delete(resource.id);
      if (write === undefined) yield resource;
      else if (write.resource) yield write.resource;
    }
    for (const { resource } of staged.values()) if (resource) yield resource;
  }

  /** Holds an id for a resource that is staged later, so that references to it count as existing. */
  reserve(type: string, id: string): void {
    this.#reserved.add(`${type}/${id}`);
  }

  /** True when the resource is there (not deleted) or is about to be. */
  exists(type: string, id: string): boolean {
    return this.#reserved.has(`${type}/${id}`) || this.current(type, id)?.resource !== undefined;
  }

  /** Stages a resource under an id; content equal to what stands there stages nothing and keeps the version. */
  put(resource: FhirResource, id: string): { stored: StoredResource; created: boolean; changed: boolean } {
    const type = resource.resourceType;
    const before = this.current(type, id);
    if (before?.resource && isDeepStrictEqual(content(before.resource), content({ ...resource, id }))) {
      return { stored: before.resource, created: false, changed: false };
    }
    const version = (before?.version ?? 0) + 1;
    const lastUpdated = this.#now();
    const { resourceType, id: _sent, meta, ...elements } = resource;
    const stored: StoredResource = {
      resourceType,
      id,
      meta: { ...meta, versionId: String(version), lastUpdated },
      ...elements,
    };
    const interaction = before === undefined ? 'create' : 'update';
    const identifier = firstIdentifier(stored);
    this.#writes.push({ interaction, type, id, version, lastUpdated, resource: stored, identifier });
    return { stored, created: before?.resource === undefined, changed: true };
  }

  /** Stages a deletion; nothing to do when the resource is not there. */
  delete(type: string, id: string): void {
    const before = this.current(type, id);
    if (before?.resource === undefined) return;
    this.#writes.push({
      interaction: 'delete',
      type,
      id,
      version: before.version + 1,
      lastUpdated: this.#now(),
      resource: undefined,
      identifier: firstIdentifier(before.resource),
    });
  }

  /** What would be committed. */
  staged(): readonly Write[] {
    return this.#writes;
  }

  /** @see ResourceStore.commit */
  commit(requestId: string | null): void {
    this.#store.commit(this.#writes, requestId);
  }

  #now(): string {
    return this.#writtenAt ?? new Date().toISOString();
  }

  #stagedOne(type: string, id: string): Current | undefined {
    return this.#writes.findLast((write) => write.type === type && write.id === id);
  }
}

/** A new logical id; a long one has underscores and 80 characters. */
export function newId({ long }: { long: boolean }): string {
  return long ? `${randomUUID()}_${randomUUID()}_`.padEnd(80, 'x') : randomUUID();
}

function content({ meta, ...elements }: FhirResource): unknown {
  const { versionId: _version, lastUpdated: _updated, ...kept } = meta ?? {};
  return Object.keys(kept).length === 0 ? elements : { ...elements, meta: kept };
}
