// The real service with one difference: it kills itself, as `kill -9` would, the n-th time it reaches a named point.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { readConfig } from '../../src/config/read-config.ts';
import { createLogger } from '../../src/logger.ts';
import { start } from '../../src/start.ts';

const { FAULT_POINT, FAULT_HIT, FAULT_MARKER } = process.env;
let left = Number(FAULT_HIT ?? '1');

const config = readConfig(process.env);
// what was under way when it died settles sooner here than two minutes later: the sandbox EHR commits when it says so
const settleSeconds = Number(process.env.FAULT_SETTLE_SECONDS ?? '10');
const tenants = config.tenants.map((tenant) => ({ ...tenant, limits: { ...tenant.limits, settleSeconds } }));
await start(
  { ...config, tenants },
  {
    logger: createLogger(config.logLevel),
    reach(point) {
      if (point !== FAULT_POINT || --left !== 0) return;
      const marker = openSync(FAULT_MARKER ?? '', 'w');
      writeSync(marker, point);
      fsyncSync(marker);
      closeSync(marker);
      process.kill(process.pid, 'SIGKILL');
      for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
    },
  },
);
