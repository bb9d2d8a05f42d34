import { isEnabled } from '../../../smart-app/src/forms/is-enabled.ts';
import { type Field, questionsOf, readQuestionnaire } from '../../../smart-app/src/forms/read-questionnaire.ts';
import type { RegisteredVersion } from '../../../src/kinds/kind-register.ts';

/** One log of several: its place among them, from 0, and how many there are. */
export interface Place {
  readonly at: number;
  readonly of: number;
}
type Given = Readonly<Record<string, unknown>>;

const rungs = ['Say hello to a neighbour', 'Ask a stranger the time', 'Return a purchase without a receipt'] as const;
const clock = (minutes: number): string => {
  const [hour, minute] = [Math.floor(minutes / 60) % 24, Math.round(minutes) % 60];
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`;
};

/** From 0 to 1, the same at every run, and like chance: what people write goes up and down. */
function wave(name: string, at: number): number {
  let hash = 2166136261 ^ at;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

/** What a course of its kind looks like, where chance would look like none: nights, minutes by the clock, rungs. */
const courses: Readonly<Record<string, (place: Place) => Given>> = {
  'sleep-diary': ({ at, of }) => {
    const better = at / Math.max(1, of - 1);
    const into = 22 * 60 + 20 + Math.round(wave('into', at) * 8) * 5;
    const woke = 5 * 60 + 45 + Math.round(wave('woke', at) * 9) * 5;
    return {
      ...{ 'into-bed': clock(into), 'tried-to-sleep': clock(into + 25), 'final-waking': clock(woke) },
      ...{
        'out-of-bed': clock(woke + 35 - Math.round(better * 4) * 5),
        wakings: Math.round(1 + wave('wakings', at) * 3),
      },
      'minutes-to-sleep': Math.round(75 - better * 45 + wave('to-sleep', at) * 20),
      'minutes-awake': Math.round(70 - better * 40 + wave('awake', at) * 25),
    };
  },
  'activity-pacing': ({ at }) => ({
    'planned-minutes': 15 + 5 * Math.floor(at / 7),
    'actual-minutes': 15 + 5 * Math.floor(at / 7) + ([0, 0, 12, -5, 0, 18, 0, -8][at % 8] ?? 0),
  }),
  'graded-exposure': ({ at, of }) => ({
    'step-text': rungs[Math.min(rungs.length - 1, Math.floor((at / of) * rungs.length))],
    'suds-before': 55 - 4 * at + (at % 2) * 10,
    'suds-peak': 80 - 5 * at + (at % 3 === 0 ? 8 : 0),
    'suds-after': 45 - 5 * at,
  }),
};

const sentences = [
  'Team meeting on Monday, eight people, and I was asked for my view',
  'I stayed until it was over',
  'They will think that I am stupid',
  'Nobody laughed, and one of them asked me to say more about it',
];

/** Answers to a form that somebody may have given: hard at first, easier later, and never quite even. */
export function answersOf(
  version: Pick<RegisteredVersion, 'questionnaire' | 'behaviourLinkId' | 'kind'>,
  place: Place,
): Given {
  const questions = questionsOf(readQuestionnaire(version.questionnaire));
  const course = courses[version.kind.slug]?.(place) ?? {};
  const answers: Record<string, unknown> = {};
  for (const question of questions) {
    if (!isEnabled(question, answers)) continue;
    const given = course[question.linkId] ?? answerTo(question, place, version.behaviourLinkId);
    if (given !== undefined) answers[question.linkId] = given;
  }
  return answers;
}

function answerTo(field: Field, { at, of }: Place, behaviour: string | undefined): unknown {
  const { linkId, type, min = 0, max, options, repeats } = field;
  const level = Math.min(1, Math.max(0, 0.72 - (0.5 * at) / Math.max(1, of - 1) + (wave(linkId, at) - 0.5) * 0.5));
  if (type === 'boolean') return linkId === behaviour || wave(linkId, at) > 0.93;
  if (type === 'decimal') return Math.round(2 * (4 + level * 4)) / 2;
  if (type === 'integer') return Math.round(min + ((max ?? min + 10) - min) * level);
  if (type === 'quantity') return { value: Math.round(6 + level * 3), unit: field.unit ?? field.units[0] };
  if (type === 'time') return '22:30:00';
  if (type === 'date') return '2026-03-02';
  if (options.length > 0) {
    const { value } = options[Math.round(level * (options.length - 1))] ?? {};
    const answer = type === 'choice' || type === 'open-choice' ? { code: value } : value;
    return repeats ? [answer] : answer;
  }
  return sentences[Math.floor(wave(linkId, at) * sentences.length)]?.slice(0, field.maxLength ?? 200);
}
