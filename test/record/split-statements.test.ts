import { describe, expect, it } from 'vitest';
import { splitStatements } from '../../src/record/database/split-statements.ts';

describe('splitStatements', () => {
  it('ends a statement at a semicolon that is neither in a comment nor in a quoted text', () => {
    const script = `-- first; not the end
      create table a (x text default ';''; -- no');
      /* ; */ create function f() returns int as $body$ begin return 1; end $body$ language plpgsql;
      create table "b;c" (x int) ; -- the end;
    `;
    expect(
      splitStatements(script).map((splitStatement) => splitStatement.match(/create (table|function) \S+/)?.[0]),
    ).toEqual(['create table a', 'create function f()', 'create table "b;c"']);
  });
});
