import { share } from './share.ts';
import type { ToldTime } from './told-times.ts';

interface TimesStripProps {
  readonly times: readonly ToldTime[];
  readonly xOf: (at: string) => number;
}

/** Each time that it was to be done, on the axis of the chart above: a full bar was done, a half one late, a ring not. */
export function TimesStrip({ times, xOf }: TimesStripProps) {
  return (
    <div className="chart-times" aria-hidden="true">
      {times.map(({ id, at, status }) => (
        <span key={id} className={status} style={{ left: share(xOf(at)) }} />
      ))}
    </div>
  );
}
