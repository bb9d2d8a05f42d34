import type { ScoreDeclaration } from './score.ts';
import { writeNumber } from './write-number.ts';

/** What became of a score from one reading to a later one. */
export interface ScoreChange {
  /** Last less first. */
  readonly by: number;
  /** `neither`: it did not move, or the score is neither good nor bad. */
  readonly direction: 'better' | 'worse' | 'neither';
  /** Against what the literature says is error; undefined: it gives no figure. */
  readonly size?: 'within-error' | 'reliable' | 'certain';
  /** It was on the side of the cutoff that speaks for the problem, and is not any more. */
  readonly crossedCutoff: boolean;
  /** What was there at first is at least halved, and the change is not within error. */
  readonly response: boolean;
}

type Scored = Pick<ScoreDeclaration, 'cutoff' | 'reliableChange' | 'certainChange' | 'higherIs'>;

/** The change of a score from its first to its last value, by docs/engines/scores.md. */
export function changeOf(score: Scored, first: number, last: number): ScoreChange {
  const by = Math.round((last - first) * 1e6) / 1e6;
  const size = sizeOf(score, Math.abs(by));
  const direction = directionOf(score, by);
  const response =
    score.higherIs === 'worse' && first > 0 && last <= first / 2 && size !== 'within-error' && direction === 'better';
  return {
    by,
    direction,
    ...(size !== undefined && { size }),
    crossedCutoff: isCase(score, first) && !isCase(score, last),
    response,
  };
}

/** Whether a value lies on the side of the cutoff that speaks for the problem; false for a score without one. */
export function isCase({ cutoff, higherIs }: Scored, value: number): boolean {
  if (cutoff === undefined || higherIs === 'neither') return false;
  return higherIs === 'worse' ? value >= cutoff : value < cutoff;
}

/**
 * A change in words: `fell by 7: more than error; now below the cutoff of 10; at least halved`.
 * @param reader who reads it. That it became worse is a signal for a clinician: a patient is told a change for the better, else nothing
 */
export function changeWords(
  score: Scored,
  { first, last }: { readonly first: number; readonly last: number },
  { language, reader }: { readonly language: string; readonly reader: 'clinician' | 'patient' },
): string | undefined {
  const change = changeOf(score, first, last);
  if (reader === 'patient' && (change.direction !== 'better' || change.size === 'within-error')) return undefined;
  const moved =
    change.by === 0
      ? 'the same as at first'
      : `${change.by < 0 ? 'fell' : 'rose'} by ${writeNumber(Math.abs(change.by), language)}`;
  if (reader === 'patient') return moved;
  const worse = change.direction === 'worse' && change.size !== 'within-error' ? ', for the worse' : '';
  const size = change.by === 0 || change.size === undefined ? '' : `: ${sizeWords[change.size]}${worse}`;
  const side = score.higherIs === 'worse' ? 'below' : 'at or above';
  return [
    `${moved}${size}`,
    ...(change.crossedCutoff ? [`now ${side} the cutoff of ${writeNumber(score.cutoff ?? 0, language)}`] : []),
    ...(change.response ? ['at least halved'] : []),
  ].join('; ');
}

const sizeWords = {
  'within-error': 'within error',
  reliable: 'more than error',
  certain: 'certainly more than error',
} as const;

function sizeOf({ reliableChange, certainChange }: Scored, by: number): ScoreChange['size'] {
  if (certainChange !== undefined && by >= certainChange) return 'certain';
  if (reliableChange === undefined) return undefined;
  return by >= reliableChange ? 'reliable' : 'within-error';
}

function directionOf({ higherIs }: Scored, by: number): ScoreChange['direction'] {
  if (by === 0 || higherIs === 'neither') return 'neither';
  return by > 0 === (higherIs === 'better') ? 'better' : 'worse';
}
