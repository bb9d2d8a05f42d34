import type { EncounterChoice, EncounterList, NotePreview } from '../../../src/contract/app/note.ts';
import { listOf, shaped, text } from '../service/answer-shape.ts';

const isSection = shaped<NotePreview['sections'][number]>({ title: text, text });

export const isPreview = shaped<NotePreview>({
  ...{ from: text, to: text, period: text, text, digest: text },
  sections: listOf(isSection),
  untold: (value) => value === undefined || listOf(text)(value),
});

const isEncounter = shaped<EncounterChoice>({ reference: text, start: text });

/** The visits that the service offers. */
export const isEncounterList = shaped<EncounterList>({
  encounters: listOf(isEncounter),
});
