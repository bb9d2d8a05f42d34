import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awaitDelivery } from '../../src/cli/demo/await-delivery.ts';
import { serviceClient } from '../../src/cli/service-client.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { kindRegister } from '../../src/kinds/kind-register.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { currentOf } from '../kinds/current-of.ts';
import { measuredCheck } from '../kinds/kind-from-outside.ts';
import { preparedFolder } from '../start/prepared-folder.ts';
import { freePorts, type Launched, launch, patience, readyUrl, root } from '../start/run-process.ts';
import { compareKind } from './compare-kind.ts';
import { readHeld } from './held.ts';
import { simulatorAt } from './open-simulator.ts';
import { playKinds } from './play-kinds.ts';
import { Simulator } from './simulator.ts';

const { slug } = measuredCheck;
type Golden = Record<string, Record<string, { landing: string }>>;
const golden: Golden = JSON.parse(readFileSync(join(root, 'test/fixtures/ehr/golden-faces.json'), 'utf8'));

/** A copy of the product with one kind more: its folder, and its name in the list. */
function copyWithKind(): string {
  const copy = mkdtempSync(join(tmpdir(), 'intersession-another-kind-'));
  cpSync(join(root, 'src'), join(copy, 'src'), { recursive: true });
  for (const name of ['package.json', 'node_modules', 'profiles']) symlinkSync(join(root, name), join(copy, name));
  const folder = join(copy, 'src/kinds', slug);
  mkdirSync(join(folder, 'questionnaires'), { recursive: true });
  const form = 'test/fixtures/outside/questionnaire-of-a-prom.json';
  cpSync(join(root, form), join(folder, 'questionnaires/1.0.0.json'));
  const index = readFileSync(join(root, 'test/kinds/kind-from-outside.ts'), 'utf8')
    .replaceAll('../../src/kinds/', '../')
    .replace('../fixtures/outside/questionnaire-of-a-prom.json', './questionnaires/1.0.0.json');
  writeFileSync(join(folder, 'index.ts'), index);
  const registry = join(copy, 'src/kinds/registry.ts');
  const listed = readFileSync(registry, 'utf8')
    .replace(/\n\n/, `\nimport { measuredCheck } from './${slug}/index.ts';\n\n`)
    .replace('\n]);', '\n  measuredCheck,\n]);');
  writeFileSync(registry, listed);
  return copy;
}

/** Files of the copy that the product lacks, or has otherwise. */
function changedFiles(copy: string): readonly string[] {
  const files = readdirSync(join(copy, 'src'), { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name).slice(copy.length + 1));
  const text = (folder: string, path: string) => {
    try {
      return readFileSync(join(folder, path), 'utf8');
    } catch {
      return undefined;
    }
  };
  return paths.filter((path) => text(copy, path) !== text(root, path)).sort();
}

describe('a kind that the product did not have', () => {
  let copy: string;
  let dataDir: string;
  let environment: Record<string, string>;
  let service: Launched;
  let ehr: string;
  beforeAll(async () => {
    copy = copyWithKind();
    dataDir = await preparedFolder();
    const port = await freePorts();
    environment = { PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'silent' };
    service = launch('src/main.ts', [], environment, copy);
    await readyUrl(service);
    ehr = `http://127.0.0.1:${port + 1}`;
  }, patience);
  afterAll(async () => {
    await service?.stop();
    for (const folder of [copy, dataDir]) rmSync(folder, { recursive: true, force: true });
  });

  it('is a folder, and its name in the list', () => {
    expect(registeredKinds.kinds.map((kind) => kind.slug)).not.toContain(slug);
    expect(changedFiles(copy)).toEqual([
      'src/kinds/registry.ts',
      `src/kinds/${slug}/index.ts`,
      `src/kinds/${slug}/questionnaires/1.0.0.json`,
    ]);
    const lines = (folder: string) => readFileSync(join(folder, 'src/kinds/registry.ts'), 'utf8').split('\n');
    const before = lines(root);
    expect(lines(copy).filter((line) => !before.includes(line))).toEqual([
      `import { measuredCheck } from './${slug}/index.ts';`,
      '  measuredCheck,',
    ]);
  });

  it.each(Object.entries(golden))(
    'is assigned, logged, measured, told and filed as any other at %s',
    {
      timeout: patience,
    },
    async (face, column) => {
      const tenant = face === 'native' ? 'sandbox' : 'sandbox-notes';
      const api = serviceClient(readConfig(environment), { tenant });
      const versions = [...kindRegister([measuredCheck]).versions, currentOf('self-monitoring')];
      const { planId, logs } = await playKinds(api, { tenant, patientId: 'sarah', versions });
      const rows = await awaitDelivery(api, planId, patience / 2);
      const { url, authUrl } = await simulatorAt(ehr);
      const held = await readHeld(new Simulator({ url, authUrl, dataDir, vendor: face }));
      expect(logs.map((log) => [log.version.kind.slug, compareKind(log, held, rows, column)])).toEqual([
        [slug, []],
        ['self-monitoring', []],
      ]);
    },
  );
});
