import { type Logger, pino } from 'pino';
import type { Config } from './config/read-config.ts';

/**
 * JSON lines on standard output: ids, codes and counts, never bodies, names, tokens or answers.
 * What is redacted here is the second line of defence; the first is that nobody hands such things to the logger.
 */
export function createLogger(level: Config['logLevel']): Logger {
  return pino({
    level,
    base: null,
    redact: {
      paths: ['req.headers', 'body', '*.body', 'resource', '*.resource', 'headers', '*.headers'],
      remove: true,
    },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}

export type { Logger };
