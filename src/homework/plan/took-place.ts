/** The states of an encounter that is going on or over; one that is planned, called off or a mistake was no visit. */
export const tookPlaceStates = ['in-progress', 'onleave', 'finished'] as const;

/**
 * Whether an encounter took place, or is taking place, by its status: who arrived or was triaged has met nobody yet.
 * @see https://hl7.org/fhir/R4/valueset-encounter-status.html
 */
export function tookPlace(status: unknown): status is (typeof tookPlaceStates)[number] {
  return tookPlaceStates.some((tookPlaceState) => tookPlaceState === status);
}
