import { z } from 'zod';
import type { AnswerOf } from '../answer-type.ts';
import { safetySignalShape } from '../safety-signal.ts';
import { instant } from '../values.ts';

/** Whom people call when they fear for a patient. */
export const safetyRouteShape = z.strictObject({ name: z.string(), phone: z.string().exactOptional() });
export type SafetyRoute = AnswerOf<typeof safetyRouteShape>;

export type SafetySignalView = AnswerOf<typeof safetySignalShape>;
export type SafetyEvidenceView = SafetySignalView['evidence'][number];

/** What staff see of a patient's safety. */
export const safetyShape = z.strictObject({
  open: z.array(safetySignalShape),
  closed: z
    .array(safetySignalShape)
    .exactOptional()
    .describe('What a person closed, the latest raised first, and as many as one reads'),
  route: safetyRouteShape.exactOptional(),
  contact: z
    .strictObject({ at: instant, note: z.string() })
    .exactOptional()
    .describe('The latest that was noted since the first of them was raised'),
});
export type SafetyView = AnswerOf<typeof safetyShape>;

/** What the patient is answered who says that they are not safe; a signal is open then, whether it reaches anybody or not. */
export const heardShape = z.strictObject({
  reaches: z.boolean().describe('Whether it comes to the care team by itself; false: it waits for a person'),
});
export type Heard = AnswerOf<typeof heardShape>;

/** What raises or closes one. */
export const changedSignalShape = z.strictObject({ signal: safetySignalShape });
