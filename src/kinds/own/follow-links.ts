import type { QuestionnaireItem } from 'fhir/r4';
import { defined } from '../../foundation/defined.ts';
import type { FormChoice, OwnName } from '../../homework/plan/own-form.ts';
import type { KindVersion } from '../kind.ts';
import { withoutUnasked } from './without-unasked.ts';

/** As `profiles` defines it: which name an item asks about, for whoever maps what is measured by it. */
export const ownNameExtension = 'https://intersession.dev/fhir/StructureDefinition/own-name';

/** What has become of a linkId of a kind's version in a form of a plan's own. */
export type Followed =
  | { readonly type: 'same' }
  /** Nobody is asked for it. */
  | { readonly type: 'gone' }
  /** It is asked for once for each of these names. */
  | { readonly type: 'named'; readonly pattern: string; readonly names: readonly OwnName[] };

/** One copy of a pattern. */
interface Copy {
  readonly pattern: string;
  readonly name: OwnName;
}

/** Which items a form has, and what has become of each linkId. */
export interface Links {
  of(linkId: string): Followed;
  /** The linkIds that stand in its place: none, itself, or one for each name. */
  all(linkId: string): readonly string[];
}

/** The linkId of a pattern's item for one of the names. */
export function ownLinkId(linkId: string, { id }: Pick<OwnName, 'id'>): string {
  return `${linkId}.${id}`;
}

/** A text of a pattern with a name in its place. */
export function withName(text: string, name: Pick<OwnName, 'text'> | undefined): string {
  // a function, because a name may hold what `replace` reads as a sign of its own
  return name === undefined ? text : text.replaceAll('{name}', () => name.text);
}

/** What becomes of the linkIds of a version by what a plan has chosen. */
export function followLinks(version: KindVersion, choice: FormChoice): Links {
  const { questionnaire, ownParts = [], settings = [] } = version;
  const unasked = settings.flatMap((setting) => {
    if (!('options' in setting)) return [];
    return setting.options.find(({ code }) => code === choice.settings[setting.name])?.without ?? [];
  });
  const names = new Map(ownParts.map(({ name, pattern }) => [pattern, choice.own[name] ?? []]));
  const nameless = [...names].flatMap(([pattern, list]) => (list.length === 0 ? [pattern] : []));
  const items = questionnaire.item ?? [];
  const gone = withoutUnasked(items, new Set([...unasked, ...nameless]));
  const named = new Map(
    [...names].flatMap(([pattern, list]) =>
      linkIdsUnder(items, pattern).map((linkId) => [linkId, { type: 'named', pattern, names: list } as const]),
    ),
  );
  const of = (linkId: string): Followed => {
    if (gone.has(linkId)) return { type: 'gone' };
    return named.get(linkId) ?? { type: 'same' };
  };
  return linksBy(of);
}

/** What has become of each linkId, and so which stand in its place. */
export function linksBy(of: Links['of']): Links {
  return {
    of,
    all(linkId) {
      const followed = of(linkId);
      if (followed.type === 'gone') return [];
      return followed.type === 'same' ? [linkId] : followed.names.map((name) => ownLinkId(linkId, name));
    },
  };
}

/** The linkIds of an item and of all below it; empty when there is no such item. */
export function linkIdsUnder(items: readonly QuestionnaireItem[], linkId: string): readonly string[] {
  for (const item of items) {
    if (item.linkId === linkId) return linkIdsIn([item]);
    const below = linkIdsUnder(item.item ?? [], linkId);
    if (below.length > 0) return below;
  }
  return [];
}

/** Every linkId, in the order in which they stand. */
export function linkIdsIn(items: readonly QuestionnaireItem[]): readonly string[] {
  return items.flatMap((item) => [item.linkId, ...linkIdsIn(item.item ?? [])]);
}

/** The items of a form of a plan's own. */
export function ownItems(items: readonly QuestionnaireItem[], links: Links, copy?: Copy): readonly QuestionnaireItem[] {
  return items.flatMap((item) => {
    const followed = links.of(item.linkId);
    if (followed.type === 'gone') return [];
    if (followed.type === 'same' || copy !== undefined) return [ownItem(item, links, copy)];
    const { pattern, names } = followed;
    return names.map((name) => ownItem(item, links, { pattern, name }));
  });
}

function ownItem(item: QuestionnaireItem, links: Links, copy: Copy | undefined): QuestionnaireItem {
  const { item: below, enableWhen, enableBehavior, text, extension = [], ...rest } = item;
  const name = copy?.name;
  // one code is measured for several names
  const named =
    name === undefined || item.code === undefined ? [] : [{ url: ownNameExtension, valueString: name.text }];
  return {
    ...rest,
    linkId: name === undefined ? item.linkId : ownLinkId(item.linkId, name),
    ...(extension.length + named.length === 0 ? {} : { extension: [...extension, ...named] }),
    ...defined({ text: text === undefined ? undefined : withName(text, name) }),
    ...ownConditions(defined({ enableWhen, enableBehavior }), links, copy),
    ...(below === undefined ? {} : { item: [...ownItems(below, links, copy)] }),
  };
}

/**
 * The conditions of an item: of the pattern's own items, those of the same name; of another pattern's, any of them. What turns on an
 * item that nobody is asked for holds only where it asks for that.
 */
function ownConditions(
  { enableWhen = [], enableBehavior }: Pick<QuestionnaireItem, 'enableWhen' | 'enableBehavior'>,
  links: Links,
  copy: Copy | undefined,
): Pick<QuestionnaireItem, 'enableWhen' | 'enableBehavior'> {
  const any = enableBehavior === 'any';
  const kept = enableWhen.filter(({ question }) => links.of(question).type !== 'gone');
  // of a condition that always holds, one is enough for `any`, and it changes nothing for `all`
  if (kept.length === 0 || (any && kept.length < enableWhen.length && enableWhen.some(holdsWithout(links)))) return {};
  const told = kept.flatMap((condition) => {
    const { question: asked } = condition;
    const followed = links.of(asked);
    const beside = copy !== undefined && followed.type === 'named' && followed.pattern === copy.pattern;
    const questions = beside ? [ownLinkId(asked, copy.name)] : links.all(asked);
    return questions.map((question) => ({ ...condition, question }));
  });
  const widened = told.length > kept.length;
  if (widened && !any && kept.length > 1)
    throw new TypeError('an item that turns on a pattern beside it may turn on nothing else');
  if (told.length === 1) return { enableWhen: told };
  return { enableWhen: told, enableBehavior: any || widened ? 'any' : 'all' };
}

const holdsWithout =
  (links: Links) =>
  ({ question, operator, answerBoolean }: NonNullable<QuestionnaireItem['enableWhen']>[number]) =>
    links.of(question).type === 'gone' && operator === 'exists' && answerBoolean === false;
