/** What became of one mutant, with the code that it replaced. */
export interface Outcome {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly mutator: string;
  readonly was: string;
  readonly becomes: string;
  readonly status: string;
}

/**
 * A mutant that may live, with the reason. It is found again by its code and not by its line, so that it stays when lines
 * move, and is gone when the code changes.
 */
export interface Accepted {
  readonly file: string;
  readonly mutator: string;
  readonly was: string;
  readonly becomes: string;
  readonly reason: string;
}

export interface Figure {
  readonly killed: number;
  /** Killed and not killed, without those that may live. */
  readonly counted: number;
  readonly accepted: number;
  readonly survivors: readonly Outcome[];
}

const killedBy = ['Killed', 'Timeout', 'RuntimeError'];
const livedBy = ['Survived', 'NoCoverage'];

/** Counts the mutants that were run, and tells which lived that should not. */
export function judge(outcomes: readonly Outcome[], accepted: readonly Accepted[]): Figure {
  const killed = outcomes.filter(({ status }) => killedBy.includes(status));
  const lived = outcomes.filter(({ status }) => livedBy.includes(status));
  const survivors = lived.filter((outcome) => !accepted.some((entry) => isSame(entry, outcome)));
  return {
    killed: killed.length,
    counted: killed.length + survivors.length,
    accepted: lived.length - survivors.length,
    survivors,
  };
}

/** In percent, to one decimal; 100 where nothing was counted. */
export const percent = ({ killed, counted }: Pick<Figure, 'killed' | 'counted'>): number =>
  counted === 0 ? 100 : Math.round((1000 * killed) / counted) / 10;

function isSame(entry: Accepted, outcome: Outcome): boolean {
  const { file, mutator, was, becomes } = outcome;
  return entry.file === file && entry.mutator === mutator && entry.was === was && entry.becomes === becomes;
}
