/** What keeps the service from starting, by code, beside what is wrong in its configuration. */
declare module '../foundation/intersession-error.ts' {
  interface ErrorFields {
    'port-busy': { port: number; host: string };
  }
}

export {};
