/** What a source system is called by people, by its client id. */
export type SourceName = (clientId: string) => string;

/**
 * The words that stand beside a person whom a source system has named: `, as told by Homework product (demo)`. Empty for what
 * people did themselves, in the app.
 */
export function asToldBy({ via }: { readonly via?: string | undefined }, nameOf: SourceName = (id) => id): string {
  return via === undefined ? '' : `, as ${toldBy({ via }, nameOf)}`;
}

/** The same where nobody is named before it: `told by Homework product (demo)`. */
export function toldBy({ via }: { readonly via?: string | undefined }, nameOf: SourceName = (id) => id): string {
  return via === undefined ? '' : `told by ${nameOf(via).replace(/\s+/g, ' ').trim()}`;
}
