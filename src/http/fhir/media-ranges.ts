/** FHIR versions in a media type that mean R4; the specification writes `4.0`, and clients more. */
const versions = ['4', '4.0', '4.0.0', '4.0.1'];

/** One media range of a header: `application/fhir+json; fhirVersion=4.0; q=0.8`. */
export interface MediaRange {
  /** In lower case, without parameters. */
  readonly type: string;
  /** Names in lower case, values without quotation marks. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Splits a list of media types at the commas that stand in no quotation marks. */
export function mediaRanges(header: string): MediaRange[] {
  return (header.match(/(?:[^,"]|"(?:\\.|[^"\\])*"?)+/g) ?? []).map(mediaRange);
}

/** Reads one media type with its parameters. */
export function mediaRange(text: string): MediaRange {
  const parts = text.match(/(?:[^;"]|"(?:\\.|[^"\\])*"?)+/g) ?? [];
  const [type = '', ...rest] = parts.map((part) => part.trim());
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const equals = part.indexOf('=');
    if (equals < 1) continue;
    const name = part.slice(0, equals).trim().toLowerCase();
    const value = part.slice(equals + 1).trim();
    parameters.set(name, value.replace(/^"(.*)"$/, '$1'));
  }
  return { type: type.toLowerCase(), parameters };
}

/** The FHIR version that a media type asks for, when it is not the one that is spoken here. */
export function foreignVersion({ parameters }: MediaRange): string | undefined {
  const asked = parameters.get('fhirversion');
  return asked === undefined || versions.includes(asked) ? undefined : asked;
}
