import { readConfig } from './config/read-config.ts';
import { runOrSayWhyNot } from './start/run-service.ts';

await runOrSayWhyNot(() => readConfig(process.env));
