import type { Instant } from '../../../src/homework/model.ts';
import { listOf, shaped, text } from '../service/answer-shape.ts';

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

export const isPreview = shaped<NotePreview>({ from: text, to: text, text, digest: text });

const isEncounter = shaped<EncounterChoice>({ reference: text, start: text });

/** The visits that the service offers. */
export const isEncounterList = shaped<{ readonly encounters: readonly EncounterChoice[] }>({
  encounters: listOf(isEncounter),
});
