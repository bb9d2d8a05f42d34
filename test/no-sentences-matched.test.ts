import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Where words of somebody else's are read: of a driver, of an EHR. Each with why it cannot be otherwise. */
const foreignWords: readonly (readonly [place: string, because: string])[] = [
  ['src/delivery/sending.ts outcome.includes(code)', "the EHR's own codes of a duplicate, by its vendor file"],
  [
    'src/record/database/database-trouble.ts awayWords.test(error.message)',
    "the drivers' words where they have no code",
  ],
  ['src/record/database/lost-commit.ts', "PostgreSQL's pg_xact_status"],
  ['src/record/database/refuse-unstorable.ts', "PostgreSQL's detail: one state stands for several causes"],
  ['src/sandbox/definitions.ts', "the validator's words, which has no code for it"],
];

/** Names of what holds words for people, wherever it comes from. */
const wordy = new Set([
  ...['reason', 'reasons', 'because', 'problem', 'remedy', 'toImprove', 'missing', 'outcome', 'lastOutcome'],
  ...['detail', 'says', 'sentence', 'message', 'clause', 'headline'],
]);
const comparing = new Set(['startsWith', 'endsWith', 'includes', 'indexOf', 'lastIndexOf']);
const matching = new Set(['match', 'matchAll', 'search', 'replace', 'replaceAll', 'split']);
const testing = new Set(['test', 'exec']);
/** Two words with a space between: no code, id, name of a type or header looks so. */
const sentence = /[A-Za-z’']{2,}[,;:]? [a-z’']{2,}/;
const sql = /(?:\b(?:like|ilike|similar to)|[=~]\*?)\s*'[^'\n]*[a-z]{2,} [a-z]{2,}[^'\n]*'/i;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [name: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* nodesOf(child);
  }
}

/** The last name of an expression: `reason` of `row.reason ?? ''`, and of `String(row.reason)`. */
function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  if (node.type === 'Identifier') return String(node.name);
  if (node.type === 'MemberExpression') return nameOf(node.property);
  if (node.type === 'ChainExpression') return nameOf(node.expression);
  if (node.type === 'LogicalExpression') return nameOf(node.left);
  if (node.type !== 'CallExpression' || !isNode(node.callee)) return '';
  return nameOf(node.callee.type === 'MemberExpression' ? node.callee.object : (node.arguments as unknown[])[0]);
}

const textOf = (node: unknown): string =>
  isNode(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : '';
/** A pattern's words: without its escapes, and with spaces for spaces. */
const patternOf = (node: unknown): string => {
  const { pattern } = (isNode(node) ? (node.regex ?? {}) : {}) as { readonly pattern?: string };
  return (pattern ?? '').replace(/\\s[+*]?/g, ' ').replace(/\\[a-zA-Z]|\[[^\]]*\]/g, '');
};

/** @param codes texts that are declared as types: the compiler holds both sides to them */
function reader(codes: ReadonlySet<string>): (node: Node) => boolean {
  const isWordy = (node: unknown) => wordy.has(nameOf(node));
  const isSentence = (node: unknown) => sentence.test(textOf(node)) && !codes.has(textOf(node));
  const call = (callee: Node, given: readonly unknown[]) => {
    const method = nameOf(callee.property);
    const [first] = given;
    if (testing.has(method)) return isWordy(first) || sentence.test(patternOf(callee.object));
    const hasWords = isSentence(first) || sentence.test(patternOf(first));
    if (comparing.has(method)) return isWordy(callee.object) || hasWords;
    // to take away spaces or full stops is no reading
    return matching.has(method) && (hasWords || (isWordy(callee.object) && /[a-z]{2,}/i.test(patternOf(first))));
  };
  return (node) => {
    switch (node.type) {
      case 'CallExpression': {
        const { callee } = node;
        return isNode(callee) && callee.type === 'MemberExpression' && call(callee, node.arguments as unknown[]);
      }
      case 'BinaryExpression': {
        if (!/^[!=]==?$/.test(String(node.operator))) return false;
        const { left, right } = node;
        if (isSentence(left) || isSentence(right)) return true;
        const [words, other] = isWordy(left) ? [left, right] : [right, left];
        // by a constant; `undefined` and another one's reason are none
        return isWordy(words) && isNode(other) && other.type === 'Identifier' && /^[A-Z_]{3,}$/.test(nameOf(other));
      }
      case 'SwitchCase':
        return isSentence(node.test);
      case 'TemplateElement':
        return sql.test((node.value as { readonly raw: string }).raw);
      default:
        return sql.test(textOf(node));
    }
  };
}

