import { readFileSync } from 'node:fs';

/** The Node that the code needs by package.json, as three numbers. */
export function neededNode() {
  const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return engines.node.replace(/^>=/, '').split('.').map(Number);
}

/** Whether a Node of this version (`22.19.0`) is what the code needs, or newer. */
export function nodeFits(version = process.versions.node, needed = neededNode()) {
  const has = version.split('.').map(Number);
  for (const [at, number] of needed.entries()) if (has[at] !== number) return has[at] > number;
  return true;
}
