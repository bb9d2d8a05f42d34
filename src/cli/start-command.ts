import type { Command } from './command.ts';
import { parseOptions } from './parse-options.ts';

export const startCommand: Command = {
  name: 'start',
  summary: 'start the service (and, without TENANTS_FILE, the sandbox EHR)',
  help: [
    'usage: intersession start [--json]',
    '',
    'Starts the service; configuration comes from the environment (see README, "Configuration").',
    'Ends on SIGINT or SIGTERM.',
  ].join('\n'),
  async run(argv) {
    parseOptions(argv, {});
    await import('../main.ts');
    return 0;
  },
};
