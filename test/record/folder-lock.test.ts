import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../src/record/database/folder-lock.ts';
import { openDatabase } from '../../src/record/database/open-database.ts';

const holder = fileURLToPath(new URL('./hold-folder.ts', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'intersession-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the lock on the data folder', () => {
  it('refuses a second process by name, at once, and is free again after kill -9', { timeout: 30_000 }, async () => {
    const child = spawn(process.execPath, [holder, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [line] = await once(child.stdout, 'data');
      expect(String(line)).toBe('held\n');
      await expect(openDatabase({ folder })).rejects.toMatchObject({ code: 'folder-locked', fields: { folder } });
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const database = await openDatabase({ folder });
    expect((await database.query('select * from held')).rows).toEqual([]);
    await database.close();
  });

  it('is held by the process, whatever opens it, until it is released', () => {
    const lock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrowError(expect.objectContaining({ code: 'folder-locked' }));
    lock.release();
    lockFolder(folder).release();
  });

  it('is given back when the database is closed, so that it can be opened again with what it holds', {
    timeout: 30_000,
  }, async () => {
    const first = await openDatabase({ folder });
    await first.query('create table kept as select 7 as seven');
    await first.close();
    const second = await openDatabase({ folder });
    expect((await second.query('select seven from kept')).rows).toEqual([{ seven: 7 }]);
    await second.close();
  });
});
