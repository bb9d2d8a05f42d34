import { useId } from 'react';
import { type Measure, spanOf } from '../../../src/homework/log/measures-of.ts';
import type { Goal, Instant } from '../../../src/homework/model.ts';
import { FromTo } from '../parts/icon.tsx';
import { type Place, writeDay } from '../words/dates.ts';
import { momentWords } from '../words/moment-words.ts';
import { writeMeasured, writeNumber } from '../words/numbers.ts';
import { ChartPlot } from './chart-plot.tsx';
import { drawMeasure, type LoggedStep, shadeBegin } from './drawn-measure.ts';
import { PlannedMarks } from './planned-marks.tsx';
import { type PlannedValues, plannedWords } from './planned-values.ts';
import { ScoreBands } from './score-bands.tsx';
import { scoreWords } from './score-words.ts';
import { TimesStrip } from './times-strip.tsx';
import { type ToldTime, timesWords } from './told-times.ts';
import { ValueTable } from './value-table.tsx';
import '../styles/charts.css';

interface TimeChartProps {
  readonly measure: Measure;
  readonly place: Place;
  /** Of the plan; one that names this measure is drawn. */
  readonly goals: readonly Goal[];
  /** The first and the last time on the axis; absent: those of the measure. */
  readonly span?: readonly [Instant, Instant];
  /** Of which step each log is, in the order in which it happened. */
  readonly steps: readonly LoggedStep[];
  /** Beside other plans: the title of the one it is of. */
  readonly planTitle?: string;
  /** What is new since then is marked. */
  readonly since?: Instant;
  /** Where the scale of its question ends, of which its unit says nothing. */
  readonly top?: number | undefined;
  /** What was meant of what came. */
  readonly planned?: PlannedValues | undefined;
  /** Each time that it was to be done, until now. */
  readonly times?: readonly ToldTime[] | undefined;
}

/**
 * A measure over time: its first and last value in words; its points with the steps they are of, the goal and both axes; each
 * value by pointer, finger or arrow keys, and all of them in a table for who wants them.
 */
export function TimeChart({ measure, place, goals, steps, planTitle, since, span, ...more }: TimeChartProps) {
  const { planned, times = [] } = more;
  const name = useId();
  const { first: firstValue, last: lastValue, count } = spanOf(measure);
  const [first, last] = [measure.readings[0], measure.readings.at(-1) ?? measure.readings[0]];
  const written = (value: number): string => writeMeasured(value, measure.unit, place);
  const { score } = measure;
  const drawn = drawMeasure(measure, {
    ...{ steps, goals, span, also: [...(planned?.values.values() ?? [])] },
    top: score !== undefined && measure.unit === '' ? score.range.most : more.top,
    goalWords: ({ value, comparator }) => `${written(value)} or ${comparator === '<=' ? 'less' : 'more'}`,
  });
  const words =
    count === 1
      ? `${written(firstValue)} on ${writeDay(first.at, place)}`
      : `from ${written(firstValue)} on ${writeDay(first.at, place)} to ${written(lastValue)} on ${writeDay(last.at, place)}, ${count} readings`;
  const shaded = shadeBegin(measure, since);
  const moments = momentWords(measure);
  const notes = [
    ...scoreWords(measure, place),
    ...(planned === undefined ? [] : [plannedWords(measure, planned, place)]),
    ...(times.length === 0 ? [] : [timesWords(times)]),
  ];
  const goalWords = drawn.goals.map(({ words }) => words).join('; ');
  return (
    <figure className="time-chart" aria-labelledby={name}>
      <figcaption id={name}>
        <span className="chart-name">
          {measure.label}
          {planTitle === undefined ? null : (
            <span className="quiet">
              {' '}
              · <bdi>{planTitle}</bdi>
            </span>
          )}
        </span>{' '}
        <span className="chart-values">
          {count === 1 ? (
            written(firstValue)
          ) : (
            <FromTo from={writeNumber(firstValue, place)} to={writeNumber(lastValue, place)} unit={measure.unit} />
          )}
        </span>
        {count === 1 || moments.first === '' ? null : (
          <span className="chart-moments quiet">
            {moments.first}, {moments.last}
          </span>
        )}
      </figcaption>
      <ChartPlot
        drawn={drawn}
        label={measure.label}
        unit={measure.unit}
        words={`${measure.label}: ${words}${goalWords === '' ? '' : `; the goal is ${goalWords}`}${notes.map((note) => `; ${note}`).join('')}`}
        place={place}
        span={span ?? [first.at, last.at]}
        {...(shaded === undefined ? {} : { since: shaded })}
        below={times.length === 0 ? null : <TimesStrip times={times} xOf={drawn.xOf} />}
      >
        {score === undefined ? null : <ScoreBands {...{ score, place, drawn }} />}
        {planned === undefined ? null : <PlannedMarks {...{ planned, drawn }} />}
      </ChartPlot>
      {notes.length === 0 ? null : <p className="chart-note quiet">{notes.map(sentence).join(' ')}</p>}
      {goalWords === '' ? null : <p className="chart-note quiet">Dashed: the goal, {goalWords}</p>}
      <ValueTable {...{ measure, place, steps, planned, times }} />
    </figure>
  );
}

const sentence = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
