import { isToldInReport } from '../landing/is-told-in-report.ts';
import type { ClaimedGroup } from './claimed-group.ts';
import type { SendingContext } from './sending-context.ts';

/** Whether something of the group may only be written with a person's token. */
export function needsPerson({ rows }: Pick<ClaimedGroup, 'rows'>, { landings }: SendingContext): boolean {
  return rows.some(({ artefact }) => {
    const by = landings.get(artefact);
    return by?.identity === 'delegated' || by?.channels?.some(({ identity }) => identity === 'delegated') === true;
  });
}

/** Whether something of the group must name an encounter that is not in it yet. */
export function needsEncounter({ rows }: Pick<ClaimedGroup, 'rows'>, { landings, traits }: SendingContext): boolean {
  if (traits.needsEncounter.length === 0) return false;
  return rows.some(({ artefact, resourceType, content }) => {
    const landing = landings.get(artefact)?.landing ?? 'app-only';
    const written = landing !== 'app-only' && !isToldInReport(artefact, landing);
    // one that a person chose, or in which it was all about, stands in it already
    return written && traits.needsEncounter.includes(resourceType) && content?.includes('"Encounter/') !== true;
  });
}
