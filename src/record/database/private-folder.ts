import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Whatever the group and others may do. */
const others = 0o077;

/**
 * Makes a folder that its owner alone can read and enter, or makes one that is there into such a one. Nobody else then
 * reaches what is in it, whatever each file says.
 * @throws Error EPERM when it is somebody else's
 */
export function privateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  tighten(folder);
}

/** As `privateFolder`, for everything that is in it, too: should it be copied or moved elsewhere, it is still private. */
export function privateContent(folder: string): void {
  privateFolder(folder);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) tighten(join(entry.parentPath, entry.name));
  }
}

/** Takes from a file or folder what the group and others may do. */
export function tighten(path: string): void {
  const { mode } = lstatSync(path);
  if ((mode & others) !== 0) chmodSync(path, mode & 0o700);
}
