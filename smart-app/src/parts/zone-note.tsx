import { type ZonesToSay, zoneWords } from '../words/zone-words.ts';
import '../styles/zone-note.css';

/** Says in whose time the days of these plans are, to whoever takes another one for granted. */
export function ZoneNote(zones: ZonesToSay) {
  const words = zoneWords(zones);
  return words === undefined ? null : <p className="quiet zone-note">{words}</p>;
}
