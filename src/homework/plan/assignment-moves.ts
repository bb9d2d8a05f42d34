import type { AssignmentBusinessStatus, AssignmentStatus } from '../model.ts';
import { legalPairs, type Pair, pairsOf, relockedFrom, steppedDownFrom } from './legal-pairs.ts';

/** Everything that can happen to an assignment; the first thirteen are caused by persons, the rest by the service. */
export const assignmentEvents = [
  'unlock',
  'relock',
  'regrade',
  'step-down',
  'seen',
  'agree',
  'decline',
  'stop',
  'pause',
  'resume',
  'accept-as-done',
  'withdraw',
  'mistake',
  'log',
  'target-reached',
  'due-passed',
  'window-closed',
  'late-log',
  'excused',
  'log-retracted',
  'plan-closed',
] as const;
export type AssignmentEvent = (typeof assignmentEvents)[number];

/** What a guard must find before the move is made; operations check them and refuse with the guard's name. */
export type MoveGuard =
  | 'may-unlock'
  | 'clinician'
  | 'clinician-and-reason'
  | 'before-any-log'
  | 'barrier-named'
  | 'target-reached'
  | 'target-not-reached'
  | 'due-date-passed'
  | 'late-window-closed'
  | 'nothing-overdue'
  | 'plan-active'
  | 'plan-closing';

/** One row of the table of moves. */
export interface AssignmentMove {
  readonly event: AssignmentEvent;
  readonly status: AssignmentStatus;
  readonly businessStatus: AssignmentBusinessStatus;
  readonly to: {
    readonly status: AssignmentStatus;
    /** `as-before`: what it was when it was paused. */
    readonly businessStatus: AssignmentBusinessStatus | 'as-before';
  };
  readonly guards: readonly MoveGuard[];
}

const not = (pairs: readonly Pair[], ...left: readonly AssignmentBusinessStatus[]): Pair[] =>
  pairs.filter(([, businessStatus]) => !left.includes(businessStatus));

function rows(
  event: AssignmentEvent,
  from: readonly Pair[],
  to: (status: AssignmentStatus, businessStatus: AssignmentBusinessStatus) => AssignmentMove['to'],
  guards: readonly MoveGuard[] = [],
): AssignmentMove[] {
  return from.map(([status, businessStatus]) => ({
    event,
    status,
    businessStatus,
    to: to(status, businessStatus),
    guards,
  }));
}

const fixed = (status: AssignmentStatus, businessStatus: AssignmentBusinessStatus) => (): AssignmentMove['to'] => ({
  status,
  businessStatus,
});

const notStarted = pairsOf('requested', 'received', 'accepted');
const live = pairsOf('requested', 'received', 'accepted', 'in-progress');
const open = pairsOf('draft', 'requested', 'received', 'accepted', 'in-progress', 'on-hold');
/** The business status a status has when nothing is overdue. */
const plain = (status: AssignmentStatus): AssignmentBusinessStatus => legalPairs[status][0] ?? 'mistake';

/**
 * The table of moves, from × event → to; whatever is not here is refused as `illegal-move`.
 * An overdue step that is seen or agreed stays overdue; a paused one is resumed before anything else is done with it.
 */
export const assignmentMoves: readonly AssignmentMove[] = [
  ...rows('unlock', pairsOf('draft'), fixed('requested', 'assigned'), ['may-unlock']),
  ...rows('relock', relockedFrom, fixed('draft', 'locked'), ['clinician-and-reason']),
  ...rows('regrade', pairsOf('requested'), fixed('draft', 'locked'), ['clinician-and-reason']),
  // it waits for the smaller one then
  ...rows('step-down', steppedDownFrom, fixed('draft', 'locked'), ['clinician-and-reason']),
  ...rows('seen', not(pairsOf('requested'), 'paused'), (_, was) => ({
    status: 'received',
    businessStatus: was === 'overdue' ? 'overdue' : 'seen',
  })),
  ...rows('agree', not(pairsOf('requested', 'received'), 'paused'), (_, was) => ({
    status: 'accepted',
    businessStatus: was === 'overdue' ? 'overdue' : 'agreed',
  })),
  ...rows('log', not(notStarted, 'paused'), fixed('in-progress', 'logging')),
  ...rows('decline', notStarted, fixed('rejected', 'declined'), ['before-any-log', 'barrier-named']),
  ...rows('stop', pairsOf('in-progress'), fixed('cancelled', 'stopped-by-patient'), ['barrier-named']),
  ...rows('pause', pairsOf('in-progress'), fixed('on-hold', 'paused')),
  ...rows('pause', not(notStarted, 'paused'), (status) => ({ status, businessStatus: 'paused' })),
  ...rows('resume', pairsOf('on-hold'), () => ({ status: 'in-progress', businessStatus: 'as-before' })),
  ...rows(
    'resume',
    notStarted.filter(([, businessStatus]) => businessStatus === 'paused'),
    (status) => ({ status, businessStatus: 'as-before' }),
  ),
  ...rows('target-reached', pairsOf('in-progress'), fixed('completed', 'done'), ['target-reached']),
  ...rows('accept-as-done', pairsOf('in-progress'), fixed('completed', 'done'), ['clinician']),
  ...rows('due-passed', not(live, 'overdue', 'paused', 'late'), (status) => ({ status, businessStatus: 'overdue' }), [
    'due-date-passed',
  ]),
  ...rows('window-closed', not(live, 'paused', 'late'), fixed('failed', 'missed'), [
    'late-window-closed',
    'target-not-reached',
  ]),
  ...rows('late-log', pairsOf('failed'), fixed('completed', 'late'), ['plan-active', 'target-reached']),
  ...rows('late-log', pairsOf('failed'), fixed('in-progress', 'late'), ['plan-active', 'target-not-reached']),
  // Nothing is overdue any more: what was overdue has been excused, or the log took it away.
  ...rows(
    'excused',
    live.filter(([, businessStatus]) => businessStatus === 'overdue'),
    (status) => ({ status, businessStatus: plain(status) }),
    ['nothing-overdue'],
  ),
  // A log made by mistake no longer shows the step as done.
  ...rows(
    'log-retracted',
    [
      ['completed', 'done'],
      ['completed', 'late'],
      ['in-progress', 'late'],
    ],
    fixed('in-progress', 'logging'),
    ['target-not-reached'],
  ),
  ...rows('withdraw', open, fixed('cancelled', 'withdrawn'), ['clinician-and-reason']),
  ...rows('plan-closed', pairsOf('draft'), fixed('cancelled', 'not-reached'), ['plan-closing']),
  ...rows(
    'mistake',
    Object.keys(legalPairs)
      .filter((status): status is AssignmentStatus => status !== 'entered-in-error')
      .flatMap((status) => pairsOf(status)),
    fixed('entered-in-error', 'mistake'),
  ),
];
