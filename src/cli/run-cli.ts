import { IntersessionError } from '../foundation/intersession-error.ts';
import { CallFailed } from './backend-client.ts';
import { Unreachable } from './call-server.ts';
import { commands } from './commands.ts';
import { UsageError } from './usage-error.ts';

/**
 * Runs one command line: what it answers goes to standard output, what is wrong to standard error.
 * @param words those after the program's name
 * @returns the exit code: 0 done, 1 it could not be done, 2 the words fit no command
 */
export async function runCli(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(usage());
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((command) => command.name === name);
  if (command === undefined) {
    console.error(oneLine(`intersession: there is no command "${name}"; the list: intersession --help`));
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(command.help);
    return 0;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(
        oneLine(`intersession ${command.name}: ${error.message} (how it is used: intersession ${command.name} --help)`),
      );
      return 2;
    }
    const ours = error instanceof IntersessionError || error instanceof CallFailed || error instanceof Unreachable;
    console.error(ours ? `intersession ${command.name}: ${error.message}` : error);
    return 1;
  }
}

/** What is wrong is the last that is said, and one line: it is what a person sees first, and what a script keeps. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function usage(): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    'usage: intersession COMMAND [options]',
    '',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    'Every command takes --help and --json.',
  ].join('\n');
}
