/**
 * What the domain refuses, by code.
 */
declare module '../foundation/intersession-error.ts' {
  interface ErrorFields {
    'unknown-artefact': { artefact: string; id: string };
    'illegal-move': { assignmentId: string; from: string; businessStatus: string; event: string; because?: string };
    'assignment-locked': { assignmentId: string };
    'assignment-closed': { assignmentId: string; status: string };
    /** Nothing happened in the time of a report. */
    'nothing-to-report': { id: string; from: string; to: string };
    'plan-closed': { planId: string; status: string };
    'signal-closed': { signalId: string };
    /** A prediction was to be changed after its outcome was written. */
    'prediction-locked': { logId: string; linkIds: readonly string[] };
    'schedule-never-occurs': { field: string; problem: string };
    /** Versions, or digests of what was read and what it is now. */
    'version-conflict': { id: string; expected: number | string; actual: number | string };
  }
}

export {};
