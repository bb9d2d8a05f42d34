import { isObject, listOf, type StoredResource } from '../resource.ts';
import { describeTime } from './describe-time.ts';
import { describeConcept } from './describe-value.ts';
import { type Content, type Html, html } from './html.ts';
import type { PatientRecord } from './patient-record.ts';

const calm = new Set(['completed', 'done', 'final', 'amended', 'active', 'current', 'finished', 'late']);
const waiting = new Set([
  'requested',
  'received',
  'accepted',
  'in-progress',
  'preliminary',
  'planned',
  'ready',
  'draft',
]);

/** A status as a chip; the colour only repeats what the word says. */
export function statusChip(status: unknown, label = 'Status'): Html | undefined {
  const word = describeConcept(status);
  if (word === undefined) return undefined;
  const code = isObject(status) ? String(listOf(status.coding).filter(isObject)[0]?.code ?? word) : word;
  const tone = calm.has(code) ? 'good' : waiting.has(code) ? 'open' : 'other';
  return html`<span class="chip chip-${tone}"><span class="visually-hidden">${label}: </span>${word}</span>`;
}

/** Version, time of the last change and the link to the JSON. */
export function resourceFooter(resource: StoredResource, record: PatientRecord): Html {
  const { resourceType, id, meta } = resource;
  const labels = listOf(meta.tag)
    .filter(isObject)
    .map((tag) => describeConcept(tag))
    .filter((tag) => tag !== undefined);
  return html`<p class="foot">
    <span>v${meta.versionId}, ${describeTime(meta.lastUpdated, record.zone)}</span>
    ${labels.map((tag) => html`<span class="tag">${tag}</span>`)}
    <a href="${jsonPath(record, resource)}">JSON<span class="visually-hidden"> of ${resourceType} ${id}</span></a>
  </p>`;
}

/** The short form for a table cell. */
export function jsonLink(resource: StoredResource, record: PatientRecord): Html {
  const { resourceType, id, meta } = resource;
  return html`<a class="json" href="${jsonPath(record, resource)}" title="Version ${meta.versionId}">v${meta.versionId} JSON<span
    class="visually-hidden"> of ${resourceType} ${id}</span></a>`;
}

/** Marks an element so that the page can tell what is new after an update. */
export function versionKey(resource: StoredResource): string {
  return `${resource.resourceType}/${resource.id}/${resource.meta.versionId}`;
}

/** A section of the chart with its heading, or what is said when there is nothing. */
export function section(id: string, heading: string, items: readonly Content[], empty: string): Html {
  const body = items.length > 0 ? html`${items}` : html`<p class="empty">${empty}</p>`;
  return html`<section class="card" aria-labelledby="${id}">
    <h2 id="${id}">${heading}${items.length > 0 && html` <span class="count">${items.length}</span>`}</h2>
    ${body}
  </section>`;
}

/** A definition list of the pairs that have something to say. */
export function facts(pairs: readonly (readonly [string, Content])[]): Html | undefined {
  const told = pairs.filter(([, value]) => value !== undefined && value !== '' && value !== false);
  if (told.length === 0) return undefined;
  return html`<dl class="facts">${told.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Newest first by the first of the elements that is there. */
export function newestFirst(resources: StoredResource[], ...elements: string[]): StoredResource[] {
  const time = (resource: StoredResource) => {
    const found = elements.map((element) => resource[element]).find((value) => typeof value === 'string');
    return Date.parse(String(found ?? resource.meta.lastUpdated));
  };
  return [...resources].sort((a, b) => time(b) - time(a));
}

function jsonPath(record: PatientRecord, { resourceType, id }: StoredResource): string {
  const { patient, server } = record;
  return `/chart/${encodeURIComponent(patient.id)}/json/${resourceType}/${id}?face=${server.face.name}`;
}
