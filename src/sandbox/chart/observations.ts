import { isObject, listOf, type StoredResource } from '../resource.ts';
import { describePeriod, describeTime } from './describe-time.ts';
import { describeConcept, describeValue } from './describe-value.ts';
import { type Content, type Html, html } from './html.ts';
import type { PatientRecord } from './patient-record.ts';
import { jsonLink, section, statusChip, versionKey } from './resource-parts.ts';

/** Observations grouped by code, each group a table in the order of time. */
export function observations(record: PatientRecord): Html {
  const groups = new Map<string, StoredResource[]>();
  for (const observation of record.of('Observation')) {
    const key = codeKey(observation.code);
    groups.set(key, [...(groups.get(key) ?? []), observation]);
  }
  const tables = [...groups.values()].map((group) =>
    table(
      [...group].sort((a, b) => timeOf(a) - timeOf(b)),
      record,
    ),
  );
  return section('observations', 'Observations', tables, 'No observations in this record yet.');
}

function table(group: StoredResource[], record: PatientRecord): Html {
  const name = describeConcept(group[0]?.code) ?? 'Observation';
  const withParts = group.some((storedResource) => storedResource.component !== undefined);
  const withNotes = group.some((storedResource) => storedResource.note !== undefined);
  return html`<div class="series">
    <div class="row"><h3>${name}</h3>${curve(group, name)}</div>
    <div class="scroll" role="group" aria-label="${name}" tabindex="0"><table>
      <thead><tr><th scope="col">Date</th><th scope="col">Value</th>${withParts && html`<th scope="col">Parts</th>`}${withNotes && html`<th scope="col">Note</th>`}<th scope="col">Status</th><th scope="col">Record</th></tr></thead>
      <tbody>${group.map(
        (storedResource) => html`<tr data-version="${versionKey(storedResource)}">
          <th scope="row">${describeTime(storedResource.effectiveDateTime ?? storedResource.effectiveInstant, record.zone) ?? describePeriod(storedResource.effectivePeriod, record.zone) ?? '–'}</th>
          <td class="value">${describeValue(storedResource, 'value', record) ?? '–'}</td>
          ${withParts && html`<td>${parts(storedResource, record)}</td>`}
          ${withNotes && html`<td class="note">${notes(storedResource)}</td>`}
          <td>${statusChip(storedResource.status)}</td>
          <td>${jsonLink(storedResource, record)}</td>
        </tr>`,
      )}</tbody>
    </table></div>
  </div>`;
}

function parts(observation: StoredResource, record: PatientRecord): Content {
  const components = listOf(observation.component).filter(isObject);
  if (components.length === 0) return undefined;
  return html`<ul class="parts">${components.map(
    (part) =>
      html`<li>${describeConcept(part.code) ?? 'Part'} <strong>${describeValue(part, 'value', record) ?? '–'}</strong></li>`,
  )}</ul>`;
}

function notes(observation: StoredResource): string {
  return listOf(observation.note)
    .map((note) => (isObject(note) && typeof note.text === 'string' ? note.text : ''))
    .join(' · ');
}

/** A small curve of three or more numbers; the table beside it says the same. */
function curve(group: StoredResource[], name: string): Html | undefined {
  const values = group.map(numberOf).filter((value) => value !== undefined);
  if (values.length < 3) return undefined;
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const points = values.map((value, index) => {
    const x = 4 + (index * 112) / (values.length - 1);
    const y = 28 - ((value - low) * 24) / span;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  const [x, y] = points.at(-1)?.split(',') ?? [];
  const words = `${name}: from ${values[0]} to ${values.at(-1)}`;
  return html`<svg class="curve" viewBox="0 0 120 32" role="img" aria-label="${words}"><polyline points="${points.join(' ')}" /><circle cx="${x}" cy="${y}" r="2.5" /></svg>`;
}

function numberOf(observation: StoredResource): number | undefined {
  if (typeof observation.valueInteger === 'number') return observation.valueInteger;
  const value = isObject(observation.valueQuantity) ? observation.valueQuantity.value : undefined;
  return typeof value === 'number' ? value : undefined;
}

function timeOf(observation: StoredResource): number {
  const period = isObject(observation.effectivePeriod) ? observation.effectivePeriod.start : undefined;
  const time = Date.parse(
    String(observation.effectiveDateTime ?? observation.effectiveInstant ?? period ?? observation.issued),
  );
  return Number.isNaN(time) ? 0 : time;
}

function codeKey(code: unknown): string {
  const coding = isObject(code) ? listOf(code.coding).find(isObject) : undefined;
  return coding ? `${coding.system}|${coding.code}` : `text|${describeConcept(code)}`;
}
