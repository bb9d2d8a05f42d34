/** Where a line stands that a label names. */
interface Named {
  readonly stepKey: string;
  readonly x: number;
}

/** How wide a chart is drawn; labels of each stand in the page, and the width shows its own. */
export const rooms = ['narrow', 'middle', 'wide'] as const;
export type Room = (typeof rooms)[number];

/** A label over one line, or over the middle of a run of lines that are too near to each other for one each. */
export interface StepLabel {
  readonly words: string;
  readonly from: number;
  readonly to: number;
  /** In which widths it stands so. */
  readonly rooms: readonly Room[];
}

/** The least width of the box of points in each room, in rem: what `charts.css` shows it from. */
const widthOf: Readonly<Record<Room, number>> = { narrow: 9.375, middle: 15.5, wide: 25.5 };
/** Of a letter of a label, and between two labels; in rem. */
const letter = 0.44;
const apart = 0.375;

/**
 * The names over the lines of a chart, in each width: every line has one. Those that would run into each other become one,
 * over the middle of their lines: `3, 4a`, and of many the first and the last, `4 … 9`.
 * @param marks by x
 */
export function stepLabels(marks: readonly Named[]): readonly StepLabel[] {
  const labels = new Map<string, StepLabel>();
  for (const room of rooms) {
    for (const label of labelsIn(marks, widthOf[room])) {
      const key = JSON.stringify(label);
      labels.set(key, { ...label, rooms: [...(labels.get(key)?.rooms ?? []), room] });
    }
  }
  return [...labels.values()].toSorted((one, other) => one.from + one.to - other.from - other.to);
}

type Placed = Omit<StepLabel, 'rooms'>;

function labelsIn(marks: readonly Named[], width: number): readonly Placed[] {
  let runs: readonly (readonly Named[])[] = marks.map((mark) => [mark]);
  for (;;) {
    const labels = runs.map(labelOf);
    // the shortest runs first, so that none swallows the others
    const [tooNear] = labels
      .flatMap((label, index) => {
        const next = labels[index + 1];
        return next !== undefined && meet(label, next, width) ? [index] : [];
      })
      .toSorted((one, other) => lengthAt(runs, one) - lengthAt(runs, other));
    if (tooNear === undefined) return labels;
    runs = runs.toSpliced(tooNear, 2, [...(runs[tooNear] ?? []), ...(runs[tooNear + 1] ?? [])]);
  }
}

/** Of the run there and the next one together. */
function lengthAt(runs: readonly (readonly Named[])[], index: number): number {
  return (runs[index]?.length ?? 0) + (runs[index + 1]?.length ?? 0);
}

function labelOf(run: readonly Named[]): Placed {
  const names = run.map(({ stepKey }) => stepKey);
  const words = names.length <= 3 ? names.join(', ') : `${names[0]} … ${names.at(-1)}`;
  return { words, from: run[0]?.x ?? 0, to: run.at(-1)?.x ?? 0 };
}

function meet(one: Placed, other: Placed, width: number): boolean {
  const between = ((other.from + other.to - one.from - one.to) / 2) * width;
  return between < ((one.words.length + other.words.length) * letter) / 2 + apart;
}
