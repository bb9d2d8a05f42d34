import type { EncounterChoice, EncounterList, NotePreview } from '../../../src/contract/app/note.ts';
import { listOf, shaped, text } from '../service/answer-shape.ts';

export const isPreview = shaped<NotePreview>({ from: text, to: text, text, digest: text });

const isEncounter = shaped<EncounterChoice>({ reference: text, start: text });

/** The visits that the service offers. */
export const isEncounterList = shaped<EncounterList>({
  encounters: listOf(isEncounter),
});
