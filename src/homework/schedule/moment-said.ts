import { momentOf } from './wall-clock.ts';

/**
 * When it was, in milliseconds, by what another system says of it: a time with its offset as it stands; a time without one on the
 * wall clock of the zone; a day, month or year from its begin there, so that it is the same day when it is written down. NaN when it says
 * nothing of the kind.
 */
export function momentSaid(said: string, timeZone: string): number {
  if (/^\d{4}(-\d{2}){0,2}$/.test(said)) return inZone(said, timeZone);
  // anything else the runtime would guess at, in the zone of this machine: `3 March`, `02/03/2026`, `about 2026`
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(said)) return Number.NaN;
  return /[T ][\d:.]+$/.test(said) ? inZone(`${said}Z`, timeZone) : Date.parse(said);
}

function inZone(wall: string, timeZone: string): number {
  const ms = Date.parse(wall);
  return Number.isNaN(ms) ? ms : momentOf(ms, timeZone);
}
