import { readConfig } from './config/read-config.ts';
import { refuseArguments } from './start/refuse-arguments.ts';
import { runOrSayWhyNot } from './start/run-service.ts';
import { checkStandsAlone } from './start/stands-alone.ts';

await runOrSayWhyNot(() => {
  refuseArguments(process.argv.slice(2));
  checkStandsAlone(process.env);
  return readConfig(process.env);
});
