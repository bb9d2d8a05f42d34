import type { Extension } from 'fhir/r4';
import { IntersessionError } from '../foundation/intersession-error.ts';
import type { UnlockCriterion, UnlockRule } from '../homework/model.ts';
import type { SimpleRule } from '../homework/plan/unlock-rule.ts';
import { expectCode, expectElement } from './expect-element.ts';
import { findExtension, findExtensions } from './find-extension.ts';

const types = ['at-start', 'by-clinician', 'on-date', 'after', 'all', 'any'] as const satisfies UnlockRule['type'][];
const simpleTypes = ['on-date', 'after'] as const satisfies SimpleRule['type'][];
const criteria = [
  'logs-done',
  'behaviour-done',
  'measure-reached',
  'measure-fell',
  'fell-within-log',
  'prediction-not-true',
  'in-a-row',
  'mean-of-days',
  'quota-kept',
  'score-reached',
  'score-changed',
  'clinician-approves',
] as const satisfies UnlockCriterion['type'][];

/**
 * The unlock rule that the extension carries.
 * @throws IntersessionError `invalid-request` naming the part that is missing
 */
export function fromUnlockRule(extension: Extension): UnlockRule {
  const type = expectCode(findExtension(extension, 'type')?.valueCode, types, 'unlock-rule.type');
  switch (type) {
    case 'at-start':
    case 'by-clinician':
      return { type };
    case 'all':
    case 'any':
      return { type, of: findExtensions(extension, 'part').map(fromPart) };
    default:
      return fromSimple(extension, type);
  }
}

function fromPart(extension: Extension): SimpleRule {
  const type = expectCode(findExtension(extension, 'type')?.valueCode, simpleTypes, 'unlock-rule.part.type');
  return fromSimple(extension, type);
}

function fromSimple(extension: Extension, type: SimpleRule['type']): SimpleRule {
  if (type === 'on-date')
    return { type, date: expectElement(findExtension(extension, 'date')?.valueDate, 'unlock-rule.date') };
  const after = expectElement(findExtension(extension, 'after')?.valueString, 'unlock-rule.after');
  return { type, after, criterion: fromCriterion(extension) };
}

function fromCriterion(extension: Extension): UnlockCriterion {
  const type = expectCode(findExtension(extension, 'criterion')?.valueCode, criteria, 'unlock-rule.criterion');
  const text = (url: string) => expectElement(findExtension(extension, url)?.valueString, `unlock-rule.${url}`);
  const whole = (url: string) => expectElement(findExtension(extension, url)?.valuePositiveInt, `unlock-rule.${url}`);
  const decimal = (url: string) => expectElement(findExtension(extension, url)?.valueDecimal, `unlock-rule.${url}`);
  const code = <C extends string>(url: string, known: readonly C[]) =>
    expectCode(findExtension(extension, url)?.valueCode, known, `unlock-rule.${url}`);
  const bound = () => ({ comparator: code('comparator', ['<=', '>=']), value: decimal('value') });
  switch (type) {
    case 'logs-done':
    case 'prediction-not-true':
      return { type, count: whole('count') };
    case 'measure-reached':
      return { type, linkId: text('linkId'), ...bound() };
    case 'in-a-row':
      return { type, linkId: text('linkId'), ...bound(), count: whole('count') };
    case 'mean-of-days':
      return { type, linkId: text('linkId'), ...bound(), days: whole('days'), atLeast: whole('atLeast') };
    case 'score-reached':
      return { type, score: text('linkId'), ...bound() };
    case 'measure-fell':
      return { type, linkId: text('linkId'), by: decimal('by') };
    case 'score-changed':
      return { type, score: text('linkId'), by: decimal('by'), direction: code('direction', ['down', 'up']) };
    case 'fell-within-log':
      return { type, peak: text('linkId'), after: text('otherLinkId'), fall: fromFall(extension) };
    case 'quota-kept':
      return {
        ...{ type, planned: text('linkId'), actual: text('otherLinkId') },
        ...{ from: decimal('fromPercent'), to: decimal('toPercent'), days: whole('days'), of: whole('of') },
      };
    case 'behaviour-done':
    case 'clinician-approves':
      return { type };
  }
}

/** By points or to a share: one of both, or nobody knows which was meant. */
function fromFall(extension: Extension): Extract<UnlockCriterion, { type: 'fell-within-log' }>['fall'] {
  const by = findExtension(extension, 'by')?.valueDecimal;
  const toPercent = findExtension(extension, 'toPercent')?.valueDecimal;
  if (by !== undefined && toPercent !== undefined) {
    const [path, problem] = ['unlock-rule.toPercent', 'stands beside by: it is one of both'];
    throw new IntersessionError('invalid-request', { issues: [{ path, problem }] }, `${path} ${problem}`);
  }
  return toPercent === undefined ? { by: expectElement(by, 'unlock-rule.by') } : { toPercent };
}
