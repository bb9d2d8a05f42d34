import { readConfig } from '../config/read-config.ts';
import { systemClock } from '../foundation/clock.ts';
import { migrate } from '../record/database/migrate.ts';
import { openStore } from '../start/open-store.ts';
import type { Command } from './command.ts';
import { parseOptions } from './parse-options.ts';

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'bring the database up to date and stop',
  help: [
    'usage: intersession migrate [--json]',
    '',
    'Applies the migrations that the database (DATABASE_URL, else the embedded one in DATA_DIR) lacks. The service does the',
    'same when it starts, so with the embedded database this is refused while the service runs, and needless.',
  ].join('\n'),
  async run(argv) {
    const { values } = parseOptions(argv, {});
    const database = await openStore(readConfig(process.env));
    try {
      const applied = await migrate(database, systemClock);
      if (values.json) console.log(JSON.stringify({ applied }));
      else console.log(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`);
    } finally {
      await database.close();
    }
    return 0;
  },
};
