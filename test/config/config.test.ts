import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read-config.ts';
import { vendorNames } from '../../src/ehr/vendors/registry.ts';
import { hasCode } from '../../src/foundation/intersession-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'intersession-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Stands for whatever must not be repeated. */
const secret = 'geheim-17';
const tenant = { id: 'clinic', name: 'Clinic', fhirBase: 'http://127.0.0.1:8080/fhir', auth: 'none' };

function tenantsFile(content: unknown): string {
  const file = join(folder, 'tenants.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** The variables and keys that are refused, with the problem of each; nothing may quote what was given. */
function refused(environment: Record<string, string>): Record<string, string> {
  try {
    readConfig(environment);
  } catch (error) {
    if (!hasCode(error, 'configuration-invalid')) throw error;
    expect(`${error.message} ${JSON.stringify(error.fields)}`).not.toContain(secret);
    for (const { variable } of error.fields.issues) expect(error.message).toContain(variable);
    return Object.fromEntries(error.fields.issues.map(({ variable, problem }) => [variable, problem]));
  }
  throw new Error('it was taken');
}
const refusedTenants = (content: unknown) => refused({ TENANTS_FILE: tenantsFile(content) });

describe('without anything set', () => {
  const config = readConfig({});

  it('is the service on 4000 of this machine, with the embedded database and the sandbox EHR beside it', () => {
    expect(config).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      dataDir: resolve('.data'),
      publicUrl: 'http://127.0.0.1:4000',
      logLevel: 'info',
      sandbox: { host: '127.0.0.1', port: 4001 },
    });
    expect(config.databaseUrl).toBeUndefined();
    expect(config.tenants.map(({ id, fhirBase, sandbox }) => ({ id, fhirBase, sandbox }))).toEqual([
      { id: 'sandbox', fhirBase: 'http://127.0.0.1:4001/fhir/native', sandbox: true },
      { id: 'sandbox-notes', fhirBase: 'http://127.0.0.1:4001/fhir/notes-only', sandbox: true },
    ]);
  });

  it('has one tenant when the sandbox EHR stands for a vendor', () => {
    const { tenants, sandbox } = readConfig({}, { vendor: 'epic' });
    expect(sandbox).toEqual({ host: '127.0.0.1', port: 4001, vendor: 'epic' });
    expect(tenants).toMatchObject([
      { id: 'sandbox-epic', vendor: 'epic', fhirBase: 'http://127.0.0.1:4001/fhir/epic', sandbox: true },
    ]);
  });

  it('can’t be changed afterwards', () => {
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('takes a variable that is set to nothing as not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', TENANTS_FILE: '' })).toEqual(config);
  });
});

describe('what is set', () => {
  it('counts: the sandbox EHR follows the port, others reach us by PUBLIC_URL', () => {
    const config = readConfig({
      PORT: '5000',
      HOST: '0.0.0.0',
      DATA_DIR: '/var/lib/homework',
      PUBLIC_URL: 'https://homework.example/',
      DATABASE_URL: 'postgresql://db.example/homework',
      LOG_LEVEL: 'trace',
      TENANTS_FILE: tenantsFile([tenant]),
    });
    expect(config).toMatchObject({
      port: 5000,
      host: '0.0.0.0',
      dataDir: '/var/lib/homework',
      publicUrl: 'https://homework.example',
      databaseUrl: 'postgresql://db.example/homework',
      logLevel: 'trace',
    });
    expect(readConfig({ PORT: '5000' }).sandbox?.port).toBe(5001);
    const TENANTS_FILE = tenantsFile([tenant]);
    expect(readConfig({ HOST: '0.0.0.0', TENANTS_FILE }).publicUrl).toBe('http://127.0.0.1:4000');
    expect(readConfig({ HOST: '::', TENANTS_FILE }).publicUrl).toBe('http://127.0.0.1:4000');
    expect(readConfig({ HOST: '::1' }).publicUrl).toBe('http://[::1]:4000');
  });

  it.each([
    ['PORT', secret],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', '65536'],
    // the sandbox EHR and its authorization server need the two ports after it
    ['PORT', '65534'],
    ['PORT', '0'],
    ['DATABASE_URL', `mysql://${secret}@db.example/x`],
    ['PUBLIC_URL', secret],
    ['LOG_LEVEL', secret],
  ])('%s=%s is refused by its name', (variable, value) => {
    expect(Object.keys(refused({ [variable]: value }))).toEqual([variable]);
  });

  it('names everything that is wrong at once', () => {
    expect(Object.keys(refused({ PORT: secret, LOG_LEVEL: secret, PUBLIC_URL: secret })).sort()).toEqual([
      'LOG_LEVEL',
      'PORT',
      'PUBLIC_URL',
    ]);
  });
});

