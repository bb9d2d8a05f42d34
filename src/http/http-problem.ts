/** What only a door can say: about addresses, methods and representations, never about homework. */
const statuses = {
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'body-too-slow': 408,
  'uri-too-long': 414,
  internal: 500,
} as const;

export type HttpProblemCode = keyof typeof statuses;

/** An answer of the door itself; `allow` names the methods that would do. */
export class HttpProblem extends Error {
  readonly code: HttpProblemCode;
  readonly status: number;
  readonly allow: readonly string[];

  constructor(code: HttpProblemCode, message: string, allow: readonly string[] = []) {
    super(message);
    this.name = 'HttpProblem';
    this.code = code;
    this.status = statuses[code];
    this.allow = allow;
  }
}