interface Source {
  readonly name: string;
  readonly text: string;
}

const parsed = ({ name, text }: Source): Node =>
  parseAst(text, { lang: name.endsWith('x') ? 'tsx' : 'ts' }) as unknown as Node;

function readingsIn(files: readonly Source[]): string[] {
  const programs = files.map((file) => ({ file, nodes: [...nodesOf(parsed(file))] }));
  const codes = new Set(
    programs.flatMap(({ nodes }) =>
      nodes.filter(({ type }) => type === 'TSLiteralType').map((node) => textOf(node.literal)),
    ),
  );
  const reads = reader(codes);
  return programs.flatMap(({ file: { name, text }, nodes }) =>
    nodes.filter(reads).map(({ start, end }) => `${name} ${text.slice(start, end).replace(/\s+/g, ' ').slice(0, 100)}`),
  );
}

function sources(folder: string): Source[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: relative(root, path), text: readFileSync(path, 'utf8') }));
}

describe('words for people', () => {
  it('are read back by no room: what one room must tell another is a code', () => {
    const found = readingsIn([...sources('src'), ...sources('smart-app/src')]);
    const known = foreignWords.map(([place]) => place);
    expect(found.filter((place) => !known.some((start) => place.startsWith(start)))).toEqual([]);
    expect(known.filter((start) => !found.some((place) => place.startsWith(start)))).toEqual([]);
  });

  it.each([
    ['a pattern of words over a reason', 'table.find(([pattern]) => pattern.test(of.reason ?? ""))'],
    ['a pattern kept apart', 'const choosing = /choose its encounter/; choosing.test(row.reason ?? "")'],
    ['a pattern of one word', 'row.reason?.match(/^preliminary/)'],
    ['the same over anything', 'if (/has them no more/.test(x)) stop();'],
    ['with spaces as patterns have them', 'if (/land\\s+first$/.test(x)) stop();'],
    ['a beginning', 'ways.some((way) => way.missing.startsWith(own))'],
    ['an end', 'clauses.some((other) => other.endsWith("is not offered here"))'],
    ['a part', 'flaws.filter(({ problem }) => problem.includes("token endpoint"))'],
    ['a part of a copy', 'String(error.detail).includes(word)'],
    ['a constant of another room', 'const waits = result.reason !== NOTE_REASON'],
    ['the sentence itself', 'const told = x === "goes into the next report"'],
    ['a case of it', 'switch (x) { case "withdrawn before it was sent": stop(); }'],
    ['a sentence cut off', 'toldWords(told).replace(/^, as told by/, "")'],
    ['a word exchanged', 'unlockWords(unlock).replace("the clinician", "your clinician")'],
    ['like, in SQL', "const sql = `select 1 from ledger l where l.reason like '%between-session report%'`"],
    ['equality, in SQL', 'const sql = "select 1 from ledger where reason = \'goes into the next report\'"'],
  ])('%s is found', (_how, code) => {
    expect(readingsIn([{ name: 'a.ts', text: code }])).not.toEqual([]);
  });

  it.each([
    ['a code', 'const waits = row.waitingFor?.code === "encounter-choice"'],
    ['a reason that is not there', 'if (reason === null || missing === undefined || problem === "own") stop();'],
    ['two reasons', 'const same = result.reason === kind.reason'],
    ['spaces and full stops', 'reason.replace(/[.\\s]+$/, "").replaceAll(/\\s+/g, " ")'],
    ['a word of a type', 'type Sight = "open patient" | "no"; const sees = of === "open patient"'],
    ['ids and names of types', 'const own = text.startsWith("Patient/") && scopes.includes("fhirUser")'],
    ['SQL over states and ids', "const sql = `where l.state = 'in-flight' and l.id like $1 || '.%'`"],
  ])('%s is none', (_what, code) => {
    expect(readingsIn([{ name: 'a.ts', text: code }])).toEqual([]);
  });
});
