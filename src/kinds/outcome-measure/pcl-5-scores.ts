import type { ScoreDeclaration } from '../../homework/log/score.ts';
import { measureCode } from '../measure-code.ts';

const items = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `pcl-${from + index}`);

const clusters = [
  { key: 'b', name: 'intrusion', from: 1, to: 5 },
  { key: 'c', name: 'avoidance', from: 6, to: 7 },
  { key: 'd', name: 'thoughts and mood', from: 8, to: 14 },
  { key: 'e', name: 'arousal', from: 15, to: 20 },
] as const;

/** What looks back on a week and what looks back on a month are two measures, each with linkIds and codes of its own. */
const periods = {
  'past week': { codes: 'pcl-5-week', recallDays: 7 },
  'past month': { codes: 'pcl-5', recallDays: 30 },
} as const;

/**
 * The scores of the PCL-5: the total, and for each cluster of DSM-5 its sum. Three figures of change are in use; ours are 10 ("changed")
 * and 15 ("certainly"). Bands have no official source and are not shown, only the cutoff of 31 to 33, of which we take the lower.
 * @see https://www.ptsd.va.gov/professional/assessment/adult-sr/ptsd-checklist.asp
 */
export function pcl5Scores(
  period: keyof typeof periods,
  total: ScoreDeclaration['code'],
): readonly [ScoreDeclaration, ...ScoreDeclaration[]] {
  const { codes, recallDays } = periods[period];
  return [
    {
      linkId: `${codes}-total`,
      label: `PCL-5, ${period}`,
      code: total,
      calculation: { type: 'sum', linkIds: items(1, 20) },
      range: { least: 0, most: 80 },
      cutoff: 31,
      reliableChange: 10,
      certainChange: 15,
      higherIs: 'worse',
      recallDays,
    },
    ...clusters.map(
      ({ key, name, from, to }): ScoreDeclaration => ({
        linkId: `${codes}-${key}`,
        label: `PCL-5 ${key.toUpperCase()}, ${name}, ${period}`,
        code: measureCode(`${codes}-${key}`, `PCL-5 cluster ${key.toUpperCase()}, ${period}`),
        calculation: { type: 'sum', linkIds: items(from, to) },
        range: { least: 0, most: (to - from + 1) * 4 },
        higherIs: 'worse',
        recallDays,
      }),
    ),
  ];
}
