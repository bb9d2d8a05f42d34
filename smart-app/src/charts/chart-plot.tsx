import { type CSSProperties, Fragment, type MouseEvent, type ReactNode, useEffect, useState } from 'react';
import type { Instant } from '../../../src/homework/model.ts';
import { dayOf } from '../../../src/homework/schedule/day-end.ts';
import { type Place, writeAxisDay, writeTime, writeTimeOfDay } from '../words/dates.ts';
import { writeMeasured, writeNumber } from '../words/numbers.ts';
import type { DrawnMeasure, DrawnPoint } from './drawn-measure.ts';
import { share } from './share.ts';
import { type Room, stepLabels } from './step-labels.ts';

interface ChartPlotProps {
  readonly drawn: DrawnMeasure;
  readonly label: string;
  readonly unit: string;
  /** The whole of it in words, for who does not see it. */
  readonly words: string;
  readonly place: Place;
  readonly span: readonly [first: Instant, last: Instant];
  /** What is new since then is shaded: a time within the span. */
  readonly since?: Instant;
  /** More in the box of the points, behind them. */
  readonly children?: ReactNode;
  /** More on the same axis of time, below its days. */
  readonly below?: ReactNode;
}

const atX = (x: number): CSSProperties => ({ left: share(x) });
const atY = (y: number): CSSProperties => ({ bottom: share(y) });

/**
 * Axes, points and marks, in a box that keeps the size of its letters however wide it is drawn. One value at a time is told
 * beside it: the one under the pointer or the finger, or the one that the arrow keys have come to.
 */
