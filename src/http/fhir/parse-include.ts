import { isSearchableType, type SearchableType, searchParameters } from '../../fhir/search/search-parameters.ts';
import { defined } from '../../foundation/defined.ts';
import type { IncludeRule } from '../../record/store/search-criteria.ts';
import { isDefinitionType } from './definitions.ts';

/** Types whose resources are kept in the record; the definitions are part of the program. */
export const storedTypes = [
  'CarePlan',
  'Task',
  'QuestionnaireResponse',
  'Observation',
  'Communication',
  'Flag',
  'Goal',
  'DocumentReference',
  'Provenance',
] as const satisfies readonly SearchableType[];

const isStored = (type: string): boolean => storedTypes.some((storedType) => storedType === type);

/** Whether resources of that type can come along in a search. */
export const isHeld = (type: string): boolean => isStored(type) || isDefinitionType(type);

/** Whether a reference to that type leads to what we hold, and never into the EHR; a Goal may stand on either side. */
export const holdsOurs = (type: string): boolean => type !== 'Goal' && isStored(type);

/** The `_include` values of a type that we answer: references to what we hold ourselves, and canonicals of it. */
export function includesOf(type: SearchableType): string[] {
  return searchParameters[type]
    .filter(({ targets }) => isStored(type) && targets?.some(isHeld) === true)
    .map(({ name }) => `${type}:${name}`);
}

/** The `_revinclude` values of a type that we answer; a definition is found by those who name it: `questionnaire=`. */
export function revincludesOf(type: SearchableType): string[] {
  if (isDefinitionType(type)) return [];
  return storedTypes.flatMap((holder) =>
    searchParameters[holder]
      .filter(({ targets }) => targets?.includes(type) === true)
      .map(({ name }) => `${holder}:${name}`),
  );
}

/** One `_include` or `_revinclude`: `Task:part-of` or `Task:part-of:Task`. Answers the problem when it can't be honoured. */
export function parseInclude(
  type: SearchableType,
  name: '_include' | '_revinclude',
  modifier: string | undefined,
  value: string,
): string | IncludeRule {
  if (modifier !== undefined) return `the modifier :${modifier} is not supported`;
  const [holder = '', param = '', targetType, ...rest] = value.split(':');
  const offered = name === '_include' ? includesOf(type) : revincludesOf(type);
  if (rest.length > 0 || !offered.includes(`${holder}:${param}`)) {
    return offered.length === 0 ? 'nothing can be included here' : `must be one of ${offered.join(', ')}`;
  }
  const parameter = isSearchableType(holder)
    ? searchParameters[holder].find((searchParameter) => searchParameter.name === param)
    : undefined;
  if (targetType !== undefined && parameter?.targets?.includes(targetType) !== true) {
    return `${holder}:${param} never refers to ${targetType}`;
  }
  if (name === '_revinclude') return { type: holder, param, targetType: type };
  return { type: holder, param, ...defined({ targetType }) };
}
