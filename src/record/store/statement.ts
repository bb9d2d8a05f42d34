/** SQL in the making: text with `$n`, and the values they stand for. */
export interface Statement {
  readonly parameters: unknown[];
  /** Binds a value and answers its `$n`. */
  bind(value: unknown): string;
}

export function newStatement(): Statement {
  const parameters: unknown[] = [];
  return { parameters, bind: (value) => `$${parameters.push(value)}` };
}
