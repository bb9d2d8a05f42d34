import { readConfig } from '../config/read-config.ts';
import type { Command } from './command.ts';
import { parseOptions } from './parse-options.ts';

export const startCommand: Command = {
  name: 'start',
  summary: 'start the service (and, without TENANTS_FILE, the sandbox EHR)',
  help: [
    'usage: intersession start [--json]',
    '',
    'Starts the service; configuration comes from the environment (see README, "Configuration").',
    'Ends on SIGINT or SIGTERM. With --json it says {url, sandboxUrl, problems} on one line when it is ready.',
  ].join('\n'),
  async run(argv) {
    const { values } = parseOptions(argv, {});
    const { runOrSayWhyNot } = await import('../start/run-service.ts');
    await runOrSayWhyNot(() => readConfig(process.env), { json: values.json });
    return 0;
  },
};
