import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import { openTestDatabase } from './open-test-database.ts';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  await database.query('create table thing (id int primary key, body jsonb, at timestamptz, big bigint)');
});
afterAll(() => database.close());

describe('one SQL path', () => {
  it('takes and gives values the same way on both stores', async () => {
    const at = new Date('2026-03-08T06:59:59.007Z');
    await database.query('insert into thing values ($1, $2, $3, $4)', [
      1,
      { a: [1, 'x', null], b: undefined },
      at,
      2 ** 40,
    ]);
    await database.query('insert into thing values ($1, $2::jsonb, $3, $4)', [
      2,
      JSON.stringify(['x']),
      at.toISOString(),
      undefined,
    ]);
    const { rows, rowCount } = await database.query('select * from thing order by id');
    expect(rowCount).toBe(2);
    expect(rows).toEqual([
      { id: 1, body: { a: [1, 'x', null] }, at: '2026-03-08T06:59:59.007Z', big: 2 ** 40 },
      { id: 2, body: ['x'], at: '2026-03-08T06:59:59.007Z', big: null },
    ]);
    const { rows: counted } = await database.query(
      'select count(*) as n, max(at) as at, array[1, 2] as list from thing',
    );
    expect(counted).toEqual([{ n: 2, at: '2026-03-08T06:59:59.007Z', list: [1, 2] }]);
  });

  it('takes arrays as they are, whatever stands in them', async () => {
    const time = '2026-03-08T06:59:59.007Z';
    const texts = [
      '',
      'null',
      'NULL',
      'a,b',
      '{x}',
      '"',
      '\\',
      '\\n',
      '\\"',
      'line\nbreak',
      'tab\t',
      '\u0001',
      ' é 🧭 ',
      "o'clock",
    ];
    const numbers = [0, -1, 2 ** 40, null];
    const { rows } = await database.query('select $1::text[] as texts', [[...texts, null]]);
    expect(rows).toEqual([{ texts: [...texts, null] }]);
    // one by one, as a single odd element takes all of its array another way
    for (const text of texts) {
      const { rows } = await database.query('select $1::text[] as texts', [[text, 'x']]);
      expect(rows).toEqual([{ texts: [text, 'x'] }]);
    }
    const counted = `select array_length($1::bigint[], 1) as n, ($1::bigint[])[3] as third, ($2::boolean[])[2] as flag,
      ($3::timestamptz[])[1] as time, cardinality($4::text[]) as none`;
    const { rows: read } = await database.query(counted, [numbers, [true, false, null], [time, null], []]);
    expect(read).toEqual([{ n: 4, third: 2 ** 40, flag: false, time: time, none: 0 }]);
  });

  it('counts affected rows, also of a change that returns none and of one that changes none', async () => {
    expect((await database.query('insert into thing (id) values (10), (11)')).rowCount).toBe(2);
    expect((await database.query('insert into thing (id) values (10) on conflict do nothing')).rowCount).toBe(0);
    expect((await database.query('update thing set big = 1 where id > $1 returning id', [9])).rowCount).toBe(2);
    expect((await database.query('delete from thing where id > 9')).rowCount).toBe(2);
  });

  it('rolls a transaction back, whole, when its work throws, and stays usable after an SQL error', async () => {
    const before = (await database.query('select id from thing')).rows;
    const failing = database.transaction(async (tx) => {
      await tx.query('insert into thing (id) values (20)');
      await tx.query('insert into thing (id) values (20)');
    });
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    const thrown = database.transaction(async (tx) => {
      await tx.query('insert into thing (id) values (21)');
      throw new Error('no');
    });
    await expect(thrown).rejects.toThrow('no');
    expect((await database.query('select id from thing')).rows).toEqual(before);
  });

  it('gives each transaction the database for itself', async () => {
    await database.query('insert into thing (id, big) values (30, 0)');
    const add = () =>
      database.transaction(async (tx) => {
        const { rows } = await tx.query<{ big: number }>('select big from thing where id = 30 for update');
        await tx.query('update thing set big = $1 where id = 30', [(rows[0]?.big ?? Number.NaN) + 1]);
      });
    await Promise.all(Array.from({ length: 10 }, add));
    expect((await database.query('select big from thing where id = 30')).rows).toEqual([{ big: 10 }]);
  });

  it.each(['NUL \u0000', 'half a pair \ud83d', 'the other half \ude00'])(
    'names text that cannot be stored: %j',
    async (text) => {
      const insert = database.query('insert into thing (id, body) values (50, $1::jsonb)', [{ text }]);
      await expect(insert).rejects.toMatchObject({ code: 'invalid-request' });
      await expect(database.query('select $1::jsonb', ['no json'])).rejects.toMatchObject({ code: '22P02' });
    },
  );

  it('names text that cannot be looked for', async () => {
    await expect(database.query('select $1::text', ['\u0000'])).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('refuses at once to ask the database from inside a transaction', async () => {
    const wrong = database.transaction(async () => database.query('select 1'));
    await expect(wrong).rejects.toThrow('ask the transaction');
    expect((await database.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('runs a transaction again after a deadlock', async () => {
    await database.query('insert into thing (id, big) values (40, 0), (41, 0)');
    let runs = 0;
    const cross = (first: number, second: number) =>
      database.transaction(async (tx) => {
        runs += 1;
        await tx.query('update thing set big = big + 1 where id = $1', [first]);
        // both hold their first row before either asks for its second
        await tx.query('select pg_sleep($1)', [database.kind === 'postgres' ? 0.1 : 0]);
        await tx.query('update thing set big = big + 1 where id = $1', [second]);
      });
    await Promise.all([cross(40, 41), cross(41, 40)]);
    expect((await database.query('select big from thing where id in (40, 41)')).rows).toEqual([{ big: 2 }, { big: 2 }]);
    expect(runs).toBe(database.kind === 'postgres' ? 3 : 2);
  });
});
