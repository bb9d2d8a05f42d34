/** Why a plan may need attention, as a list of patients is narrowed by it. */
export const worklistFilters = ['safety', 'overdue', 'stopped', 'barrier', 'waiting-unlock', 'not-landed'] as const;
export type WorklistFilter = (typeof worklistFilters)[number];
/** In which order such a list is read. */
export const worklistSorts = ['urgency', 'last-log', 'adherence'] as const;
export type WorklistSort = (typeof worklistSorts)[number];
