import type { Situation } from './fake-service.ts';

/** Words of a person who writes from right to left, with a number and a bracket that would wander otherwise. */
export const rightToLeftWords = 'פגישת צוות (3) בבוקר';

/** Under which names a person's own words stand in what a situation is made of. */
const written = new Set([
  ...['title', 'description', 'instructions', 'rationale', 'text', 'event', 'reason', 'note', 'name', 'planTitle'],
  ...['clinician', 'label'],
]);
const own = /^[a-z]+(-[a-z]+)*$/;

/** The situation with every word that a person wrote written from right to left; what the program says stays. */
export const inRightToLeft = (situation: Situation): Situation => inWords(situation, rightToLeftWords);

/** The situation with other words in place of every one that a person wrote. */
export function inWords(situation: Situation, words: string): Situation {
  const { plans, roster, patients = [{ id: 'sarah', name: 'Sarah' }], safety, ...rest } = situation;
  const turn = <T>(value: T): T => rewrite(value, words) as T;
  return {
    ...rest,
    patients: turn(patients),
    ...(plans === undefined ? {} : { plans: turn(plans) }),
    ...(roster === undefined ? {} : { roster: turn(roster) }),
    ...(safety === undefined ? {} : { safety: turn(safety) }),
  };
}

function rewrite(value: unknown, words: string, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, words, name));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    const answers = 'type' in value && (value.type === 'text' || value.type === 'string') && 'value' in value;
    return Object.fromEntries(
      entries.map(([key, inner]) => [
        key,
        // a schedule has fewer words
        answers && key === 'value' ? words : rewrite(inner, key === 'schedule' ? words.slice(0, 200) : words, key),
      ]),
    );
  }
  return typeof value === 'string' && written.has(name) && !own.test(value) ? words : value;
}

const strong = /[\p{L}]/u;
/** Set apart by characters, as words within a sentence are that is put together elsewhere. */
const isolated = /\u2068[^\u2069]*\u2069/g;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * The texts below that are written from right to left and would not be set so: the nearest element that sets a direction of
 * its own (`dir="auto"`, `<bdi>`) takes it from its first letter, and that must be theirs. Fields count by what they hold.
 */
export function strayTexts(root: Element): string[] {
  const stray: string[] = [];
  const walker = root.ownerDocument.createTreeWalker(root, 4 /* NodeFilter.SHOW_TEXT */);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent ?? '';
    if (!rightToLeft.test(text.replace(isolated, '')) || node.parentElement?.closest('script, style, textarea') != null)
      continue;
    const setting = node.parentElement?.closest('[dir], bdi');
    const first = strong.exec(setting?.textContent ?? '')?.[0] ?? '';
    const auto = setting?.tagName === 'BDI' || setting?.getAttribute('dir') === 'auto';
    if (!auto || !rightToLeft.test(first)) stray.push(`${pathOf(node.parentElement)}: ${text.trim().slice(0, 60)}`);
  }
  for (const field of root.querySelectorAll<HTMLElement>(
    'input[type=text], input[type=search], input:not([type]), textarea',
  ))
    if (field.getAttribute('dir') !== 'auto') stray.push(`${pathOf(field)}: what is written here`);
  return [...new Set(stray)];
}

function pathOf(element: Element | null): string {
  const names: string[] = [];
  for (let at = element; at !== null && at.tagName !== 'BODY' && names.length < 4; at = at.parentElement)
    names.unshift(at.className === '' ? at.tagName.toLowerCase() : `${at.tagName.toLowerCase()}.${at.className}`);
  return names.join(' > ');
}
