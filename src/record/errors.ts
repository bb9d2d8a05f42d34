/** What the record refuses, by code: who is not known, what may not be changed, and what its database cannot do. */
declare module '../foundation/intersession-error.ts' {
  interface ErrorFields {
    'unknown-tenant': { tenant: string };
    'unknown-patient': { patientId: string };
    /** The EHR has merged this patient into another: nothing new is taken under the old id. */
    'patient-merged': { patientId: string; survivorId?: string };
    'foreign-assignment': { assignmentId: string };
    forbidden: { needed: string };
    /** What only a person who is signed in may do, asked for by a system in somebody's name. */
    'person-needed': { act: string };
    /** A source id that was used before, for something else. */
    'source-id-conflict': { sourceId: string };
    /** What was to be written would stand under another patient or plan than its own. */
    'other-patient': { artefact: string };
    'response-endpoint-closed': { occurrenceId: string };
    'not-supported': { what: string };
    /** What stands at the place that a person named is not what they say it is; never what it says. */
    'place-mismatch': { reference: string; differs: readonly ('absent' | 'type' | 'identifier' | 'patient')[] };
    /** A person says that it is not in the EHR, and it is. */
    'stands-in-ehr': { references: readonly string[] };
    /** A safety signal of this tenant would reach nobody: no channel into the chart is open, and no human route is named. */
    'safety-route-missing': { tenant: string };
    'folder-locked': { folder: string };
    /** The database does not answer, or not in time; the same request may well pass in a moment. */
    'database-unreachable': { retryAfterSeconds: number };
  }
}

export {};
