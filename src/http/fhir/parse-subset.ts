import type { Subset } from '../../fhir/subset-elements.ts';

type Parameter = readonly [name: string, value: string];
type Issue = { readonly path: string; readonly problem: string };

const summaries = ['true', 'text', 'data', 'count', 'false'];

/**
 * Reads `_summary` and `_elements`, of a search or of a read: which part of the resources is wanted. Undefined: all of it.
 * Answers the problems, each with its parameter.
 * @see https://hl7.org/fhir/R4/search.html#summary
 */
export function parseSubset(
  type: string,
  parameters: readonly Parameter[],
): { readonly subset?: Subset; readonly issues: readonly Issue[] } {
  const given = (name: string) => parameters.flatMap(([parameter, value]) => (parameter === name ? [value] : []));
  const summary = [...new Set(given('_summary'))];
  const elements = given('_elements').flatMap((value) => value.split(','));
  const issues = [
    ...(summary.length > 1 ? [issue('_summary', 'is given twice, each time differently')] : []),
    ...summary
      .filter((text) => !summaries.includes(text))
      .map(() => issue('_summary', `must be one of ${summaries.join(', ')}`)),
    ...elements.flatMap((element) => elementProblem(type, element.trim())),
    ...(elements.length > 0 && summary.some((text) => text !== 'false')
      ? [issue('_elements', 'cannot be asked for together with _summary')]
      : []),
    ...(summary.includes('text') && parameters.some(([name]) => /^_(rev)?include(:|$)/.test(name))
      ? [issue('_summary', 'text cannot be asked for together with _include or _revinclude')]
      : []),
  ];
  if (issues.length > 0) return { issues };
  const [part] = summary;
  if (part === 'true') return { subset: { part: 'summary' }, issues };
  if (part === 'text' || part === 'data') return { subset: { part }, issues };
  if (elements.length === 0) return { issues };
  return { subset: { part: 'elements', names: elements.map((element) => nameOf(element.trim())) }, issues };
}

/** `status`, or `Task.status`; a place further down stands for the element that it is in. */
function elementProblem(type: string, element: string): Issue[] {
  if (!/^[A-Za-z][A-Za-z0-9.[\]]{0,99}$/.test(element)) return [issue('_elements', 'must be names of elements')];
  const [first = ''] = element.split('.');
  if (!/^[A-Z]/.test(first) || first === type) return [];
  return [issue('_elements', `must be elements of ${type}`)];
}

function nameOf(element: string): string {
  const [first = '', second = ''] = element.split('.');
  return /^[A-Z]/.test(first) ? second : first;
}

function issue(path: string, problem: string): Issue {
  return { path, problem };
}
