interface CurveProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly values: readonly (number | undefined)[];
}

const width = 108;
const height = 40;

/** Distress inside one log as a small curve beside its numbers; a value that is missing leaves a gap in words, not in shape. */
export function Curve({ label, names, values }: CurveProps) {
  const points = values.flatMap((value, index) =>
    value === undefined
      ? []
      : [
          {
            x: 8 + (index * (width - 16)) / Math.max(1, values.length - 1),
            y: height - 6 - (value / 100) * (height - 12),
          },
        ],
  );
  const words = names.map((name, index) => `${name} ${values[index] ?? 'not given'}`).join(', ');
  if (points.length === 0) return null;
  return (
    <div className="curve">
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <line className="chart-grid" x1="0" x2={width} y1={height - 6} y2={height - 6} />
        <polyline className="chart-line" points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
        {points.map(({ x, y }) => (
          <circle key={x} className="chart-point" cx={x} cy={y} r="3" />
        ))}
      </svg>
      <p>
        <span className="curve-name">{label}</span>{' '}
        <span aria-hidden="true" className="curve-values">
          {values.map((value) => value ?? '–').join(' / ')}
        </span>
        <span aria-hidden="true" className="quiet curve-legend">
          {names.join(' / ')}
        </span>
        <span className="hidden-words">{words}</span>
      </p>
    </div>
  );
}
