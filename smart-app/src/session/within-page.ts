/** A part of a page, in the browser's history: which it is, and which one stands before it there. */
export interface WithinPage {
  readonly part: number;
  readonly from?: number;
}

/** Which part of a page an entry of the browser's history shows; undefined: the page as it opens. */
export function withinPage(state: unknown): WithinPage | undefined {
  if (typeof state !== 'object' || state === null || !('within' in state)) return undefined;
  const { within } = state;
  const isPart = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;
  if (typeof within !== 'object' || within === null || !('part' in within) || !isPart(within.part)) return undefined;
  return { part: within.part, ...('from' in within && isPart(within.from) ? { from: within.from } : {}) };
}

/** The entry for a part of the page that is open. */
export function pageWithin(state: unknown, within: WithinPage): object {
  return { ...(typeof state === 'object' ? state : {}), within };
}
