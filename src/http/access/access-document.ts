import { needsPerson } from '../../homework/needs-person.ts';
import type { Role } from '../../homework/role.ts';
import { apiRoutes } from '../api/routes.ts';
import { appRoutes } from '../app/mount-app.ts';
import type { RosterSight } from '../app/roster-page.ts';
import { type AnswerKind, partsOfView } from './limit-answer.ts';
import { roleParts, roleSees } from './role-sees.ts';
import { type Shown, shownBy } from './shown-by.ts';

/** The document asks no EHR. */
const noSight: RosterSight = {
  names: { of: async () => new Map() },
  patients: { of: async () => new Map(), known: () => new Map(), shut: () => undefined },
  learn: async () => false,
  hidden: async () => ({ patients: 0, gone: [], shown: 0, ids: [], complete: true, unchecked: false }),
};
const roles = Object.keys(roleSees) as Role[];

/** How far a source system's registration reaches. */
const reaches: readonly (readonly [string, string, string])[] = [
  ['is answered', 'plans that it made, and what anybody put into them', 'whatever the tenant holds'],
  [
    'changes',
    'plans that it made, with their steps and times, whoever has moved these since; of what else stands in them only what it sent itself, and that only until somebody else has changed it',
    'whatever the tenant holds, but for drafts, and for logs of which something is withheld',
  ],
  [
    'safety signals',
    'those that rest on its plans or reports: its own evidence, not how often the rule was raised, nor by whom else',
    'all',
  ],
  [
    'reports that name an open safety signal',
    'those that it filed itself: they name only signals of its own, and since when by its own evidence',
    'all',
  ],
  [
    'ledger',
    'rows of what it is answered; it decides about its plan and about what it sent into it itself, about no safety signal',
    'all; a check and a merge, which are about the whole tenant',
  ],
  ['drafts', 'its own', 'its own'],
  [
    'withheld answers',
    'named, not shown, but for a report that was filed while they were shared; it withholds and uncovers what it sent itself',
    'as on the left',
  ],
];

/** `docs/access.md`: who may see and do what, written from the tables that the code asks. */
export function accessDocument(): string {
  return [
    '# Who may see and do what',
    'Written by `npm run access` from the tables that the code asks; a test compares. Do not edit it by hand.',
    '',
    '## Source systems: what their scopes show',
    'A part of an answer is shown to who has the read scope of its type; permission to make or change something is none to be told',
    'what it is (`src/http/access/limit-answer.ts`). Who lacks it is answered the id, and of a plan the names of the parts left out.',
    'Whatever tells of a safety signal (its review Task, message, note and ledger rows, and a report that names it, too) is there only with',
    '`Flag` as well. The address of an occurrence’s response endpoint stands in a Task only for who has `QuestionnaireResponse.c`.',
    'A form that a plan has of its own takes `Questionnaire.r` and `Task.r`, for what it names is the patient’s (`src/http/fhir/own-forms.ts`); the forms of the',
    'program take `Questionnaire.r` alone.',
    '',
    ...table(
      ['part', 'scope'],
      Object.entries(shownBy).map(([part, type]) => [part, `\`system/${type}.r\``]),
    ),
    '',
    '## Source systems: whose homework',
    'By the registration’s `sees` and `writes` (`src/record/store/own-reach.ts`); what is not there for a system is answered as what does not exist.',
    '',
    ...table(['', '`own` (default)', '`tenant`'], reaches),
    '',
    '## Source systems: every route',
    '',
    ...table(
      ['route of `/api/v1`', 'needs', 'its answer is shown by'],
      apiRoutes.map(({ method, path, needs, shows }) => [
        `${method.toUpperCase()} ${path}`,
        needs.map((need) => `\`${need}\``).join(' ') || 'a token',
        shownByWords(shows),
      ]),
    ),
    '',
    '## What needs a person',
    '`signed-in`: somebody who is signed in in the app. `as-stated`: a system may tell whose act it was, and it stays what that system told.',
    '`nobody`: it is the system’s own.',
    '',
    ...table(
      ['act', 'needs', 'because'],
      Object.entries(needsPerson).map(([act, { needs, because }]) => [act, needs, because]),
    ),
    '',
    '## People in the app: what they see',
    '`open patient`: of the patient whom the launch, or the coordinator, has opened, and whom the EHR let this person’s own token read.',
    '`roster`: of patients whom the tenant gives the coordinator and whom the EHR lets them read. `tenant`: ids, states and our own words, no homework.',
    '',
    ...table(
      ['part', ...roles],
      Object.entries(roleParts).map(([part, words]) => [
        words,
        ...roles.map((role) => roleSees[role][part as keyof typeof roleParts]),
      ]),
    ),
    '',
    '## People in the app: every route',
    'What a route changes is refused to who was granted no writing by their EHR, or to whom it keeps one of the types while taking it from others',
    '(`src/http/access/person-writes.ts`). A log is changed by who wrote it (`src/record/use-cases/may-change-log.ts`).',
    '',
    ...table(
      ['route of `/app/v1`', ...roles, 'written as'],
      appRoutes(noSight).map((route) => [
        `${route.method.toUpperCase()} ${route.path}`,
        ...roles.map((role) => (route.roles.includes(role) ? 'yes' : '–')),
        route.writes === false ? '–' : route.writes.join(', ') || 'any writing',
      ]),
    ),
    '',
  ].join('\n');
}

function shownByWords(shows: AnswerKind | undefined): string {
  if (shows === undefined) return 'what it needs';
  if (shows === 'ledger-row') return 'the row’s own type, as `Task.r`; of a signal `Flag.r` too';
  if (shows !== 'plan-view') return `\`${shownBy[shows]}.r\``;
  const parts = new Set<Shown>(['plan', 'goal', ...Object.values(partsOfView)]);
  return [...new Set([...parts].map((part) => `\`${shownBy[part]}.r\``))].join(' ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
