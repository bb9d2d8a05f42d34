import type { CodeableConcept, Coding, FhirResource, Identifier, Period, Reference } from 'fhir/r4';

export type SearchParameterType = 'token' | 'reference' | 'date' | 'string' | 'uri';

/** What an element may hold that a parameter looks at; which of them is said by the parameter's type. */
export type SearchElement = Reference | CodeableConcept | Coding | Identifier | Period | string | undefined;

/** One search parameter by its R4 name. `read` answers the elements that it looks at, in any order. */
export interface SearchParameter {
  readonly name: string;
  readonly type: SearchParameterType;
  readonly documentation: string;
  /** reference: the resource types it may point to. */
  readonly targets?: readonly string[];
  /** token over a `code` element: the code system that R4 fixes for it. */
  readonly system?: string;
  read(resource: FhirResource): readonly SearchElement[];
}

type OfType<T extends FhirResource['resourceType']> = Extract<FhirResource, { resourceType: T }>;
type Reader<R> = (resource: R) => SearchElement | readonly SearchElement[];
export type Extra = Pick<SearchParameter, 'targets' | 'system'>;
export type Row<R> = readonly [
  name: string,
  type: SearchParameterType,
  documentation: string,
  read: Reader<R>,
  extra?: Extra,
];

function isOfType<T extends FhirResource['resourceType']>(resource: FhirResource, type: T): resource is OfType<T> {
  return resource.resourceType === type;
}

function isList(value: SearchElement | readonly SearchElement[]): value is readonly SearchElement[] {
  return Array.isArray(value);
}

/** The rows of one type as parameters: each reads resources of that type only. */
export function parametersOf<T extends FhirResource['resourceType']>(
  type: T,
  rows: readonly Row<OfType<T>>[],
): readonly SearchParameter[] {
  return rows.map(([name, parameterType, documentation, read, extra]) => ({
    name,
    type: parameterType,
    documentation,
    ...extra,
    read(resource) {
      if (!isOfType(resource, type)) return [];
      const found = read(resource);
      return isList(found) ? found : [found];
    },
  }));
}
