import { z } from 'zod';
import type { AnswerOf } from '../answer-type.ts';
import { confirmedMergeShape, heldPatientShape } from '../merge.ts';
import { instant } from '../values.ts';

/** `GET /merges`, and each confirmation. */
export const mergesShape = z.strictObject({
  now: instant,
  held: z.array(heldPatientShape),
  confirmed: z.array(confirmedMergeShape),
});
export type MergesView = AnswerOf<typeof mergesShape>;
export type HeldPatient = MergesView['held'][number];
