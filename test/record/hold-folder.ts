import { openDatabase } from '../../src/record/database/open-database.ts';

// A second process on a data folder, for the test of its lock: opens the database there and stays.
const [folder = ''] = process.argv.slice(2);
const database = await openDatabase({ folder });
await database.query('create table held as select 7 as at');
process.stdout.write('held\n');
setInterval(() => {}, 60_000);
