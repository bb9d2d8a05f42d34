import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const cache = join(root, '.cache/peers');
const script = join(import.meta.dirname, 'validator/run.sh');

/** The errors that the HL7 validator found in one file; none: the file is valid. */
export interface FileReport {
  file: string;
  errors: { location: string; messageId: string; message: string }[];
}

/**
 * `definitions`: directories or files of our conformance resources; `examples`: directories or files to validate; `refs`: every
 * literal reference must resolve among the files; `checkDefinitions`: validate the first of `definitions` itself too.
 */
export interface ValidateOptions {
  definitions: string[];
  examples: string[];
  refs?: boolean;
  checkDefinitions?: boolean;
}

/**
 * Validates files with HL7's own InstanceValidator, offline, in one JVM run. R4 core is on its class path; the definitions
 * of SDC, of the HL7 extensions pack and of the IANA time zones are always added, so that no error has to be tolerated.
 * @throws Error when Java or Maven is missing, or a definition cannot be read
 */
export async function validate(options: ValidateOptions): Promise<FileReport[]> {
  const work = mkdtempSync(join(tmpdir(), 'validator-'));
  try {
    const report = join(work, 'report.json');
    const environment: Record<string, string> = {};
    if (options.checkDefinitions) environment.FHIR_HOME = await fhirHome();
    const definitions = [...options.definitions.map((path) => resolve(path)), ...publishedDefinitions()];
    await run(
      [
        ...definitions.flatMap((directory) => ['--defs', directory]),
        ...(options.refs ? ['--refs'] : []),
        ...(options.checkDefinitions ? ['--check-defs'] : []),
        ...['--json', report],
        ...options.examples.map((path) => resolve(path)),
      ],
      [0, 1],
      environment,
    );
    return JSON.parse(readFileSync(report, 'utf8')) as FileReport[];
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** The errors of all files, one line each. */
export function failures(reports: FileReport[]): string[] {
  return reports.flatMap(({ file, errors }) =>
    errors.map(({ location, messageId, message }) => `${basename(file)} ${location} [${messageId}] ${message}`),
  );
}

/** Directories with the definitions of others that our profiles use, copied once per version into the cache. */
function publishedDefinitions(): string[] {
  const packages = ['hl7.fhir.uv.sdc', 'hl7.fhir.uv.extensions.r4'].map((name) => {
    const source = join(root, 'node_modules', name);
    const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { version: string };
    return cached(`${name}#${version}`, (directory) => {
      for (const file of readdirSync(source)) {
        if (/^(StructureDefinition|ValueSet|CodeSystem)-.*\.json$/.test(file))
          cpSync(join(source, file), join(directory, file));
      }
    });
  });
  return [...packages, cached(`iana-time-zones#${process.versions.tz}.1`, writeTimeZones)];
}

/** The `timezone` extension is bound to IANA's zones, which no FHIR package lists: take those that this Node knows. */
function writeTimeZones(directory: string): void {
  // IANA's name of today where Node lists the old one
  const zones = new Set(['UTC', 'Etc/UTC', 'Asia/Kolkata', ...Intl.supportedValuesOf('timeZone')]);
  const codeSystem = {
    resourceType: 'CodeSystem',
    id: 'iana-time-zones',
    url: 'https://www.iana.org/time-zones',
    name: 'IanaTimeZones',
    status: 'active',
    content: 'complete',
    concept: [...zones].map((code) => ({ code })),
  };
  writeFileSync(join(directory, 'CodeSystem-iana-time-zones.json'), JSON.stringify(codeSystem));
}

function cached(name: string, fill: (directory: string) => void): string {
  const directory = join(cache, 'defs', name);
  if (existsSync(directory)) return directory;
  const unfinished = `${directory}.${process.pid}.tmp`;
  mkdirSync(unfinished, { recursive: true });
  fill(unfinished);
  finish(unfinished, directory);
  return directory;
}

/** Makes an unfinished directory the one of that name, unless another process was faster: its copy is as good. */
function finish(unfinished: string, directory: string): void {
  try {
    renameSync(unfinished, directory);
  } catch (cause) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(directory)) throw cause;
  }
}

/** A home directory whose FHIR package cache holds R4 core: the validator reads it when it checks a StructureDefinition. */
async function fhirHome(): Promise<string> {
  const home = join(cache, 'fhir-home');
  if (existsSync(home)) return home;
  const unfinished = `${home}.${process.pid}.tmp`;
  mkdirSync(join(unfinished, '.fhir/packages'), { recursive: true });
  await run(['ExportR4Core', join(unfinished, '.fhir/packages')], [0]);
  finish(unfinished, home);
  return home;
}

function run(args: string[], accepted: number[], environment: Record<string, string> = {}): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(script, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output.push(text);
        if (output.length > 200) output.shift();
      });
    }
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('error', fail);
    child.once('close', (code) => {
      process.removeListener('exit', kill);
      if (code !== null && accepted.includes(code)) done();
      else fail(new Error(`validator ended with ${code}:\n${output.join('').slice(-4000)}`));
    });
  });
}
