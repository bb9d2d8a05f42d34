// A process with the service's last net under it, in which something fails that nobody waits for.
import { EventEmitter } from 'node:events';
import { IntersessionError } from '../../src/foundation/intersession-error.ts';
import { createLogger } from '../../src/logger.ts';
import { outliveDatabase } from '../../src/start/outlive-database.ts';

const [how, what = ''] = process.argv.slice(2);

function failure(): Error {
  if (what === 'database-unreachable') return new IntersessionError(what, { retryAfterSeconds: 5 }, 'geheim');
  if (what === 'words') return new Error('Connection terminated unexpectedly');
  if (what === 'TypeError') return new TypeError('geheim');
  return Object.assign(new Error('geheim'), { code: what });
}

outliveDatabase(createLogger('info'));
setImmediate(() => {
  setImmediate(() => setImmediate(() => console.log('still here')));
  if (how === 'rejection') void Promise.reject(failure());
  else new EventEmitter().emit('error', failure());
});