describe('TENANTS_FILE', () => {
  it('takes the place of the sandbox; no tenant in it is one, so none has a clock to set', () => {
    const config = readConfig({ TENANTS_FILE: tenantsFile([tenant]), PORT: '0' });
    expect(config.sandbox).toBeUndefined();
    expect(config.tenants).toMatchObject([
      {
        ...tenant,
        vendor: 'generic',
        timeZone: 'UTC',
        language: 'en-US',
        encounterRule: 'latest-open',
        weekBegins: 'mon',
        sandbox: false,
      },
    ]);
    expect(refusedTenants([{ ...tenant, sandbox: true }])).toEqual({ 'TENANTS_FILE[0]': 'unknown key "sandbox"' });
  });

  it.each([
    [{ name: ' \u00a0' }, 'TENANTS_FILE[0].name'],
    [{ name: 'Clinic\u000bNorth' }, 'TENANTS_FILE[0].name'],
    [{ safetyRoute: { name: 'On-call\u0000' } }, 'TENANTS_FILE[0].safetyRoute.name'],
    [
      { observationRows: { suds: { system: 'urn:x', code: '1', display: 'cut \ud83d' } } },
      'TENANTS_FILE[0].observationRows.suds.display',
    ],
  ])('is refused by the key of a text that no chart could hold: %j', (change, key) => {
    expect(Object.keys(refusedTenants([{ ...tenant, ...change }]))).toEqual([key]);
  });

  const es384 = { kty: 'EC', crv: 'P-384', x: 'x', y: 'y' };
  const product = { clientId: 'product', jwks: { keys: [es384] }, scopes: 'system/Task.rs system/*.read' };
  it.each<[object, string]>([
    [{ roster: 'everyone' }, 'roster'],
    [{ roster: 'Patient/17' }, 'roster'],
    [{ roster: 'Group/' }, 'roster'],
    [{ roles: [{ role: 'clinician' }] }, 'roles[0]'],
    [{ roles: [{ fhirUser: '', role: 'clinician' }] }, 'roles[0].fhirUser'],
    [{ roles: [{ fhirUser: 'Practitioner/*-north', role: 'clinician' }] }, 'roles[0].fhirUser'],
    [{ roles: [{ fhirUser: 'Patient/*', role: 'coordinator' }] }, 'roles[0].fhirUser'],
    [{ roles: [{ fhirUser: 'Practitioner/7', role: 'patient' }] }, 'roles[0].role'],
    [{ sources: [{ ...product, scopes: 'all of it' }] }, 'sources[0].scopes'],
    [{ sources: [{ ...product, scopes: 'user/*.cruds' }] }, 'sources[0].scopes'],
    [{ sources: [{ ...product, scopes: 'system/Task.rs patient/Task.rs' }] }, 'sources[0].scopes'],
    [{ sources: [{ ...product, scopes: 'system/Task.sr' }] }, 'sources[0].scopes'],
    [{ sources: [{ ...product, scopes: 'system/Task.' }] }, 'sources[0].scopes'],
    [{ sources: [{ ...product, scopes: '  ' }] }, 'sources[0].scopes'],
    [{ sources: [{ ...product, clientId: ' ' }] }, 'sources[0].clientId'],
    [{ sources: [product, { ...product, clientId: 'product ' }] }, 'sources[1].clientId'],
    [{ sources: [{ ...product, jwks: { keys: [{}] } }] }, 'sources[0].jwks.keys[0]'],
    [{ sources: [{ ...product, jwks: { keys: [es384, { kty: 'OKP', crv: 'Ed25519' }] } }] }, 'sources[0].jwks.keys[1]'],
  ])('is refused by the key of what would open nothing, or nobody could use: %j', (change, key) => {
    expect(Object.keys(refusedTenants([{ ...tenant, ...change }]))).toEqual([`TENANTS_FILE[0].${key}`]);
    const taken = { ...tenant, roster: 'Group/17', sources: [product], roles: [{ fhirUser: '*', role: 'clinician' }] };
    expect(readConfig({ TENANTS_FILE: tenantsFile([taken]) }).tenants).toHaveLength(1);
  });

  it('keeps what a site decided: landings, rows and whom people call', () => {
    const site = {
      vendor: 'epic',
      encounterRule: 'ask',
      weekBegins: 'sun',
      landings: { log: { landing: 'note', because: 'the committee wants it so' } },
      observationRows: { 'suds-peak': { system: 'urn:oid:1.2.3', code: '17', display: 'SUDS peak' } },
      safetyRoute: { name: 'On-call therapist', phone: '555-0100' },
    };
    expect(readConfig({ TENANTS_FILE: tenantsFile([{ ...tenant, ...site }]) }).tenants[0]).toMatchObject(site);
    const [plain] = readConfig({ TENANTS_FILE: tenantsFile([tenant]) }).tenants;
    expect(plain).toMatchObject({ landings: {}, observationRows: {} });
    expect(plain?.safetyRoute).toBeUndefined();
  });

  it('takes a base with a slash at its end as the same', () => {
    const config = readConfig({ TENANTS_FILE: tenantsFile([{ ...tenant, fhirBase: `${tenant.fhirBase}/` }]) });
    expect(config.tenants[0]?.fhirBase).toBe(tenant.fhirBase);
  });

  it.each([
    ['is not there', { TENANTS_FILE: join(folder, 'no-such-file.json') }, 'the file cannot be read'],
    ['is a folder', { TENANTS_FILE: folder }, 'the file cannot be read'],
  ])('%s', (_situation, environment, problem) => {
    expect(refused(environment)).toEqual({ TENANTS_FILE: problem });
  });

  it.each([
    ['is not JSON', `[{"id": "${secret}"`, { TENANTS_FILE: 'the file is not valid JSON' }],
    ['is not a list', { clinic: secret }, { TENANTS_FILE: 'must be array' }],
    ['is empty', [], { TENANTS_FILE: 'must be at least 1' }],
    ['has an unknown key', [{ ...tenant, colour: secret }], { 'TENANTS_FILE[0]': 'unknown key "colour"' }],
    [
      'has an unknown key deep inside',
      [{ ...tenant, limits: { perSecond: 17 } }],
      { 'TENANTS_FILE[0].limits': 'unknown key "perSecond"' },
    ],
    [
      'lacks a key',
      [{ id: 'clinic', fhirBase: tenant.fhirBase, auth: 'none' }],
      { 'TENANTS_FILE[0].name': 'must be string' },
    ],
    [
      'has a base that is no URL',
      [tenant, { ...tenant, id: 'b', fhirBase: secret }],
      { 'TENANTS_FILE[1].fhirBase': expect.any(String) },
    ],
    [
      'has an unknown way to authorize',
      [{ ...tenant, auth: secret }],
      { 'TENANTS_FILE[0].auth': 'must be one of smart, none' },
    ],
    [
      'has auth "smart" and no client id',
      [{ ...tenant, auth: 'smart' }],
      { 'TENANTS_FILE[0].systemClientId': 'needed for auth "smart"' },
    ],
    [
      'has a vendor that we know nothing of',
      [{ ...tenant, vendor: secret }],
      {
        'TENANTS_FILE[0].vendor': `must be one of ${vendorNames.join(', ')}`,
      },
    ],
    [
      'sets a landing of what is no artefact',
      [{ ...tenant, landings: { diary: { landing: 'note', because: 'so' } } }],
      { 'TENANTS_FILE[0].landings': 'unknown key "diary"' },
    ],
    [
      'sets a landing that there is not',
      [{ ...tenant, landings: { log: { landing: secret, because: 'so' } } }],
      {
        'TENANTS_FILE[0].landings.log.landing':
          'must be one of native, questionnaire-response, observation, note, communication, app-only',
      },
    ],
    [
      'sets a landing without a reason',
      [{ ...tenant, landings: { log: { landing: 'note' } } }],
      { 'TENANTS_FILE[0].landings.log.because': 'must be string' },
    ],
    [
      'sets a landing for an empty reason',
      [{ ...tenant, landings: { log: { landing: 'note', because: '' } } }],
      { 'TENANTS_FILE[0].landings.log.because': 'must be at least 1' },
    ],
    [
      'has a row without its code',
      [{ ...tenant, observationRows: { 'suds-peak': { system: 'urn:oid:1.2.3' } } }],
      { 'TENANTS_FILE[0].observationRows.suds-peak.code': 'must be string' },
    ],
    [
      'has a safety route that names nobody',
      [{ ...tenant, safetyRoute: { phone: secret } }],
      { 'TENANTS_FILE[0].safetyRoute.name': 'must be string' },
    ],
    [
      'has a safety route with an unknown key',
      [{ ...tenant, safetyRoute: { name: 'On call', pager: secret } }],
      { 'TENANTS_FILE[0].safetyRoute': 'unknown key "pager"' },
    ],
    [
      'has an encounter rule that there is not',
      [{ ...tenant, encounterRule: secret }],
      { 'TENANTS_FILE[0].encounterRule': 'must be one of latest-open, next-opened, ask' },
    ],
    [
      'begins its week on a day that there is not',
      [{ ...tenant, weekBegins: secret }],
      { 'TENANTS_FILE[0].weekBegins': 'must be one of mon, tue, wed, thu, fri, sat, sun' },
    ],
    [
      'has a zone that does not exist',
      [{ ...tenant, timeZone: `Mars/${secret}` }],
      { 'TENANTS_FILE[0].timeZone': 'not an IANA time zone' },
    ],
    [
      'has a source whose keys are none',
      [{ ...tenant, sources: [{ clientId: secret, jwks: { keys: secret }, scopes: 'system/*.rs' }] }],
      { 'TENANTS_FILE[0].sources[0].jwks.keys': 'must be array' },
    ],
    ['has one id twice', [tenant, { ...tenant, name: secret }], { TENANTS_FILE: 'two tenants have the id "clinic"' }],
  ])('%s', (_situation, content, problems) => {
    expect(refusedTenants(content)).toEqual(problems);
  });

  it.each([
    'http://fhir.clinic.example/r4',
    'https://10.0.0.7/fhir',
    'http://127.0.0.1.evil.example/fhir',
    'http://localhost.evil.example/',
  ])('refuses auth "none" for %s, which is not on this machine', (fhirBase) => {
    expect(refusedTenants([{ ...tenant, fhirBase }])).toEqual({
      'TENANTS_FILE[0].auth': '"none" is only for a FHIR server on this machine',
    });
  });

  it.each([
    ['https://EHR.example:443/Fhir/R4/', 'https://ehr.example/Fhir/R4'],
    ['HTTPS://ehr.example/fhir//', 'https://ehr.example/fhir'],
    ['https://ehr.example/a/../fhir', 'https://ehr.example/a/../fhir'],
  ])('spells the base %s in one way', (given, fhirBase) => {
    const entry = { ...tenant, auth: 'smart', systemClientId: 'x', fhirBase: given };
    expect(readConfig({ TENANTS_FILE: tenantsFile([entry]) }).tenants[0]?.fhirBase).toBe(fhirBase);
  });

  describe('whose patients can sign in', () => {
    const people = { ...tenant, clientId: 'app' };
    const crisisLine = { label: 'Telefonseelsorge', phone: '0800 1110111' };

    it('must name its crisis line, by the name of the key', () => {
      expect(refusedTenants([tenant, { ...people, id: 'other' }])).toEqual({
        'TENANTS_FILE[1].crisisLine':
          'needed with clientId: patients can sign in, and must be shown whom to call where they live',
      });
    });

    it.each<[string, object, string]>([
      ['no number', { ...crisisLine, phone: 'call us' }, 'phone'],
      ['an empty number', { ...crisisLine, phone: '' }, 'phone'],
      ['no words', { ...crisisLine, label: '  ' }, 'label'],
    ])('must name one that can be called: %s', (_what, line, key) => {
      expect(Object.keys(refusedTenants([{ ...people, crisisLine: line }]))).toEqual([
        `TENANTS_FILE[0].crisisLine.${key}`,
      ]);
    });

    it('is taken with one, and without people none is needed or made up', () => {
      expect(readConfig({ TENANTS_FILE: tenantsFile([{ ...people, crisisLine }]) }).tenants[0]?.crisisLine).toEqual(
        crisisLine,
      );
      expect(readConfig({ TENANTS_FILE: tenantsFile([tenant]) }).tenants[0]?.crisisLine).toBeUndefined();
    });
  });

  it.each(['http://localhost:8080/fhir', 'http://127.8.9.10/fhir', 'http://[::1]:8080/fhir'])(
    'takes auth "none" for %s',
    (fhirBase) => {
      expect(readConfig({ TENANTS_FILE: tenantsFile([{ ...tenant, fhirBase }]) }).tenants[0]?.fhirBase).toBe(fhirBase);
    },
  );
});

