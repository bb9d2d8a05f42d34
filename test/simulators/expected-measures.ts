import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import type { ScoreDeclaration } from '../../src/homework/log/score.ts';
import { itemsOf } from '../kinds/answers-for.ts';
import type { PlayedLog } from './play-kinds.ts';

/** A number, an option's code, yes or no, or a time of day. */
export type Plain = number | string | boolean;

/** An answer as FHIR writes it: a time of day has seconds. */
export function plainAnswer(given: unknown): Plain | undefined {
  if (typeof given === 'number' || typeof given === 'boolean') return given;
  if (typeof given === 'object' && given !== null && 'value' in given) return plainAnswer(given.value);
  return typeof given === 'string' ? given.replace(/^(\d\d:\d\d)$/, '$1:00') : undefined;
}

const extractUrl = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract';

/**
 * What a log measures, read from its form and its kind's declarations alone: by linkId each value that an EHR must hold. undefined: of
 * a score that lacks an answer nothing is said here.
 */
export function expectedMeasures(log: PlayedLog): ReadonlyMap<string, Plain | undefined> {
  const { form, version, answers, withheld } = log;
  const shared = new Map(Object.entries(answers).filter(([linkId]) => !withheld.includes(linkId)));
  const items = itemsOf(form.item).filter(
    ({ linkId, extension = [] }) =>
      shared.has(linkId) && extension.some(({ url, valueBoolean }) => url === extractUrl && valueBoolean === true),
  );
  const scores = version.scores ?? [];
  return new Map<string, Plain | undefined>([
    ...items.flatMap(({ linkId }) => {
      const given = shared.get(linkId);
      const first: unknown = Array.isArray(given) ? given[0] : given;
      return [[linkId, plainAnswer(first)] as const];
    }),
    ...scores.map((score) => [score.linkId, calculated(score, { form, scores, shared })] as const),
  ]);
}

interface Known {
  readonly form: Questionnaire;
  readonly scores: readonly ScoreDeclaration[];
  readonly shared: ReadonlyMap<string, unknown>;
}

/** By the table in docs/engines/scores.md; only what is complete, and in its range. */
function calculated(score: ScoreDeclaration, known: Known): number | undefined {
  const value = result(score, known);
  const { least, most } = score.range;
  return value !== undefined && value >= least && value <= most ? value : undefined;
}

function result({ calculation }: ScoreDeclaration, known: Known): number | undefined {
  const all = (linkIds: readonly string[]): readonly number[] | undefined => {
    const values = linkIds.map((linkId) => figure(linkId, known));
    return values.every((value) => value !== undefined) ? values : undefined;
  };
  const sum = (values: readonly number[] | undefined) => values?.reduce((total, value) => total + value, 0);
  switch (calculation.type) {
    case 'sum':
      return sum(all(calculation.linkIds));
    case 'mean': {
      const total = sum(all(calculation.linkIds));
      return total === undefined ? undefined : total / calculation.linkIds.length;
    }
    case 'count':
      return all(calculation.linkIds)?.filter((value) => value >= calculation.atLeast).length;
    case 'scaled': {
      const [of] = all([calculation.of]) ?? [];
      return of === undefined ? undefined : of * calculation.times + calculation.plus;
    }
    case 'minutes-between': {
      const [from, to] = all([calculation.from, calculation.to]) ?? [];
      return from === undefined || to === undefined ? undefined : (to - from + 1440) % 1440;
    }
    case 'less': {
      const [of, ...less] = all([calculation.of, ...calculation.less]) ?? [];
      return of === undefined ? undefined : Math.max(0, of - (sum(less) ?? 0));
    }
    case 'percent': {
      const [of, whole] = all([calculation.of, calculation.in]) ?? [];
      return of === undefined || whole === undefined || whole === 0 ? undefined : (100 * of) / whole;
    }
  }
}

/** What an answer or another score counts: a number, an option's points, a time of day in minutes. */
function figure(linkId: string, known: Known): number | undefined {
  const score = known.scores.find((each) => each.linkId === linkId);
  if (score !== undefined) return calculated(score, known);
  const given = known.shared.get(linkId);
  if (typeof given === 'number' || typeof given === 'boolean') return Number(given);
  const time = typeof given === 'string' ? /^(\d\d):(\d\d)/.exec(given) : null;
  if (time !== null) return Number(time[1]) * 60 + Number(time[2]);
  const item = itemsOf(known.form.item).find((each) => each.linkId === linkId);
  return item && points(item, given);
}

function points({ answerOption = [] }: QuestionnaireItem, code: unknown): number | undefined {
  const option = answerOption.find(({ valueCoding }) => valueCoding?.code === code);
  const weights = [...(option?.extension ?? []), ...(option?.valueCoding?.extension ?? [])];
  return weights.find(({ url }) => /\/(ordinalValue|itemWeight)$/.test(url))?.valueDecimal;
}
