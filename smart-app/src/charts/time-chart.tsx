import { useId } from 'react';
import { type Measure, type MeasureReading, spanOf } from '../../../src/homework/log/measures-of.ts';
import type { Goal } from '../../../src/homework/model.ts';
import { FromTo } from '../parts/icon.tsx';
import { type Place, writeDay, writeTime } from '../words/dates.ts';

interface TimeChartProps {
  readonly measure: Measure;
  readonly place: Place;
  /** Of the plan; one that names this measure is drawn. */
  readonly goals: readonly Goal[];
}

const width = 320;
const height = 120;
const left = 30;
const right = 12;
const top = 12;
const bottom = 22;

/** Each log's last reading, and the first of all, so that the line begins and ends with the values that are told. */
function drawnOf({ readings }: Measure): readonly MeasureReading[] {
  return readings.filter(({ logId }, index) => index === 0 || logId !== readings[index + 1]?.logId);
}

/** Highest value of its scale, or more where a rating is above it. */
function scaleOf({ unit, readings }: Measure): number {
  return Math.max(unit === 'of 10' ? 10 : 100, ...readings.map(({ value }) => value));
}

/** A measure over time as a line with its first and last value in words, and all values in a table for who wants them. */
export function TimeChart({ measure, place, goals }: TimeChartProps) {
  const name = useId();
  const { first: firstValue, last: lastValue, count } = spanOf(measure);
  const target = goals.find((goal) => goal.measure?.code === measure.linkId)?.target;
  const [first, last] = [measure.readings[0], measure.readings.at(-1) ?? measure.readings[0]];
  const max = scaleOf(measure);
  const [from, to] = [Date.parse(first.at), Date.parse(last.at)];
  const x = (at: string): number =>
    to === from
      ? left + (width - left - right) / 2
      : left + ((Date.parse(at) - from) / (to - from)) * (width - left - right);
  const y = (value: number): number => height - bottom - (value / max) * (height - top - bottom);
  const points = drawnOf(measure).map(({ logId, moment, at, value }) => ({
    key: `${logId} ${moment}`,
    x: x(at),
    y: y(value),
  }));
  const written = (value: number): string => `${value}${measure.unit === '' ? '' : ` ${measure.unit}`}`;
  const words =
    count === 1
      ? `${written(firstValue)} on ${writeDay(first.at, place)}`
      : `from ${written(firstValue)} on ${writeDay(first.at, place)} to ${written(lastValue)} on ${writeDay(last.at, place)}, ${count} readings`;
  return (
    <figure className="time-chart">
      <figcaption id={name}>
        <span className="chart-name">{measure.label}</span>{' '}
        <span className="chart-values">
          {count === 1 ? written(firstValue) : <FromTo from={firstValue} to={lastValue} unit={measure.unit} />}
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${measure.label}: ${words}`}>
        {[0, max / 2, max].map((value) => (
          <g key={value}>
            <line className="chart-grid" x1={left} x2={width - right} y1={y(value)} y2={y(value)} />
            <text className="chart-tick" x={left - 6} y={y(value) + 4} textAnchor="end">
              {value}
            </text>
          </g>
        ))}
        {target === undefined ? null : (
          <line className="chart-target" x1={left} x2={width - right} y1={y(target.value)} y2={y(target.value)} />
        )}
        <polyline className="chart-line" points={points.map((point) => `${point.x},${point.y}`).join(' ')} />
        {points.map((point, index) => (
          <circle
            key={point.key}
            className={index === points.length - 1 ? 'chart-point last' : 'chart-point'}
            cx={point.x}
            cy={point.y}
            r={index === points.length - 1 ? 5 : 3.5}
          />
        ))}
        <text className="chart-tick" x={left} y={height - 4} textAnchor="start">
          {writeDay(first.at, place)}
        </text>
        {to === from ? null : (
          <text className="chart-tick" x={width - right} y={height - 4} textAnchor="end">
            {writeDay(last.at, place)}
          </text>
        )}
      </svg>
      {target === undefined ? null : (
        <p className="chart-note quiet">
          Dashed: the goal, {written(target.value)} or {target.comparator === '<=' ? 'less' : 'more'}
        </p>
      )}
      <details>
        <summary>
          All values<span className="hidden-words"> of {measure.label}</span>
        </summary>
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">{measure.label}</th>
            </tr>
          </thead>
          <tbody>
            {measure.readings.map(({ logId, at, moment, value }) => (
              <tr key={`${logId} ${moment}`}>
                <td>
                  {writeTime(at, place)}
                  {moment === 'before' ? ', before' : ''}
                </td>
                <td>{written(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
