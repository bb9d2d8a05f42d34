import { readConfig } from './config/read-config.ts';
import { runOrSayWhyNot } from './start/run-service.ts';
import { checkStandsAlone } from './start/stands-alone.ts';

await runOrSayWhyNot(() => {
  checkStandsAlone(process.env);
  return readConfig(process.env);
});
