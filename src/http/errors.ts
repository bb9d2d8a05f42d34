/** What our doors refuse, by code. */
declare module '../foundation/intersession-error.ts' {
  interface ErrorFields {
    /** A request that would take more of the service or its database than one caller may have: each issue names its limit. */
    'too-costly': { issues: readonly { path: string; problem: string }[] };
    'malformed-json': { problem: string };
    'body-too-large': { limitBytes: number };
    'unsupported-media-type': { accepted: readonly string[] };
    'invalid-token': { problem: string };
    /** An address came too often to a door that needs no token, or a client asks for more at once than it may. */
    'rate-limited': { retryAfterSeconds: number };
    /** A launch from an EHR that is none of ours; nothing was asked of it. */
    'unknown-issuer': { problem: string };
    'launch-without-patient': { tenant: string };
    /** A launch's `state` that was used, is too old, or was made in another tab. */
    'state-replayed': { problem: string };
    /** An answer to a sign-in that is another server's, or names none where the server promised that (RFC 9207). */
    'answer-issuer-invalid': { tenant: string; problem: string };
    'role-unknown': { tenant: string };
    /** A call of an app session that names another launch, or asks for what belongs to another patient. */
    'launch-mismatch': { problem: string };
    'report-too-long': { limitCharacters: number };
    /** The typesetter, which is a process of its own, gave no answer. */
    'pdf-unavailable': { problem: string };
  }
}

export {};
