import type { SafetySignal } from '../homework/safety/safety-signal.ts';
import { projectEvidence } from './project-provenance.ts';
import type { OurResource, ProjectedResource } from './projected-resource.ts';
import type { SafetyContext } from './safety-context.ts';
import { safetyNoteId } from './safety-note-text.ts';
import { toFlag } from './to-flag.ts';
import { safetyMessageId, toSafetyMessage } from './to-safety-message.ts';
import { toSafetyNote } from './to-safety-note.ts';
import { safetyReviewId, toSafetyReview } from './to-safety-review.ts';

/**
 * Every resource of a safety signal, always all four: a Flag, the Task to review it, a message to the care team and a
 * clinical note; and, at our endpoint only, who told what speaks for it. Which of them an EHR takes is decided where they land. One landing group: they go out at once, together.
 */
export function projectSignal(signal: SafetySignal, context: SafetyContext): ProjectedResource[] {
  const { id } = signal;
  const projected = (name: string, resource: OurResource): ProjectedResource => {
    return { artefact: 'safety', id: name, groupId: `safety:${id}`, resource };
  };
  return [
    projected(id, toFlag(signal, context)),
    projected(safetyReviewId(id), toSafetyReview(signal, context)),
    projected(safetyMessageId(id), toSafetyMessage(signal, context)),
    projected(safetyNoteId(id), toSafetyNote(signal, context)),
    ...projectEvidence(signal, context),
  ];
}