export function ChartPlot({ drawn, label, unit, words, place, span, since, children, below }: ChartPlotProps) {
  const { points, lines, marks, goals, scale, xOf, yOf } = drawn;
  const [pointed, setPointed] = useState<number>();
  const [looked, setLooked] = useState(points.length - 1);
  const [looking, setLooking] = useState(false);
  useEffect(() => {
    if (pointed === undefined) return;
    const dismiss = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') setPointed(undefined);
    };
    document.addEventListener('keydown', dismiss);
    return () => document.removeEventListener('keydown', dismiss);
  }, [pointed]);
  const told = points[pointed ?? (looking ? looked : -1)];
  const nearest = ({ clientX, clientY, currentTarget }: MouseEvent<HTMLElement>): number => {
    const { left, width, bottom, height } = currentTarget.getBoundingClientRect();
    const away = ({ x, y }: DrawnPoint): number =>
      Math.hypot(left + x * width - clientX, (bottom - y * height - clientY) / 4);
    return points.reduce((best, point, index) => (away(point) < away(points[best] ?? point) ? index : best), 0);
  };
  const last = points.length - 1;
  return (
    <div className="chart-box" dir="ltr">
      <p className="chart-unit" aria-hidden="true">
        {unit === '' ? `of ${scale.to}` : unit}
      </p>
      <div className="chart-axis chart-y" aria-hidden="true">
        {scale.ticks.map((value) => (
          <span key={value} style={atY(yOf(value))}>
            {writeNumber(value, place)}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what the pointer does here, the slider in it does by keys */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same */}
      <div
        className="chart-plot"
        onPointerMove={(event) => setPointed(nearest(event))}
        onPointerLeave={() => setPointed(undefined)}
        onClick={(event) => {
          event.currentTarget.querySelector('input')?.focus({ preventScroll: true });
          setLooked(nearest(event));
          setLooking(true);
        }}
      >
        {since === undefined ? null : <span className="chart-since" style={atX(xOf(since))} />}
        {children}
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={words}>
          {scale.ticks.map((value) => (
            <line key={value} className="chart-grid" x1="0" x2="100" {...level(yOf(value))} />
          ))}
          {marks.map(({ stepKey, x }) => (
            <line key={stepKey} className="chart-mark" x1={x * 100} x2={x * 100} y1="0" y2="100" />
          ))}
          {goals.map(({ id, y }) => (
            <line key={id} className="chart-target" x1="0" x2="100" {...level(y)} />
          ))}
          <polyline className="chart-trail" points={points.map(inSvg).join(' ')} />
          {points.map(({ key, x, y, before }) =>
            before === undefined ? null : (
              <line
                key={key}
                className="chart-rated"
                x1={x * 100}
                x2={x * 100}
                y1={100 - yOf(before) * 100}
                y2={100 - y * 100}
              />
            ),
          )}
          {lines.map((line) => (
            <polyline key={line[0]?.key} className="chart-line" points={line.map(inSvg).join(' ')} />
          ))}
        </svg>
        {points.map(({ key, x, before }) =>
          before === undefined ? null : (
            <span key={key} className="chart-before" style={{ ...atX(x), ...atY(yOf(before)) }} />
          ),
        )}
        {points.map((point, index) => (
          <span
            key={point.key}
            className={`chart-dot${index === last ? ' last' : ''}${point === told ? ' told' : ''}`}
            style={{ ...atX(point.x), ...atY(point.y) }}
          />
        ))}
        {points.length < 2 ? null : (
          <input
            type="range"
            className="chart-look"
            aria-label={`${label}, value by value`}
            aria-valuetext={tellPoint(points[looked], unit, place)}
            min={0}
            max={last}
            value={looked}
            onChange={(event) => {
              setLooked(event.currentTarget.valueAsNumber);
              setLooking(true);
            }}
            onFocus={() => setLooking(true)}
            onBlur={() => setLooking(false)}
            onKeyDown={({ key }) => {
              if (key === 'Escape') setLooking(false);
            }}
          />
        )}
        {/* in the box of the points themselves: what is placed in another one of another width stands beside what it names */}
        {stepLabels(marks).map(({ words, from, to, rooms }) => (
          <Fragment key={`${words} ${inRooms(rooms)}`}>
            <span className={`chart-step ${inRooms(rooms)}`} style={atX((from + to) / 2)} aria-hidden="true">
              {words}
            </span>
            {from === to ? null : (
              <span
                className={`chart-step-span ${inRooms(rooms)}`}
                style={{ ...atX(from), width: share(to - from) }}
                aria-hidden="true"
              />
            )}
          </Fragment>
        ))}
        {timeTicks(span, place).map(({ at, words }) => (
          <span key={at} className="chart-day" style={atX(xOf(at))} aria-hidden="true">
            {words}
          </span>
        ))}
        {told === undefined ? null : <Tip point={told} unit={unit} place={place} />}
      </div>
      <div className="chart-axis chart-goals" aria-hidden="true">
        {goals.map(({ id, y }) => (
          <span key={id} style={atY(y)}>
            goal
          </span>
        ))}
      </div>
      {below}
    </div>
  );
}

const inRooms = (rooms: readonly Room[]): string => rooms.map((room) => `in-${room}`).join(' ');

function inSvg({ x, y }: DrawnPoint): string {
  return `${x * 100},${100 - y * 100}`;
}

function level(y: number): { readonly y1: number; readonly y2: number } {
  return { y1: 100 - y * 100, y2: 100 - y * 100 };
}

function tellPoint(point: DrawnPoint | undefined, unit: string, place: Place): string {
  if (point === undefined) return '';
  const { value, before, moment, at, step } = point;
  const written = writeMeasured(value, unit, place);
  return [
    before === undefined
      ? `${written}${moment === 'before' ? ' before' : ''}`
      : `${written}, before ${writeNumber(before, place)}`,
    writeTime(at, place),
    ...(step === undefined ? [] : [`step ${step.stepKey}: ${step.stepTitle}`]),
  ].join('; ');
}

/** What is told of one point, on the side of the box where the point is not; never wider than the box. */
function Tip({ point, unit, place }: { readonly point: DrawnPoint; readonly unit: string; readonly place: Place }) {
  const { x, y, value, before, moment, at, step } = point;
  return (
    <p
      className={`chart-tip ${y > 0.5 ? 'below' : 'above'}`}
      aria-hidden="true"
      style={{ ...atX(x), transform: `translateX(-${share(x)})` }}
    >
      <strong>{writeMeasured(value, unit, place)}</strong>
      {moment === 'before' ? ' before' : ''}
      {before === undefined ? '' : ` (before: ${writeNumber(before, place)})`}
      <span>{writeTime(at, place)}</span>
      {step === undefined ? null : (
        <span>
          Step {step.stepKey}: <bdi>{step.stepTitle}</bdi>
        </span>
      )}
    </p>
  );
}

/** First, middle and last day of what is drawn; within one day, the times. */
function timeTicks(
  [first, last]: readonly [Instant, Instant],
  place: Place,
): readonly { readonly at: Instant; readonly words: string }[] {
  if (first === last) return [{ at: first, words: writeAxisDay(first, place, false) }];
  const middle = new Date((Date.parse(first) + Date.parse(last)) / 2).toISOString();
  const [firstDay, lastDay] = [dayOf(first, place.timeZone), dayOf(last, place.timeZone)];
  const withYear = firstDay.slice(0, 4) !== lastDay.slice(0, 4);
  const write = (at: Instant): string =>
    firstDay === lastDay ? writeTimeOfDay(at, place) : writeAxisDay(at, place, withYear);
  const ticks = [first, middle, last].map((at) => ({ at, words: write(at) }));
  // two days have no middle one of their own
  return ticks.filter(({ words }, index) => index !== 1 || (words !== ticks[0]?.words && words !== ticks[2]?.words));
}
