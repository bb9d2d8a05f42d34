/** The words of a command line don't fit; the message names the option. */
export class UsageError extends Error {}
