import type { ScoreDeclaration } from './score.ts';

/** The words for a value of a score: the last band whose `from` is reached. Undefined below the first band, and for a score without bands. */
export function bandOf({ bands = [] }: Pick<ScoreDeclaration, 'bands'>, value: number): string | undefined {
  let reached: { readonly from: number; readonly label: string } | undefined;
  for (const band of bands) {
    if (value >= band.from && (reached === undefined || band.from >= reached.from)) reached = band;
  }
  return reached?.label;
}
