import type { Instant } from '../../../src/homework/model.ts';

/** A visit that the note may belong to. */
export interface EncounterChoice {
  readonly reference: string;
  readonly start: Instant;
  /** The one that the app was opened in. */
  readonly isLaunch?: boolean;
}

/** A note to be read, and what names it when it is filed. */
export interface NotePreview {
  readonly from: Instant;
  readonly to: Instant;
  readonly text: string;
  readonly digest: string;
  /** Present where the EHR connection leaves the choice to a person. */
  readonly encounters?: readonly EncounterChoice[];
}

/** The service's answer as a preview; undefined when it is none. */
export function readPreview(answer: unknown): NotePreview | undefined {
  return isPreview(answer) ? answer : undefined;
}

function isPreview(value: unknown): value is NotePreview {
  if (typeof value !== 'object' || value === null) return false;
  const record: Readonly<Record<string, unknown>> = { ...value };
  return ['from', 'to', 'text', 'digest'].every((name) => typeof record[name] === 'string');
}

/** The visits that the service offers; none when the answer is no such list. */
export function readEncounters(answer: unknown): readonly EncounterChoice[] {
  if (typeof answer !== 'object' || answer === null || !('encounters' in answer)) return [];
  return Array.isArray(answer.encounters) ? answer.encounters.filter(isEncounter) : [];
}

function isEncounter(value: unknown): value is EncounterChoice {
  return (
    typeof value === 'object' &&
    value !== null &&
    'reference' in value &&
    typeof value.reference === 'string' &&
    'start' in value &&
    typeof value.start === 'string'
  );
}
