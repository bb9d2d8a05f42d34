import { useId, useLayoutEffect, useRef } from 'react';
import type { LocalDate, OccurrenceStatus } from '../../../src/homework/model.ts';
import { Icon } from '../parts/icon.tsx';
import { type Place, writeDate } from '../words/dates.ts';
import { writeNumber } from '../words/numbers.ts';
import { occurrenceWords } from '../words/occurrence-words.ts';
import type { DayGrid, GridRow } from './day-grid.ts';
import { occurrenceSigns } from './occurrence-dots.tsx';
import '../styles/day-grid.css';

interface DayGridTableProps {
  readonly title: string;
  readonly grid: DayGrid;
  readonly place: Place;
}

/** Days beside each other, a row a question: what was written, the highest marked, and below it which days were. */
export function DayGridTable({ title, grid, place }: DayGridTableProps) {
  const caption = useId();
  const scroll = useRef<HTMLElement>(null);
  // on a phone the latest days are the ones in view
  useLayoutEffect(() => {
    const days = scroll.current;
    if (days !== null) days.scrollLeft = days.scrollWidth * (getComputedStyle(days).direction === 'rtl' ? -1 : 1);
  }, []);
  return (
    <figure className="day-grid">
      <figcaption id={caption}>
        <span className="chart-name" dir="auto">
          {title}
        </span>{' '}
        <span className="quiet">{gridWords(grid, place)}</span>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className="day-grid-scroll" ref={scroll} tabIndex={0} aria-labelledby={caption}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span className="hidden-words">Question</span>
              </th>
              {grid.days.map((day) => (
                <th key={day} scope="col">
                  <span aria-hidden="true">{Number(day.slice(8))}</span>
                  <span className="hidden-words">{writeDate(day, place)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.rows.map((row) => (
              <Row key={`${row.group} ${row.label}`} row={row} days={grid.days} place={place} />
            ))}
            <tr className="day-grid-standing">
              <th scope="row">Written</th>
              {grid.standing.map((status, at) => {
                const sign = status === undefined ? undefined : occurrenceSigns[status];
                return (
                  <td key={grid.days[at]} className={status === undefined ? '' : occurrenceWords[status].tone}>
                    {sign === undefined ? null : <Icon name={sign} />}
                    <span className="hidden-words">
                      {status === undefined ? 'not asked' : occurrenceWords[status].words}
                    </span>
                  </td>
                );
              })}
            </tr>
          </tbody>
        </table>
      </section>
    </figure>
  );
}

interface RowProps {
  readonly row: GridRow;
  readonly days: readonly LocalDate[];
  readonly place: Place;
}

function Row({ row, days, place }: RowProps) {
  const { label, group, cells } = row;
  const frame = frameOf(row);
  return (
    <tr>
      <th scope="row" dir="auto">
        {label}
        {group === undefined ? null : <span className="hidden-words"> ({group})</span>}
      </th>
      {cells.map((cell, at) => (
        <td key={days[at]} className={cellClass(cell, { ...row, frame })}>
          {cell === true ? (
            <>
              <Icon name="bang" />
              <span className="hidden-words">yes</span>
            </>
          ) : cell === undefined ? null : (
            // a tenth of a percent has no room here; it stands in the table of the chart
            writeNumber(Math.round(cell), place)
          )}
        </td>
      ))}
    </tr>
  );
}

/** The nearer to the end that is looked for, the more of its colour; without a scale, or an end, it has none. */
function cellClass(
  cell: GridRow['cells'][number],
  { most, framed, frame }: Pick<GridRow, 'most' | 'framed'> & { readonly frame: number | undefined },
): string {
  if (cell === undefined) return '';
  if (cell === true) return 'yes';
  const share = most === undefined || framed === undefined ? 0 : framed === 'lowest' ? 1 - cell / most : cell / most;
  const level = Math.max(0, Math.min(4, Math.round(4 * share)));
  return `level-${level}${cell === frame ? ' framed' : ''}`;
}

const numbersIn = (cells: GridRow['cells']): readonly number[] =>
  cells.flatMap((cell) => (typeof cell === 'number' ? [cell] : []));

const topOf = (cells: GridRow['cells']): number => Math.max(0, ...numbersIn(cells));

/** The value of a row that stands in a frame; undefined: none does, as in a row of one value, or of noughts. */
function frameOf({ cells, framed }: GridRow): number | undefined {
  const numbers = numbersIn(cells);
  const [low, top] = [Math.min(...numbers), topOf(cells)];
  if (framed === undefined || low >= top) return undefined;
  return framed === 'lowest' ? low : top;
}

/** What was left out with leave, and what can still be written in time, is no day without a card. */
const notCounted: readonly OccurrenceStatus[] = ['excused', 'paused', 'due'];

/** The grid in words: how many days were written, the highest of what is looked at first and when, and each yes. */
export function gridWords({ days, standing, rows }: DayGrid, place: Place): string {
  const asked = standing.filter((status) => status !== undefined && !notCounted.includes(status));
  const written = asked.filter((status) => status === 'done' || status === 'late');
  const rated = rows.filter(({ group }) => group !== undefined);
  const first = rated.filter(({ group }) => group === rated[0]?.group);
  const [most] = first.toSorted((row, other) => topOf(other.cells) - topOf(row.cells));
  const top = most === undefined ? 0 : topOf(most.cells);
  const on = most === undefined ? undefined : days[most.cells.lastIndexOf(top)];
  const yes = rows.flatMap(({ label, cells }) => {
    const count = cells.filter((cell) => cell === true).length;
    return count === 0 ? [] : [`${label}: on ${count === 1 ? '1 day' : `${count} days`}.`];
  });
  return [
    `Written on ${written.length} of ${asked.length} days.`,
    ...(top === 0 || on === undefined ? [] : [`Highest: ${most?.label} ${top}, on ${writeDate(on, place)}.`]),
    ...yes,
    ...frameWords(rows),
  ].join(' ');
}

/** What a frame means, of rows that have one. */
function frameWords(rows: readonly GridRow[]): readonly string[] {
  const framed = rows.filter((row) => frameOf(row) !== undefined);
  const lowest = framed.filter((row) => row.framed === 'lowest').map(({ label }) => label);
  const low = lowest.length === 0 ? [] : [`the lowest of ${lowest.join(', ')}`];
  const high = lowest.length === framed.length ? [] : [`the highest of each ${lowest.length === 0 ? '' : 'other '}row`];
  return framed.length === 0 ? [] : [`In a frame: ${[...low, ...high].join(', ')}.`];
}
