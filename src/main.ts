import { readConfig } from './config/read-config.ts';
import { IntersessionError } from './homework/errors.ts';
import { runService } from './start/run-service.ts';

try {
  await runService(readConfig(process.env));
} catch (error) {
  // our own errors say all that a person needs; anything else is a defect and keeps its stack
  console.error(error instanceof IntersessionError ? `intersession: ${error.message}` : error);
  process.exit(1);
}
