import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { IntersessionError } from '../../src/foundation/intersession-error.ts';
import { whenDatabaseAnswers } from '../../src/start/outlive-database.ts';
import { run } from './run-process.ts';

const fixture = 'test/start/outlive-fixture.ts';

describe('a failure that reaches nobody', () => {
  it.each(['rejection 57P01', 'event ECONNRESET', 'event words', 'rejection database-unreachable'])(
    'does not end the process when it is the database’s: %s',
    async (failure) => {
      const { code, stdout, stderr } = await run(fixture, failure.split(' '));
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('a failure of the database reached nobody');
      expect(stdout).not.toContain('geheim');
      expect(stdout).toContain('still here');
    },
    60_000,
  );

  it.each(['rejection TypeError', 'event EPIPE'])(
    'ends it when it is any other: %s',
    async (failure) => {
      const { code, stdout } = await run(fixture, failure.split(' '));
      expect(code).toBe(1);
      expect(stdout).not.toContain('still here');
    },
    60_000,
  );
});

describe('a step of the start', () => {
  const silent = pino({ level: 'silent' });
  const away = () => new IntersessionError('database-unreachable', { retryAfterSeconds: 5 }, 'away');

  it('is done again when the database was away', async () => {
    let tries = 0;
    const step = async () => {
      tries += 1;
      if (tries < 2) throw away();
      return 'done';
    };
    expect(await whenDatabaseAnswers(step, silent)).toBe('done');
    expect(tries).toBe(2);
  });

  it('fails at once for anything else', async () => {
    let tries = 0;
    const step = async () => {
      tries += 1;
      throw new Error('edited after it was applied');
    };
    await expect(whenDatabaseAnswers(step, silent)).rejects.toThrow('edited');
    expect(tries).toBe(1);
  });
});
