/**
 * What can go wrong, by code, with the fields that each names. Every room adds its own in its `errors.ts`, by declaration
 * merging: here stand only the codes that every room raises. A code is stable; fields name things, never people or their words.
 *
 * @see https://www.typescriptlang.org/docs/handbook/declaration-merging.html
 */
export interface ErrorFields {
  /** A body, query or command that doesn't fit its shape: each issue names its field. */
  'invalid-request': { issues: readonly { path: string; problem: string }[] };
  'configuration-invalid': { issues: readonly { variable: string; problem: string }[] };
}

export type ErrorCode = keyof ErrorFields;

/** An error with a stable code and typed fields; which status a code has at our doors is said in `src/http/error-status.ts`. */
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

/** Narrows to one code: `if (hasCode(error, 'illegal-move')) error.fields.event`. */
export function hasCode<C extends ErrorCode>(error: unknown, code: C): error is IntersessionError<C> {
  return error instanceof IntersessionError && error.code === code;
}
