import { evalFhirPathTyped, type TypedValue } from '@medplum/core';
import type { Definitions, SearchParameter } from '../definitions.ts';
import type { FhirResource } from '../resource.ts';
import { extractValues } from './extract-values.ts';
import { matchesDate } from './match-date.ts';
import { matchesNumber } from './match-number.ts';
import { matchesReference, matchesReferenceIdentifier } from './match-reference.ts';
import { matchesString, matchesUri } from './match-text.ts';
import { matchesToken, matchesTokenText } from './match-token.ts';
import { type Criterion, splitEscaped } from './parse-search.ts';

/** What matching needs to know besides the resource. */
export interface MatchContext {
  definitions: Definitions;
  /** FHIR base of the face. */
  base: string;
}

/**
 * Whether a resource satisfies every criterion.
 * @throws FhirError 400 when a value does not fit its parameter's type
 */
export function matches(resource: FhirResource, criteria: readonly Criterion[], context: MatchContext): boolean {
  return criteria.every((criterion) => matchesCriterion(resource, criterion, context));
}

function matchesCriterion(resource: FhirResource, criterion: Criterion, context: MatchContext): boolean {
  const { parameter, modifier, values } = criterion;
  const found = extractValues(resource, parameter);
  if (modifier === 'missing') return (values[0] === 'true') === (found.length === 0);
  if (modifier === 'not') return !values.some((value) => found.some((item) => matchesToken(item.value, value)));
  return values.some((value) => found.some((item) => matchesValue(item, parameter, modifier, value, context)));
}

function matchesValue(
  item: TypedValue,
  parameter: SearchParameter,
  modifier: string | undefined,
  value: string,
  context: MatchContext,
): boolean {
  switch (parameter.type) {
    case 'token':
      return modifier === 'text' ? matchesTokenText(item.value, value) : matchesToken(item.value, value);
    case 'reference':
      return modifier === 'identifier'
        ? matchesReferenceIdentifier(item.value, value)
        : matchesReference(item.value, value, context.base);
    case 'date':
      return matchesDate(item.value, value, parameter.code);
    case 'string':
      return matchesString(item.value, value, modifier);
    case 'uri':
      return matchesUri(item.value, value, modifier);
    case 'number':
    case 'quantity':
      return matchesNumber(item.value, value, parameter.code);
    case 'composite':
      return matchesComposite(item, parameter, value, context);
  }
}

/** `a$b`: both parts within the same element. */
function matchesComposite(item: TypedValue, parameter: SearchParameter, value: string, context: MatchContext): boolean {
  const parts = splitEscaped(value, '$');
  return parameter.component.every((component, index) => {
    const part = parts[index];
    const inner = context.definitions.searchParameterByUrl(component.definition);
    if (part === undefined || inner === undefined) return false;
    const found = evalFhirPathTyped(component.expression, [item]);
    return found.some((nested) => matchesValue(nested, inner, undefined, part, context));
  });
}

/** Checks that the values fit their parameters even when no resource is there to be matched. @throws FhirError 400 */
export function checkValues(criteria: readonly Criterion[]): void {
  for (const { parameter, modifier, values } of criteria) {
    if (modifier === 'missing') continue;
    for (const value of values) {
      if (parameter.type === 'date') matchesDate(undefined, value, parameter.code);
      if (parameter.type === 'number' || parameter.type === 'quantity') matchesNumber(undefined, value, parameter.code);
    }
  }
}
