import { parseScope } from '../scopes.ts';

const STATED: Readonly<Record<string, string>> = {
  openid: 'Know that it is you',
  profile: 'Know your name',
  fhirUser: 'Know your entry in this record',
  launch: 'Know what is open in the chart',
  'launch/patient': 'Know which patient is chosen',
  'launch/encounter': 'Know which visit is open',
  online_access: 'Stay connected while you are signed in',
  offline_access: 'Stay connected when you are not here',
};
const WHOSE = { patient: 'of this patient', user: 'that you may open', system: 'of everyone' } as const;
const VERBS = { r: 'read', s: 'search', c: 'add', u: 'change', d: 'delete' } as const;
const ORDER = ['r', 's', 'c', 'u', 'd'] as const;

/** A scope in plain words, e.g. "Read and search Observation of this patient". */
export function describeScope(text: string): string {
  const scope = parseScope(text);
  if (scope === undefined) return STATED[text] ?? text;
  const verbs = ORDER.filter((letter) => scope.letters.has(letter)).map((letter) => VERBS[letter]);
  const last = verbs.pop() ?? '';
  const doing = verbs.length > 0 ? `${verbs.join(', ')} and ${last}` : last;
  const what = scope.type === '*' ? 'everything' : scope.type;
  const only = scope.query === undefined ? '' : ' (only some kinds)';
  return `${doing.charAt(0).toUpperCase()}${doing.slice(1)} ${what} ${WHOSE[scope.level]}${only}`;
}
