/** The properties of `T` that can be undefined are optional, and never undefined. */
export type Defined<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };

/**
 * The object without the properties that are undefined: what is not known is absent, in what we store and send.
 * @example `{ id, ...defined({ reason, occurrenceId }) }`
 */
export function defined<T extends object>(values: T): Defined<T>;
export function defined(values: Readonly<Record<string, unknown>>): object {
  // a loop, because this stands in what is done for every write
  const known: Record<string, unknown> = {};
  for (const name of Object.keys(values)) if (values[name] !== undefined) known[name] = values[name];
  return known;
}
