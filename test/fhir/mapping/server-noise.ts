import type { Extension, Identifier } from 'fhir/r4';

/** Where that server answers. */
export const serverBase = 'https://ehr.example.org/fhir';

/** Lists whose order FHIR gives no meaning. */
const unordered = new Set([
  'extension',
  'identifier',
  'input',
  'output',
  'component',
  'category',
  'coding',
  'security',
  'tag',
  'activity',
  'addresses',
  'goal',
  'about',
  'partOf',
  'basedOn',
  'focus',
]);
const foreignExtension: Extension = {
  url: 'https://ehr.example.org/StructureDefinition/filed-by',
  valueString: 'batch',
};
const foreignIdentifier: Identifier = { system: 'https://ehr.example.org/mrn', value: '4711' };
const foreignCoding = { system: 'https://ehr.example.org/codes', code: 'X1', display: 'theirs' };
/** Where extensions, identifiers and codings of others may turn up. */
const extras: Readonly<Record<string, object>> = {
  extension: foreignExtension,
  identifier: foreignIdentifier,
  coding: foreignCoding,
};
const ours = new Set(['CarePlan', 'Task', 'QuestionnaireResponse', 'Observation', 'Communication', 'Goal', 'Flag']);

/**
 * A resource as a server may give it back: its own ids and meta, our references rewritten to them, others' extensions,
 * identifiers and codings added, lists without an order turned around.
 */
export function withServerNoise<R extends { resourceType: string }>(resource: R): R {
  const stored = JSON.parse(JSON.stringify(resource), (key, value: unknown) => {
    if (key === 'reference' && typeof value === 'string') return rewrite(value);
    if (!Array.isArray(value) || !unordered.has(key)) return value;
    const extra = extras[key];
    return (extra ? [...value, extra] : [...value]).reverse();
  });
  stored.id = '1042';
  stored.meta = { ...stored.meta, versionId: '3', lastUpdated: '2026-11-01T00:00:00.000+00:00', source: '#x' };
  stored.extension = [foreignExtension, ...(stored.extension ?? [])];
  stored.category &&= [{ coding: [foreignCoding] }, ...stored.category];
  return stored;
}

function rewrite(reference: string): string {
  const [type = ''] = reference.split('/');
  if (ours.has(type)) return `${type}/${[...reference].reduce((sum, text) => sum + (text.codePointAt(0) ?? 0), 0)}`;
  return `${serverBase}/${reference}`;
}
