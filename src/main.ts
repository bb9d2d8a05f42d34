import { readConfig } from './config/read-config.ts';
import { refuseArguments } from './start/refuse-arguments.ts';
import { runOrSayWhyNot } from './start/run-service.ts';

await runOrSayWhyNot(() => {
  refuseArguments(process.argv.slice(2));
  return readConfig(process.env);
});
