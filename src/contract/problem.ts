import { z } from 'zod';
import type { AnswerOf } from './answer-type.ts';

/** One thing that was found wrong, at a path of the body or at a question of the form. */
export const problemIssueShape = z.strictObject({
  path: z.string().exactOptional().describe('Into the body: `assignments[2].schedule.by`'),
  linkId: z.string().exactOptional().describe('The questionnaire’s item'),
  problem: z.string(),
});
export type ProblemIssue = AnswerOf<typeof problemIssueShape>;

/** What a refusal is answered with, as `application/problem+json`. @see https://www.rfc-editor.org/rfc/rfc9457 */
export const problemShape = z
  .strictObject({
    type: z.string().describe('`https://intersession.dev/problems/<code>`'),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string().describe('Stable; what a program branches on'),
    issues: z.array(problemIssueShape).exactOptional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });
