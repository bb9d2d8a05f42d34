import { type SearchableType, searchParameters } from '../../fhir/search/search-parameters.ts';

/** What a type can be sorted by: when it last changed, and its dates. */
export function sortsOf(type: SearchableType): string[] {
  return [
    '_lastUpdated',
    ...searchParameters[type].filter((searchParameter) => searchParameter.type === 'date').map(({ name }) => name),
  ];
}

/** One `_sort`: `date`, or `-date` for the latest first. Answers the problem when it can't be honoured. */
export function parseSort(type: SearchableType, value: string): string | { readonly sort: string } {
  const known = sortsOf(type);
  if (known.includes(value.replace(/^-/, ''))) return { sort: value };
  const severalKeys = value.includes(',') ? 'only one key is supported: ' : '';
  return `${severalKeys}must be one of ${known.join(', ')}, with - before it for the latest first`;
}
