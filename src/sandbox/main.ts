import { pino } from 'pino';
import { parseFlags, type SandboxOptions, usage } from './parse-flags.ts';

// the process that started us may die and close our pipes: the record goes on without them
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

let options: SandboxOptions | undefined;
try {
  options = parseFlags(process.argv.slice(2));
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
if (options === undefined) {
  process.stdout.write(usage);
  process.exit(0);
}

try {
  // loaded only now, so that --help and a wrong flag are answered at once
  const { startSandbox } = await import('./start-sandbox.ts');
  const log = pino({ level: process.env.LOG_LEVEL ?? 'info', base: { process: 'sandbox' } });
  const sandbox = await startSandbox(options, log);
  log.info({ url: sandbox.url, authUrl: sandbox.authUrl }, 'sandbox EHR is ready');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      sandbox.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const busy = error instanceof Error && 'port' in error ? error.port : options.port;
  if (code === 'EADDRINUSE') fail(`port ${busy} on ${options.host} is busy`);
  if (code === 'EACCES') fail(`no permission for ${options.dataDir} or port ${options.port}`);
  // SQLITE_BUSY: the database is held by the process that works on it
  const held = error instanceof Error && 'errcode' in error && error.errcode === 5;
  if (held) fail(`another process works on ${options.dataDir}`);
  fail(error instanceof Error ? error.message : String(error));
}

function fail(reason: string): never {
  process.stderr.write(`sandbox: ${reason.split('\n')[0]}\n`);
  process.exit(1);
}
