import type { Artefact } from '../homework/model.ts';
import type { Landing } from './vendor-traits.ts';

/** Artefacts that are notes or messages themselves. */
const speaksForItself = new Set<Artefact>(['report', 'feedback', 'safety']);

/**
 * Whether an artefact with this landing has no resource of its own in the EHR, but is told in the between-session
 * report, which may be filed as a note or sent as a message.
 */
export function isToldInReport(artefact: Artefact, landing: Landing): boolean {
  if (landing === 'note') return artefact !== 'report' && artefact !== 'safety';
  return landing === 'communication' && !speaksForItself.has(artefact);
}
