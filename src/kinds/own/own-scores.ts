import type { ScoreCalculation, ScoreDeclaration } from '../../homework/log/score.ts';
import type { OwnName } from '../../homework/plan/own-form.ts';
import { type Followed, type Links, linksBy, ownLinkId, withName } from './follow-links.ts';

/** The scores of a form, and what has become of each linkId, those of scores among them. */
export interface OwnScores {
  readonly scores: readonly ScoreDeclaration[];
  readonly links: Links;
}

/**
 * The scores of a kind's version as they are of a plan's own form: a list takes the items of every name, unless the score's label has
 * `{name}` in it; one that is made of single items of a pattern is made for each name. One that lacks what it is made of is left out.
 */
export function ownScores(declared: readonly ScoreDeclaration[], links: Links): OwnScores {
  const ofScores = new Map<string, Followed>();
  const withScores = linksBy((linkId) => ofScores.get(linkId) ?? links.of(linkId));
  const scores: ScoreDeclaration[] = [];
  // in their order, as one may be made of those before it
  for (const score of declared) {
    const pattern = singles(score)
      .map(withScores.of)
      .find((followed) => followed.type !== 'same') ?? { type: 'same' };
    const copies: readonly (OwnName | undefined)[] = pattern.type === 'named' ? pattern.names : [undefined];
    const made =
      pattern.type === 'gone' ? [] : copies.flatMap((name) => ownScore(score, { name, ...withScores }) ?? []);
    scores.push(...made);
    ofScores.set(score.linkId, made.length === 0 ? { type: 'gone' } : pattern);
  }
  return { scores, links: withScores };
}

interface Making extends Links {
  readonly name: OwnName | undefined;
}

/** What a score needs one of: it is copied with the pattern of that. */
function singles({ label, calculation }: ScoreDeclaration): readonly string[] {
  switch (calculation.type) {
    case 'sum':
    case 'mean':
    case 'count':
      return label.includes('{name}') ? calculation.linkIds : [];
    case 'scaled':
    case 'less':
      return [calculation.of];
    case 'minutes-between':
      return [calculation.from, calculation.to];
    case 'percent':
      return [calculation.of, calculation.in];
  }
}

function ownScore(score: ScoreDeclaration, { name, of, all }: Making): ScoreDeclaration | undefined {
  const one = (linkId: string) =>
    name !== undefined && of(linkId).type === 'named' ? ownLinkId(linkId, name) : linkId;
  const many = (linkIds: readonly string[]) =>
    linkIds.flatMap((linkId) => {
      const followed = of(linkId);
      const beside = name !== undefined && followed.type === 'named' && followed.names.includes(name);
      return beside ? [ownLinkId(linkId, name)] : all(linkId);
    });
  const calculation = ownCalculation(score.calculation, one, many);
  if (calculation === undefined || singles(score).some((linkId) => of(linkId).type === 'gone')) return undefined;
  return {
    ...score,
    linkId: name === undefined ? score.linkId : ownLinkId(score.linkId, name),
    label: nameLabel(score.label, name),
    calculation,
    range: widened(score, calculation),
  };
}

function ownCalculation(
  calculation: ScoreCalculation,
  one: (linkId: string) => string,
  many: (linkIds: readonly string[]) => readonly string[],
): ScoreCalculation | undefined {
  switch (calculation.type) {
    case 'sum':
    case 'mean':
    case 'count': {
      const linkIds = many(calculation.linkIds);
      return linkIds.length === 0 ? undefined : { ...calculation, linkIds };
    }
    case 'scaled':
      return { ...calculation, of: one(calculation.of) };
    case 'less':
      return { ...calculation, of: one(calculation.of), less: many(calculation.less) };
    case 'minutes-between':
      return { ...calculation, from: one(calculation.from), to: one(calculation.to) };
    case 'percent':
      return { ...calculation, of: one(calculation.of), in: one(calculation.in) };
  }
}

/** A sum over more items, or fewer, goes as far as that. */
function widened({ range, calculation: was }: ScoreDeclaration, is: ScoreCalculation): ScoreDeclaration['range'] {
  if (was.type !== is.type || (is.type !== 'sum' && is.type !== 'count')) return range;
  if (was.type !== 'sum' && was.type !== 'count') return range;
  const times = is.linkIds.length / was.linkIds.length;
  return { least: range.least * times, most: range.most * times };
}

/** A label that says of which name it is. */
export function nameLabel(label: string, name: Pick<OwnName, 'text'> | undefined): string {
  if (name === undefined) return label;
  return label.includes('{name}') ? withName(label, name) : `${label} (${name.text})`;
}
