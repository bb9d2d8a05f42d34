import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const migrations = join(import.meta.dirname, '../../../src/record/migrations');

/** Every table with a `tenant` column, as the migrations make them. */
export const tenantTables: ReadonlySet<string> = new Set(
  readdirSync(migrations).flatMap((name) =>
    [...readFileSync(join(migrations, name), 'utf8').matchAll(/create table (\w+) \(\s*((?:[^;])*?);/g)]
      .filter(([, , columns = '']) => /(^|[\s,])tenant text/.test(columns))
      .map(([, table = '']) => table),
  ),
);

/** One table in a `from`, a `join`, an `update` …. */
interface Mention {
  readonly verb: string;
  readonly table: string;
  readonly alias: string;
}

/** What stands in a source file's statement for what is filled in (`${…}`): like a parameter, or a name. */
const filled = '$0';
const bound = String.raw`\$\d+(?!\.)`;
const name = String.raw`(\w+|\$0)`;
const noAlias =
  'where|on|set|order|group|limit|left|join|cross|using|for|values|select|union|returning|inner|and|with|offset';
const mention = new RegExp(
  String.raw`(?<!distinct )\b(from|join|update|insert into|delete from|using)\s+${name}(?:\s+(?:as\s+)?(?!(?:${noAlias})\b)(\w+))?`,
  'gi',
);

/**
 * Which tables of a statement are read or written without saying whose: in the query that names them (the brackets in it
 * left out), their `tenant` equals no parameter, no outer query's tenant, and no other table's that does. An insert must name
 * the column. A table that is filled in counts as one with a tenant.
 */
export function withoutTenant(sql: string): string[] {
  return queriesIn(sql.replaceAll(/--[^\n]*/g, '').replaceAll(/\s+/g, ' ')).flatMap((query) => {
    const mentions = [...query.matchAll(mention)]
      .map(([, verb = '', table = '', alias = table]): Mention => ({ verb: verb.toLowerCase(), table, alias }))
      .filter(({ table }) => tenantTables.has(table) || table === filled);
    const tied = tiedAliases(query, new Set(mentions.map(({ alias }) => alias)));
    return mentions
      .filter((found) => !saysWhose(query, found, tied))
      .map(({ table, alias }) => (alias === table ? table : `${table} ${alias}`));
  });
}

function saysWhose(query: string, { verb, table, alias }: Mention, tied: ReadonlySet<string>): boolean {
  if (verb === 'insert into')
    return new RegExp(String.raw`insert into ${escaped(table)} ?\([^)]*\btenant\b`).test(query);
  if (tied.has(alias)) return true;
  // a table that stands alone needs no alias
  const plain = new RegExp(String.raw`(?<![.\w])tenant = ?(?:any ?)?(?:${bound}|\()|\(tenant, [^)]*\) (?:=|in) `, 'i');
  return alias === table && plain.test(query);
}

/** The aliases whose tenant equals a parameter, that of what is no table of this query, or that of one of these. */
function tiedAliases(query: string, aliases: ReadonlySet<string>): Set<string> {
  const tied = new Set<string>();
  for (const [, alias = ''] of query.matchAll(
    new RegExp(String.raw`${name}\.tenant = ?(?:any ?)?(?:${bound}|\()`, 'g'),
  )) {
    tied.add(alias);
  }
  const equal = [...query.matchAll(new RegExp(String.raw`${name}\.tenant = ${name}\.tenant`, 'g'))].flatMap(
    ([, left = '', right = '']): [string, string][] => [
      [left, right],
      [right, left],
    ],
  );
  for (let before = -1; before < tied.size; ) {
    before = tied.size;
    for (const [known, other] of equal) if (tied.has(known) || !aliases.has(known)) tied.add(other);
  }
  return tied;
}

/** Every query of a statement by itself: brackets that hold one are taken out of it (`⟨⟩`), unions are parted. */
function queriesIn(text: string): string[] {
  const found: string[] = [];
  let rest = text;
  for (let inner = /\(([^()]*)\)/.exec(rest); inner !== null; inner = /\(([^()]*)\)/.exec(rest)) {
    const [whole, content = ''] = inner;
    const isQuery = /\b(select|insert into|update|delete from)\b/i.test(content);
    if (isQuery) found.push(content);
    rest = rest.replace(whole, () => (isQuery ? '⟨⟩' : `⟨${content}⟩`));
  }
  return [...found, rest].flatMap((query) => query.split(/\bunion(?: all)?\b/i)).map(unmarked);
}

const unmarked = (text: string): string => text.replaceAll('⟨', '(').replaceAll('⟩', ')');
const escaped = (text: string): string => text.replaceAll('$', String.raw`\$`);

/** The statements in the text of a source file: every string or template that reads as SQL. */
export function statementsIn(source: string): string[] {
  return literalsIn(source).filter(
    (text) => /\b(select|insert into|update|delete from)\b/.test(text) && /\b(from|into|set|join)\b/.test(text),
  );
}

/** Every string and template literal, those inside of a template's `${…}` as well; comments are passed over. */
function literalsIn(source: string): string[] {
  const found: string[] = [];
  let at = 0;
  const code = (end: string | undefined): void => {
    let depth = 0;
    while (at < source.length) {
      const sign = source[at] ?? '';
      if (source.startsWith('//', at)) at = source.indexOf('\n', at) < 0 ? source.length : source.indexOf('\n', at);
      else if (source.startsWith('/*', at)) at = source.indexOf('*/', at) + 2;
      else if (sign === "'" || sign === '"') found.push(quoted(sign));
      else if (sign === '`') template();
      else {
        at += 1;
        if (sign === '{') depth += 1;
        if (sign === '}') {
          if (depth === 0 && end === '}') return;
          depth -= 1;
        }
      }
    }
  };
  const quoted = (quote: string): string => {
    const from = at + 1;
    for (at += 1; at < source.length && source[at] !== quote && source[at] !== '\n'; at += 1)
      if (source[at] === '\\') at += 1;
    at += 1;
    return source.slice(from, at - 1);
  };
  const template = (): void => {
    let text = '';
    for (at += 1; at < source.length && source[at] !== '`'; ) {
      if (source.startsWith('${', at)) {
        at += 2;
        code('}');
        text += filled;
      } else {
        if (source[at] === '\\') at += 1;
        text += source[at] ?? '';
        at += 1;
      }
    }
    at += 1;
    found.push(text);
  };
  code(undefined);
  return found;
}
