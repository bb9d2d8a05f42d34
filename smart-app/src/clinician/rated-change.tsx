import { FromTo } from '../parts/icon.tsx';

interface RatedChangeProps {
  readonly label: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly unit?: string;
}

/** What was rated before and after in one log; which is which is said. */
export function RatedChange({ label, from, to, unit }: RatedChangeProps) {
  return (
    <p className="change">
      <span className="curve-name">{label}</span>{' '}
      <span className="curve-values">
        <FromTo from={from} to={to} {...(unit === undefined ? {} : { unit })} />
      </span>
      {from === undefined || to === undefined ? null : <span className="quiet curve-legend"> before / after</span>}
    </p>
  );
}
