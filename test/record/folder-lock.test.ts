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
  it('refuses a second process by name, at once; is free after kill -9, and given back on closing', async () => {
    const child = spawn(process.execPath, [holder, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [line] = await once(child.stdout, 'data');
      expect(String(line)).toBe('held\n');
      await expect(openDatabase({ folder })).rejects.toMatchObject({ code: 'folder-locked', fields: { folder } });
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const first = await openDatabase({ folder });
    expect((await first.query('select at from held')).rows).toEqual([{ at: 7 }]);
    await expect(openDatabase({ folder })).rejects.toMatchObject({ code: 'folder-locked' });
    await first.close();
    const second = await openDatabase({ folder });
    await second.close();
  }, 60_000);

  it('is the process’s, whatever of it holds it, until it is released', () => {
    const lock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrowError(expect.objectContaining({ code: 'folder-locked' }));
    lock.release();
    lockFolder(folder).release();
  });
});
