import { CallFailed } from './cli/backend-client.ts';
import { Unreachable } from './cli/call-server.ts';
import { commands } from './cli/commands.ts';
import { UsageError } from './cli/usage-error.ts';
import { IntersessionError } from './homework/errors.ts';

const [name, ...rest] = process.argv.slice(2);

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

if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
  console.log(usage());
  process.exit(name === undefined ? 2 : 0);
}
const command = commands.find((command) => command.name === name);
if (command === undefined) {
  console.error(`intersession: there is no command "${name}"\n\n${usage()}`);
  process.exit(2);
}
if (rest.includes('--help') || rest.includes('-h')) {
  console.log(command.help);
  process.exit(0);
}
try {
  process.exitCode = await command.run(rest);
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`intersession ${command.name}: ${error.message}\n\n${command.help}`);
    process.exitCode = 2;
  } else {
    const ours = error instanceof IntersessionError || error instanceof CallFailed || error instanceof Unreachable;
    console.error(ours ? `intersession ${command.name}: ${error.message}` : error);
    process.exitCode = 1;
  }
}
