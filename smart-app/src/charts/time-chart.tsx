import { useId } from 'react';
import { FromTo } from '../parts/icon.tsx';
import type { Reading, Series } from '../plan/summary.ts';
import { type Place, writeDay, writeTime } from '../words/dates.ts';

interface TimeChartProps {
  readonly series: Series;
  readonly readings: readonly Reading[];
  readonly place: Place;
  readonly target?: number | undefined;
}

const width = 320;
const height = 120;
const left = 30;
const right = 12;
const top = 12;
const bottom = 22;

/** A measure over time as a line with its first and last value in words, and all values in a table for who wants them. */
export function TimeChart({ series, readings, place, target }: TimeChartProps) {
  const name = useId();
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined) return null;
  const [from, to] = [Date.parse(first.at), Date.parse(last.at)];
  const x = (at: string): number =>
    to === from
      ? left + (width - left - right) / 2
      : left + ((Date.parse(at) - from) / (to - from)) * (width - left - right);
  const y = (value: number): number => height - bottom - (value / series.max) * (height - top - bottom);
  const points = readings.map(({ at, value }) => ({ at, value, x: x(at), y: y(value) }));
  const written = (value: number): string => `${value}${series.unit === '' ? '' : ` ${series.unit}`}`;
  const words =
    readings.length === 1
      ? `${written(first.value)} on ${writeDay(first.at, place)}`
      : `from ${written(first.value)} on ${writeDay(first.at, place)} to ${written(last.value)} on ${writeDay(last.at, place)}, ${readings.length} readings`;
  return (
    <figure className="time-chart">
      <figcaption id={name}>
        <span className="chart-name">{series.label}</span>{' '}
        <span className="chart-values">
          {readings.length === 1 ? (
            written(first.value)
          ) : (
            <FromTo from={first.value} to={last.value} unit={series.unit} />
          )}
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${series.label}: ${words}`}>
        {[0, series.max / 2, series.max].map((value) => (
          <g key={value}>
            <line className="chart-grid" x1={left} x2={width - right} y1={y(value)} y2={y(value)} />
            <text className="chart-tick" x={left - 6} y={y(value) + 4} textAnchor="end">
              {value}
            </text>
          </g>
        ))}
        {target === undefined ? null : (
          <line className="chart-target" x1={left} x2={width - right} y1={y(target)} y2={y(target)} />
        )}
        <polyline className="chart-line" points={points.map((point) => `${point.x},${point.y}`).join(' ')} />
        {points.map((point, index) => (
          <circle
            key={`${point.at} ${point.value}`}
            className={index === points.length - 1 ? 'chart-point last' : 'chart-point'}
            cx={point.x}
            cy={point.y}
            r={index === points.length - 1 ? 5 : 3.5}
          />
        ))}
        <text className="chart-tick" x={left} y={height - 4} textAnchor={to === from ? 'start' : 'start'}>
          {writeDay(first.at, place)}
        </text>
        {to === from ? null : (
          <text className="chart-tick" x={width - right} y={height - 4} textAnchor="end">
            {writeDay(last.at, place)}
          </text>
        )}
      </svg>
      {target === undefined ? null : <p className="chart-note quiet">Dashed: the goal, {written(target)} or less</p>}
      <details>
        <summary>
          All values<span className="hidden-words"> of {series.label}</span>
        </summary>
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">{series.label}</th>
            </tr>
          </thead>
          <tbody>
            {readings.map(({ at, value }) => (
              <tr key={`${at} ${value}`}>
                <td>{writeTime(at, place)}</td>
                <td>{written(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
