import type { LocalCopy } from './local-copy.ts';

/** What a patient's note of what is in the way of a step is kept under. */
export const barrierSubject = (assignmentId: string): string => `barrier:${assignmentId}`;

/** What a patient's answer to a message is kept under. */
export const answerSubject = (messageId: string): string => `answer:${messageId}`;

/** Whether a text was begun, as far as is known without asking. */
export function isTextBegun(drafts: LocalCopy, subject: string): boolean {
  return drafts.peek(subject).some(({ answers: { text } }) => typeof text === 'string' && text.trim() !== '');
}
