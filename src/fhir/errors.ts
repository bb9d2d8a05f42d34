/** What the mapping refuses, by code. */
declare module '../foundation/intersession-error.ts' {
  interface ErrorFields {
    'invalid-answer': { issues: readonly { linkId: string; problem: string }[] };
  }
}

export {};
