import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Given, reads, within, writes } from './tenant-calls.ts';
import { withoutTenant } from './tenant-predicates.ts';
import { markOf, openTwoTenants, type TwoTenants } from './two-tenants.ts';

let house: TwoTenants;
/** What each read says while `north` is the only tenant that holds anything. */
const alone: Record<string, string> = {};
beforeAll(async () => {
  house = await openTwoTenants();
  for (const [name, read] of Object.entries(reads)) alone[name] = told(await read(given('north')), 'north');
  await house.makeTwin();
});
afterAll(() => house.close());

const given = (tenant: string): Given => ({ ...house.ids, record: house.record, store: house.store, tenant });

const untold = ['digest', 'hash', 'tokenHash', 'sealedText', 'launchId', 'expiresAt'];

/** An answer as text, without what tells tenants apart: their names, the ids that are made anew, and the order that these make. */
function told(answer: unknown, tenant: string): string {
  const shared = JSON.stringify(house.ids);
  const plain = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return value
        .replaceAll(markOf(tenant), 'MARK')
        .replaceAll(tenant, 'TENANT')
        .replaceAll(/(response\/[^/"]+\/)[\w-]+/g, '$1signature')
        .replaceAll(/\([0-9a-f]{8}[^)]*\)/g, '(short ids)')
        .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => (shared.includes(id) ? id : 'new'));
    }
    if (value instanceof Date || typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value) || value instanceof Map || value instanceof Set) {
      return [...value].map((item) => JSON.stringify(plain(item))).sort();
    }
    const entries = Object.entries(value).filter(([name]) => !untold.includes(name));
    return Object.fromEntries(
      entries.map(([name, inner]) => [name, plain(typeof inner === 'string' ? read(name, inner) : inner)]),
    );
  };
  return JSON.stringify(plain(answer) ?? null);
}

/** What a text stands for: base64, or ids in their own order. */
function read(name: string, text: string): string | string[] {
  if (name === 'data') return Buffer.from(text, 'base64').toString();
  return name === 'members' ? text.split(' ') : text;
}

describe('what is exported with a tenant', () => {
  it('is in the table', () => {
    const record = join(import.meta.dirname, '../../../src/record');
    const rooms = [
      'use-cases',
      'safety',
      'roster',
      'archive',
      'ledger',
      'ledger/check',
      'patient',
      'session',
      'store',
      'keys',
      '.',
    ];
    const named = rooms.flatMap((room) =>
      readdirSync(join(record, room))
        .filter((file) => file.endsWith('.ts'))
        .flatMap((file) => takingTenant(readFileSync(join(record, room, file), 'utf8'))),
    );
    expect(named.length).toBeGreaterThan(85);
    const covered = [...Object.keys(reads), ...Object.keys(writes), ...Object.keys(within)];
    expect(named.filter((name) => !covered.includes(name))).toEqual([]);
    // and what is there no more is no more in the table
    expect(
      covered.filter((name) => !named.includes(name) && name !== 'probeStore' && name !== 'openAppSession'),
    ).toEqual([]);
  });
});

/** The exported functions that are given a tenant, by itself or in a type of the same file, and answer later. */
function takingTenant(source: string): string[] {
  const types = [...source.matchAll(/interface (\w+)[^{]*\{([^}]*)\}/g)].filter(([, , body = '']) =>
    body.includes('tenantId'),
  );
  const giving = new RegExp(['tenant', ...types.map(([, name = '']) => String.raw`\b${name}\b`)].join('|'));
  return [...source.matchAll(/export async function (\w+)(?:<[^>]*>)?\(([\s\S]*?)\)\s*:\s*Promise/g)]
    .filter(([, , parameters = '']) => giving.test(parameters))
    .map(([, name = '']) => name);
}

describe('beside another tenant with the same ids of everything', () => {
  it.each(Object.keys(reads))('%s says what it said before', async (name) => {
    const said = alone[name] ?? '';
    expect(said).not.toMatch(/^(null|\[\]|\{\})$/);
    for (const tenant of ['north', 'south'])
      expect(told(await reads[name]?.(given(tenant)), tenant), tenant).toBe(said);
  });

  it.each(Object.keys(reads))('%s tells a third tenant nothing', async (name) => {
    const answer = await reads[name]?.(given('sandbox')).catch(() => 'refused');
    const text = told(answer, 'sandbox');
    for (const held of [markOf('north'), markOf('south'), house.ids.planId]) expect(text).not.toContain(held);
    expect(answer).not.toEqual(JSON.parse(alone[name] ?? ''));
  });

  it.each(Object.keys(writes))('%s writes nothing under a third tenant’s hand', async (name) => {
    const before = [await house.rowsOf('north'), await house.rowsOf('south')];
    await writes[name]?.(given('sandbox')).catch(String);
    expect([await house.rowsOf('north'), await house.rowsOf('south')]).toEqual(before);
  });

  it.each(Object.keys(writes))('%s writes its own alone, and does the same for both', async (name) => {
    const answers: string[] = [];
    for (const [tenant, other] of [
      ['north', 'south'],
      ['south', 'north'],
    ] as const) {
      const before = { own: await house.rowsOf(tenant), others: await house.rowsOf(other) };
      answers.push(told(await writes[name]?.(given(tenant)), tenant));
      expect(await house.rowsOf(other)).toEqual(before.others);
      if (name !== 'setSandboxClock') expect(await house.rowsOf(tenant)).not.toEqual(before.own);
    }
    expect(answers[1]).toBe(answers[0]);
  });
});

describe('the statements that ran', () => {
  it('say whose rows they read and write, also where conditions were filled in', () => {
    expect(house.statements.size).toBeGreaterThan(150);
    const tabs = ['app_session', 'launch_state'];
    const open = [...house.statements].filter((sql) => withoutTenant(sql).some((table) => !tabs.includes(table)));
    expect(open).toEqual([]);
  });
});
