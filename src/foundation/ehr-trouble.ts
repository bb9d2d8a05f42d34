import { hasCode } from './intersession-error.ts';

/** What is wrong with an EHR's connection or with a sign-in there: raised by the room that asks it and by the door that people sign in at. */
declare module './intersession-error.ts' {
  interface ErrorFields {
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
    /** The person or the EHR granted too little to begin. */
    'consent-denied': { tenant: string; problem: string };
    /** The authorization server takes the code no more. */
    'code-replayed': { tenant: string };
    /** The EHR names somebody by an id that we cannot ask for; `field` says where. */
    'unusable-id': { tenant: string; field: string };
    'id-token-invalid': { tenant: string; problem: string };
    /** Who signed in is not whom the launch is for. */
    'foreign-user': { tenant: string; problem: string };
    'session-expired': { problem: string };
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
