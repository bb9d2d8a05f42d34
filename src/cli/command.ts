/** One word of the command line. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly help: string;
  /** Runs it with the words after the command; resolves to the exit code. */
  run(argv: readonly string[]): Promise<number>;
}
