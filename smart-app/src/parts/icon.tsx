const paths = {
  check: 'M3 8.5 6.5 12 13 4.5',
  bang: 'M8 3v6M8 12.2v.6',
  dash: 'M4 8h8',
  slash: 'M11.5 3.5l-7 9',
  pause: 'M6 4v8M10 4v8',
  cross: 'M4 4l8 8M12 4l-8 8',
  arrow: 'M2.5 8h11M9.5 4l4 4-4 4',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5.5a2.5 2.5 0 0 1 5 0v2',
  phone:
    'M4.2 2.5 6 2.3l1.2 3-1.4 1.2a8 8 0 0 0 3.7 3.7l1.2-1.4 3 1.2-.2 1.8c-.1 1-.9 1.7-1.9 1.6A10.2 10.2 0 0 1 2.6 4.4c-.1-1 .6-1.8 1.6-1.9Z',
} as const;

export type IconName = keyof typeof paths;

/** A sign drawn, not written, so that it looks the same whatever fonts there are; its words stand beside it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

/** From one value to another: an arrow for the eye, `to` for the ear; with one of them only, which one it is. */
export function FromTo({
  from,
  to,
  unit = '',
}: {
  readonly from: number | string | undefined;
  readonly to: number | string | undefined;
  readonly unit?: string;
}) {
  const unitWords = unit === '' ? '' : ` ${unit}`;
  if (from === undefined || to === undefined) {
    return (
      <span className="from-to">
        {from ?? to}
        {unitWords}
        <span className="quiet"> {to === undefined ? 'before, not rated after' : 'after, not rated before'}</span>
      </span>
    );
  }
  return (
    <span className="from-to">
      {from}
      <Icon name="arrow" />
      <span className="hidden-words"> to </span>
      {to}
      {unitWords}
    </span>
  );
}
