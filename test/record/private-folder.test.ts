import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openDatabase } from '../../src/record/database/open-database.ts';
import { privateContent, privateFolder } from '../../src/record/database/private-folder.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'intersession-private-'));
  made.push(folder);
  return folder;
}
/** What the group or others may do something with. */
const open = (folder: string): string[] =>
  ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].filter((name) => {
    const entry = lstatSync(join(folder, name));
    return !entry.isSymbolicLink() && (entry.mode & 0o077) !== 0;
  });

it('the embedded database is readable by its owner only, while it is open and afterwards', async () => {
  const folder = join(newFolder(), 'data');
  const database = await openDatabase({ folder });
  expect(open(join(folder, 'record'))).toEqual([]);
  await database.query('create table diary (words text)');
  // what is made later lies behind the folder that only its owner may enter
  expect(lstatSync(join(folder, 'record')).mode & 0o777).toBe(0o700);
  await database.close();
  expect(open(folder)).toEqual([]);
}, 60_000);

it('a folder that was open to others before is closed to them', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'record'));
  chmodSync(join(folder, 'record'), 0o777);
  const database = await openDatabase({ folder });
  expect(open(join(folder, 'record'))).toEqual([]);
  await database.close();
  expect(lstatSync(join(folder, 'record.lock')).mode & 0o077).toBe(0);
}, 60_000);

it('takes from others only, keeps what the owner may, and leaves alone what a link leads to', () => {
  const [folder, elsewhere] = [newFolder(), newFolder()];
  writeFileSync(join(elsewhere, 'shared'), '');
  chmodSync(join(elsewhere, 'shared'), 0o644);
  mkdirSync(join(folder, 'a/b'), { recursive: true });
  writeFileSync(join(folder, 'a/b/c'), '');
  chmodSync(join(folder, 'a/b/c'), 0o444);
  symlinkSync(join(elsewhere, 'shared'), join(folder, 'link'));
  chmodSync(folder, 0o755);
  privateContent(folder);
  expect(open(folder)).toEqual([]);
  expect(lstatSync(join(folder, 'a/b/c')).mode & 0o777).toBe(0o400);
  expect(lstatSync(join(elsewhere, 'shared')).mode & 0o777).toBe(0o644);
});

it('makes what is not there', () => {
  const folder = join(newFolder(), 'x/y');
  privateFolder(folder);
  expect(lstatSync(folder).mode & 0o777).toBe(0o700);
});
