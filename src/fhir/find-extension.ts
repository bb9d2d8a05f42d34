import type { Extension } from 'fhir/r4';

interface Extensible {
  readonly extension?: readonly Extension[] | undefined;
}

/** The extension of that URL on an element (or on another extension), if it has one. */
export function findExtension(element: Extensible | undefined, url: string): Extension | undefined {
  return element?.extension?.find((extension) => extension.url === url);
}

/** All extensions of that URL on an element (or on another extension). */
export function findExtensions(element: Extensible | undefined, url: string): Extension[] {
  return element?.extension?.filter((extension) => extension.url === url) ?? [];
}
