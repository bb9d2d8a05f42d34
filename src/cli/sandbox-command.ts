import { type Config, readConfig } from '../config/read-config.ts';
import { simulatedVendors } from '../config/sandbox-tenants.ts';
import { startSandboxProcess } from '../start/sandbox-process.ts';
import type { Command } from './command.ts';
import { parseOptions } from './parse-options.ts';
import { UsageError } from './usage-error.ts';

export const sandboxCommand: Command = {
  name: 'sandbox',
  summary: 'start the sandbox EHR alone, or the whole product against a simulated vendor',
  help: [
    'usage: intersession sandbox [--json]',
    '       intersession sandbox --vendor V [--json]',
    '',
    'Starts the sandbox EHR on PORT+1 with its data in DATA_DIR/sandbox, and waits; `intersession start` then uses it.',
    'With --vendor it starts the service as well, with one tenant, sandbox-V, on a sandbox EHR that takes what that',
    'vendor’s EHR takes and refuses what it refuses.',
    'Ends on SIGINT or SIGTERM.',
    '',
    `  --vendor V   ${[...simulatedVendors.keys()].join(', ')}`,
  ].join('\n'),
  async run(argv) {
    const { values } = parseOptions(argv, { vendor: { type: 'string' } });
    const { vendor } = values;
    if (vendor !== undefined && !simulatedVendors.has(vendor)) {
      const known = [...simulatedVendors.keys()].join(', ');
      throw new UsageError(`--vendor: no simulator of "${vendor}"; there are ${known}`);
    }
    const config = readConfig({ ...process.env, TENANTS_FILE: undefined }, { vendor });
    return vendor === undefined ? sandboxAlone(config, values.json) : wholeProduct(config, values.json);
  },
};

async function wholeProduct(config: Config, json: boolean): Promise<number> {
  const { runService } = await import('../start/run-service.ts');
  await runService(config, { json });
  return 0;
}

async function sandboxAlone(config: Config, json: boolean): Promise<number> {
  const { host, port } = config.sandbox ?? { host: '127.0.0.1', port: config.port + 1 };
  const sandbox = await startSandboxProcess({ host, port, dataDir: config.dataDir, serviceUrl: config.publicUrl });
  const words = `Sandbox EHR at ${sandbox.url}${sandbox.reused ? ' (it was running already)' : ''}`;
  console.log(json ? JSON.stringify({ url: sandbox.url, reused: sandbox.reused }) : words);
  if (sandbox.reused) return 0;
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await sandbox.stop();
  return 0;
}
