/**
 * Why a patient may need attention, the worst first, as a list of patients is narrowed by it. Who is `set-aside` needs
 * none for now: somebody was in touch with them.
 */
export const worklistFilters = [
  'safety',
  'stopped',
  'barrier',
  'overdue',
  'waiting-unlock',
  'message',
  'not-landed',
  'set-aside',
] as const;
export type WorklistFilter = (typeof worklistFilters)[number];
/** In which order such a list is read. */
export const worklistSorts = ['urgency', 'last-log', 'adherence'] as const;
export type WorklistSort = (typeof worklistSorts)[number];
