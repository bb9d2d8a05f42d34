/** What a DSTU2 server is called, which states itself in a Conformance. */
export const dstu2 = 'the server speaks FHIR DSTU2, and what is written here is R4';

const names: readonly (readonly [RegExp, string])[] = [
  [/^(0\.|1\.0)/, 'DSTU2'],
  [/^(1\.|3\.)/, 'STU3'],
  [/^4\.[13](\.|$)/, 'R4B'],
  [/^(4\.|5\.)/, 'R5'],
  [/^6\./, 'R6'],
];

/**
 * The version of FHIR that a statement names, when it is another than R4: `R5 (5.0.0)`. undefined for R4, and for a
 * statement that names none.
 * @see https://hl7.org/fhir/versions.html
 */
export function otherFhirVersion(stated: unknown): string | undefined {
  if (typeof stated !== 'string' || stated.trim() === '') return undefined;
  const version = stated.trim().slice(0, 40);
  if (/^4\.0(\.|$|-)/.test(version) || /^R4$/i.test(version)) return undefined;
  const name = names.find(([pattern]) => pattern.test(version))?.[1];
  return name === undefined ? `a version we do not know (${version})` : `${name} (${version})`;
}
