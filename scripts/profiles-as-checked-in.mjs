// The generated profiles are part of the source: what SUSHI just built must be what is checked in.
import { spawnSync } from 'node:child_process';

const { status, stdout, stderr } = spawnSync('git', ['status', '--porcelain', '--', 'profiles'], { encoding: 'utf8' });
if (status !== 0) {
  console.error(stderr.trim());
  process.exit(1);
}
if (stdout !== '') {
  console.error(`profiles/ differs from what is checked in; commit what "npm run profiles" made:\n${stdout}`);
  process.exit(1);
}
