/** What somebody who is signed in is here. */
export const roles = ['clinician', 'coordinator', 'patient', 'integration'] as const;
export type Role = (typeof roles)[number];
