import type { FhirResource, Identifier } from 'fhir/r4';
import { readEhr } from '../oracle/read-ehr.ts';
import type { Simulator } from './simulator.ts';

/** What the EHR holds of ours, read by its own FHIR API. */
export type Held = readonly FhirResource[];

/** What was created in it, as it stands now. */
export async function readHeld(simulator: Simulator): Promise<Held> {
  const ehr = await readEhr(simulator.fhirBase, simulator.dataDir);
  return Promise.all(simulator.created().map(({ type, id }) => ehr.read(`${type}/${id}`)));
}

/** Notes a difference in words, if there is one. */
export type Same = (what: string, actual: unknown, wanted: unknown) => void;

/** Whose homework is played. */
export const sarah = 'Patient/sarah';

/** Whether an artefact with this landing has a resource of its own there. */
export const standsThere = (landing: string): boolean => !['note', 'communication', 'app-only'].includes(landing);

/** Our ids of that kind (`log`, `measure`) that a resource bears. */
export function named({ identifier }: { identifier?: Identifier | Identifier[] | undefined }, kind: string): string[] {
  return [identifier ?? []]
    .flat()
    .flatMap(({ system, value }) => (system?.endsWith(`/id/${kind}`) ? [value ?? ''] : []));
}
