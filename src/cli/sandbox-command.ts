import { readConfig } from '../config.ts';
import { startSandboxProcess } from '../start/sandbox-process.ts';
import type { Command } from './command.ts';
import { parseOptions } from './parse-options.ts';

export const sandboxCommand: Command = {
  name: 'sandbox',
  summary: 'start the sandbox EHR alone',
  help: [
    'usage: intersession sandbox [--json]',
    '',
    'Starts the sandbox EHR on PORT+1 with its data in DATA_DIR/sandbox, and waits; `intersession start` then uses it.',
    'Ends on SIGINT or SIGTERM.',
  ].join('\n'),
  async run(argv) {
    const { values } = parseOptions(argv, {});
    const config = readConfig({ ...process.env, TENANTS_FILE: undefined });
    const { host, port } = config.sandbox ?? { host: '127.0.0.1', port: config.port + 1 };
    const sandbox = await startSandboxProcess({ host, port, dataDir: config.dataDir, serviceUrl: config.publicUrl });
    const words = `Sandbox EHR at ${sandbox.url}${sandbox.reused ? ' (it was running already)' : ''}`;
    console.log(values.json ? JSON.stringify({ url: sandbox.url, reused: sandbox.reused }) : words);
    if (sandbox.reused) return 0;
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    });
    await sandbox.stop();
    return 0;
  },
};