describe('what should not start', () => {
  const smart = { ...tenant, auth: 'smart', systemClientId: 'x', fhirBase: 'https://ehr.example/fhir' };
  const jwks = { keys: [{ kty: 'EC', crv: 'P-384', kid: 'a' }] };
  const source = { clientId: 'product', jwks, scopes: 'system/*.rs' };

  it.each(['0.0.0.0', '192.0.2.7', '::', 'homework.example', '127.0.0.1.evil.example'])(
    'HOST=%s without TENANTS_FILE: the demo tenants and their open clock stay on this machine',
    (HOST) => {
      expect(refused({ HOST, PUBLIC_URL: 'https://homework.example' })).toEqual({
        HOST: expect.stringContaining('without TENANTS_FILE'),
      });
    },
  );

  it.each(['127.0.0.1', 'localhost', '::1', '127.0.0.2'])('HOST=%s is this machine', (HOST) => {
    expect(readConfig({ HOST }).host).toBe(HOST);
  });

  it('a HOST beyond this machine whose own address would be http:', () => {
    const TENANTS_FILE = tenantsFile([tenant]);
    expect(Object.keys(refused({ HOST: '192.0.2.7', TENANTS_FILE }))).toEqual(['PUBLIC_URL']);
    const config = readConfig({ HOST: '192.0.2.7', TENANTS_FILE, PUBLIC_URL: 'https://homework.example' });
    expect(config.publicUrl).toBe('https://homework.example');
  });

  const unfit = [
    `http://${secret}.example/fhir`,
    `http://10.0.0.7/${secret}`,
    `http://127.0.0.1.${secret}.example/`,
    `file:///etc/${secret}`,
    `ftp://${secret}.example/fhir`,
    `data:text/plain,${secret}`,
    `javascript:${secret}`,
    `https://user:${secret}@ehr.example/fhir`,
    `https://${secret}@ehr.example/fhir`,
    `http://${secret}@127.0.0.1/fhir`,
  ];

  it.each(unfit)('the address %s, by the name of its variable or key', (address) => {
    expect(Object.keys(refused({ PUBLIC_URL: address }))).toEqual(['PUBLIC_URL']);
    expect(Object.keys(refusedTenants([{ ...smart, fhirBase: address }]))).toEqual(['TENANTS_FILE[0].fhirBase']);
    expect(Object.keys(refusedTenants([{ ...smart, issuer: address }]))).toEqual(['TENANTS_FILE[0].issuer']);
    const sources = [{ clientId: 'product', jwksUri: address, scopes: 'system/*.rs' }];
    expect(Object.keys(refusedTenants([{ ...smart, sources }]))).toEqual(['TENANTS_FILE[0].sources[0].jwksUri']);
  });

  it.each(['https://ehr.example/fhir?tenant=7', 'https://ehr.example/fhir#top'])('the base %s', (address) => {
    expect(Object.keys(refusedTenants([{ ...smart, fhirBase: address }]))).toEqual(['TENANTS_FILE[0].fhirBase']);
    expect(Object.keys(refused({ PUBLIC_URL: address }))).toEqual(['PUBLIC_URL']);
  });

  it.each(['http://localhost:8080/fhir', 'http://127.0.0.2/x', 'http://[::1]:1/', 'https://ehr.example:8443/a/b'])(
    'but %s is taken everywhere',
    (address) => {
      const sources = [{ clientId: 'product', jwksUri: address, scopes: 'system/*.rs' }];
      const TENANTS_FILE = tenantsFile([{ ...smart, fhirBase: address, issuer: address, sources }]);
      expect(readConfig({ TENANTS_FILE, PUBLIC_URL: address }).tenants).toHaveLength(1);
    },
  );

  it('the key keyFile, which nothing reads, and a secret’s file that nothing would read', () => {
    expect(refusedTenants([{ ...smart, keyFile: secret }])).toEqual({ 'TENANTS_FILE[0]': 'unknown key "keyFile"' });
    expect(Object.keys(refusedTenants([{ ...smart, appClientSecretFile: secret }]))).toEqual([
      'TENANTS_FILE[0].appClientSecretFile',
    ]);
  });

  it.each<[string, object[], string[]]>([
    ['a source without keys', [{ clientId: secret, scopes: 'system/*.rs' }], ['sources[0]']],
    ['a source with both kinds of keys', [{ ...source, jwksUri: 'https://a.example/jwks' }], ['sources[0]']],
    ['no keys in its set', [{ ...source, jwks: { keys: [] } }], ['sources[0].jwks.keys']],
    ['a private key', [{ ...source, jwks: { keys: [{ kty: 'EC', d: secret }] } }], ['sources[0].jwks.keys[0]']],
    ['a shared key', [{ ...source, jwks: { keys: [{ kty: 'oct', k: secret }] } }], ['sources[0].jwks.keys[0]']],
    ['two sources with one client id', [source, { ...source, jwks }], ['sources[1].clientId']],
    [
      'one client id for the first and the third',
      [source, { ...source, clientId: 'b' }, { ...source, scopes: 'system/Task.rs' }],
      ['sources[2].clientId'],
    ],
  ])('%s', (_what, sources, keys) => {
    expect(Object.keys(refusedTenants([{ ...smart, sources }]))).toEqual(keys.map((key) => `TENANTS_FILE[0].${key}`));
  });

  it('takes one client id in two tenants: each has its own token endpoint, which the assertion names', () => {
    const TENANTS_FILE = tenantsFile([
      { ...smart, sources: [source] },
      { ...smart, id: 'other', sources: [source] },
    ]);
    expect(readConfig({ TENANTS_FILE }).tenants).toHaveLength(2);
  });

  it('two tenants that people would sign in to at one EHR, however it is spelled', () => {
    const crisisLine = { label: 'Line', phone: '112' };
    const people = { ...smart, clientId: 'app', crisisLine };
    const other = { ...people, id: 'other', fhirBase: 'https://EHR.example:443/fhir/' };
    expect(Object.keys(refusedTenants([people, other]))).toEqual(['TENANTS_FILE[1].fhirBase']);
    const TENANTS_FILE = tenantsFile([people, { ...smart, id: 'other' }]);
    expect(readConfig({ TENANTS_FILE }).tenants).toHaveLength(2);
  });

  it.each([secret, 'short', 'with a space in it, and long'])('METRICS_TOKEN=%s', (METRICS_TOKEN) => {
    expect(Object.keys(refused({ METRICS_TOKEN }))).toEqual(['METRICS_TOKEN']);
  });

  it('says who may read the metrics: who bears the token, else this machine where all of it is on this machine', () => {
    const TENANTS_FILE = tenantsFile([tenant]);
    const token = 'a-token-of-some-length';
    expect(readConfig({}).monitoring).toEqual({ thisMachine: true });
    expect(readConfig({ METRICS_TOKEN: token }).monitoring).toEqual({ token, thisMachine: true });
    expect(readConfig({ TENANTS_FILE, PUBLIC_URL: 'https://a.example' }).monitoring).toEqual({ thisMachine: false });
    expect(readConfig({ TENANTS_FILE, HOST: '0.0.0.0' }).monitoring).toEqual({ thisMachine: false });
  });
});

describe('a port to which fetch connects on no account', () => {
  it.each([
    ['4190', '4190'],
    ['6667', '6667'],
    ['10080', '10080'],
    // the sandbox EHR's
    ['4189', '4190'],
    ['4188', '4190'],
    ['2048', '2049'],
    ['5058', '5060'],
  ])('PORT=%s is refused by name, for %s', (port, barred) => {
    expect(refused({ PORT: port })).toEqual({ PORT: expect.stringContaining(`port ${barred}`) });
  });

  it('is no trouble where the sandbox does not run', () => {
    expect(readConfig({ PORT: '4189', TENANTS_FILE: tenantsFile([tenant]) }).port).toBe(4189);
    expect(refused({ PORT: '4190', TENANTS_FILE: tenantsFile([tenant]) })).toEqual({ PORT: expect.any(String) });
    expect(readConfig({ PORT: '0', TENANTS_FILE: tenantsFile([tenant]) }).port).toBe(0);
    expect(readConfig({ PORT: '4191' }).sandbox?.port).toBe(4192);
  });
});
