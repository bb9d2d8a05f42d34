/** Every error that we raise ourselves. `code` is stable; fields name things, never people or their words. */
export interface ErrorFields {
  'unknown-tenant': { tenant: string };
  'unknown-patient': { patientId: string };
  /** The EHR has merged this patient into another: nothing new is taken under the old id. */
  'patient-merged': { patientId: string; survivorId?: string };
  'unknown-kind': { kind: string; known: readonly string[]; field?: string };
  'unknown-artefact': { artefact: string; id: string };
  'illegal-move': { assignmentId: string; from: string; businessStatus: string; event: string; because?: string };
  'assignment-locked': { assignmentId: string };
  'assignment-closed': { assignmentId: string; status: string };
  'foreign-assignment': { assignmentId: string };
  'plan-closed': { planId: string; status: string };
  'signal-closed': { signalId: string };
  'invalid-answer': { issues: readonly { linkId: string; problem: string }[] };
  /** A prediction was to be changed after its outcome was written. */
  'prediction-locked': { logId: string; linkIds: readonly string[] };
  'schedule-never-occurs': { field: string; problem: string };
  /** A body, query or command that doesn't fit its shape: each issue names its field. */
  'invalid-request': { issues: readonly { path: string; problem: string }[] };
  /** A request that would take more of the service or its database than one caller may have: each issue names its limit. */
  'too-costly': { issues: readonly { path: string; problem: string }[] };
  'malformed-json': { problem: string };
  'body-too-large': { limitBytes: number };
  'unsupported-media-type': { accepted: readonly string[] };
  'invalid-token': { problem: string };
  forbidden: { needed: string };
  /** What only a person who is signed in may do, asked for by a system in somebody's name. */
  'person-needed': { act: string };
  /** A source id that was used before, for something else. */
  'source-id-conflict': { sourceId: string };
  /** What was to be written would stand under another patient or plan than its own. */
  'other-patient': { artefact: string };
  /** Versions, or digests of what was read and what it is now. */
  'version-conflict': { id: string; expected: number | string; actual: number | string };
  'response-endpoint-closed': { occurrenceId: string };
  'not-supported': { what: string };
  /** What stands at the place that a person named is not what they say it is; never what it says. */
  'place-mismatch': { reference: string; differs: readonly ('absent' | 'type' | 'identifier' | 'patient')[] };
  /** A person says that it is not in the EHR, and it is. */
  'stands-in-ehr': { references: readonly string[] };
  'folder-locked': { folder: string };
  'port-busy': { port: number; host: string };
  'configuration-invalid': { issues: readonly { variable: string; problem: string }[] };
  /** A safety signal of this tenant would reach nobody: no door of the chart is open, and no human route is named. */
  'safety-route-missing': { tenant: string };
  /** There was no answer, or one that says "later". What was sent is at fault for none of it. */
  'ehr-unreachable': { tenant: string; problem: string };
  /** The EHR answers, and cannot do what is needed as it is set up: no S256, no issuer, another version of FHIR. */
  'ehr-unfit': { tenant: string; problem: string };
  /** The EHR sent what cannot be used; `problem` names the field. */
  'ehr-answer-unusable': { tenant: string; problem: string };
  /** OAuth's `invalid_client` or `unauthorized_client`: the EHR does not know us, or not as we prove who we are. */
  'app-not-registered': { tenant: string; problem: string };
  /** OAuth's `invalid_scope`. */
  'scopes-refused': { tenant: string; problem: string };
  /** Another refusal in OAuth's own words, which `problem` repeats. */
  'ehr-refused': { tenant: string; problem: string };
  /** The EHR names somebody by an id that we cannot ask for; `field` says where. */
  'unusable-id': { tenant: string; field: string };
  /** A launch from an EHR that is none of ours; nothing was asked of it. */
  'unknown-issuer': { problem: string };
  'launch-without-patient': { tenant: string };
  /** The person or the EHR granted too little to begin. */
  'consent-denied': { tenant: string; problem: string };
  /** A launch's `state` that was used, is too old, or was made in another tab. */
  'state-replayed': { problem: string };
  /** The authorization server takes the code no more. */
  'code-replayed': { tenant: string };
  'id-token-invalid': { tenant: string; problem: string };
  /** Who signed in is not whom the launch is for. */
  'foreign-user': { tenant: string; problem: string };
  'role-unknown': { tenant: string };
  'session-expired': { problem: string };
  /** The database does not answer, or not in time; the same request may well pass in a moment. */
  'database-unreachable': { retryAfterSeconds: number };
  /** An address came too often to a door that needs no token, or a client asks for more at once than it may. */
  'rate-limited': { retryAfterSeconds: number };
  'report-too-long': { limitCharacters: number };
  /** The typesetter, which is a process of its own, gave no answer. */
  'pdf-unavailable': { problem: string };
  /** A call of an app session that names another launch, or asks for what belongs to another patient. */
  'launch-mismatch': { problem: string };
}

export type ErrorCode = keyof ErrorFields;

/** An error with a stable code and typed fields. */
export class IntersessionError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly fields: ErrorFields[C];

  constructor(code: C, fields: ErrorFields[C], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'IntersessionError';
    this.code = code;
    this.fields = fields;
  }
}

const ehrTroubles = [
  ...(['ehr-unreachable', 'ehr-unfit', 'ehr-answer-unusable', 'app-not-registered'] as const),
  ...(['scopes-refused', 'ehr-refused'] as const),
] as const;

/** A fault of an EHR connection, for whoever has to go on without it or tell somebody; undefined for any other error. */
export function ehrTrouble(error: unknown): { code: (typeof ehrTroubles)[number]; problem: string } | undefined {
  const code = ehrTroubles.find((ehrTrouble) => hasCode(error, ehrTrouble));
  return code !== undefined && hasCode(error, code) ? { code, problem: error.fields.problem } : undefined;
}

/** Narrows to one code: `if (hasCode(error, 'illegal-move')) error.fields.event`. */
export function hasCode<C extends ErrorCode>(error: unknown, code: C): error is IntersessionError<C> {
  return error instanceof IntersessionError && error.code === code;
}
