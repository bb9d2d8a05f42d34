import { describe, expect, it } from 'vitest';
import { neededNode, nodeFits } from '../../bin/node-that-fits.mjs';
import packageJson from '../../package.json' with { type: 'json' };
import packageLock from '../../package-lock.json' with { type: 'json' };
import { checkStandsAlone } from '../../src/start/stands-alone.ts';

describe('the service alone', () => {
  it.each([
    ['no TENANTS_FILE', {}, 'Configuration: TENANTS_FILE: names the EHRs, and is needed here'],
    ['an empty TENANTS_FILE', { TENANTS_FILE: '' }, 'Configuration: TENANTS_FILE: names the EHRs, and is needed here'],
    ['no app', { TENANTS_FILE: 'tenants.json' }, 'Configuration: dist/app: the app is not built; run "npm run build"'],
  ])('is refused with %s, by name', (_what, environment, problem) => {
    expect(() => checkStandsAlone(environment, false)).toThrow(problem);
  });

  it('starts with both', () => {
    expect(() => checkStandsAlone({ TENANTS_FILE: 'tenants.json' }, true)).not.toThrow();
  });
});

describe('the Node that package.json names', () => {
  it.each([
    ['22.19.0', true],
    ['22.18.0', false],
    ['22.20.1', true],
    ['24.0.0', true],
    ['20.19.5', false],
    ['23.0.0', true],
  ])('fits %s: %s', (version, fits) => {
    expect(nodeFits(version, [22, 19, 0])).toBe(fits);
  });

  it('is no older than any dependency of a production install needs', () => {
    const older = Object.entries(packageLock.packages as Record<string, Locked>)
      .filter(([name, { dev, optional }]) => name !== '' && !dev && !optional)
      .flatMap(([name, { engines }]) => {
        // the oldest of the versions that it takes
        const oldest = (engines?.node ?? '')
          .split('||')
          .map(leastOf)
          .filter((version) => version !== undefined);
        return oldest.length > 0 && !oldest.some((least) => nodeFits(packageJson.engines.node.slice(2), least))
          ? [`${name} needs ${engines?.node}`]
          : [];
      });
    expect(older).toEqual([]);
    expect(neededNode()).toEqual(packageJson.engines.node.replace('>=', '').split('.').map(Number));
  });
});

interface Locked {
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly engines?: { readonly node?: string };
}

/** `>=22.19.0`, `^20 `, `>= 18` → its three numbers. */
function leastOf(range: string): number[] | undefined {
  const [, major, minor = '0', patch = '0'] = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(range) ?? [];
  return major === undefined ? undefined : [major, minor, patch].map(Number);
}
