/** What the register of kinds refuses, by code. */
declare module '../foundation/intersession-error.ts' {
  interface ErrorFields {
    'unknown-kind': { kind: string; known: readonly string[]; field?: string };
  }
}

export {};
