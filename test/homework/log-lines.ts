import { summaryParts } from '../../src/homework/log/summarise-log.ts';

/** A log's lines as texts alone. */
export const logLines = (...summary: Parameters<typeof summaryParts>): readonly string[] =>
  summaryParts(...summary).map(({ text }) => text);
