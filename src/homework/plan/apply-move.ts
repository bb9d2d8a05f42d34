import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Assignment, Instant } from '../model.ts';
import { type AssignmentEvent, assignmentMoves, type MoveGuard } from './assignment-moves.ts';
import { isEnded } from './is-ended.ts';

/** The refusal of a move, naming where it was asked from, what was asked and, if a guard said no, which. */
export function illegalMove(
  assignment: Assignment,
  event: string,
  because?: string,
): IntersessionError<'illegal-move'> {
  const { id, status, businessStatus } = assignment;
  return new IntersessionError(
    'illegal-move',
    { assignmentId: id, from: status, businessStatus, event, ...defined({ because }) },
    `an assignment that is ${status} (${businessStatus}) can't take '${event}'${because === undefined ? '' : `: ${because}`}`,
  );
}

export interface MoveOptions {
  readonly reason?: Assignment['statusReason'];
  /** Where one event has two rows, the guard that holds. */
  readonly guard?: MoveGuard;
  /** When it ended, if that was earlier than `at`. */
  readonly endedAt?: Instant;
}

/**
 * Makes one move of the table of moves; guards other than `options.guard` are the caller's.
 * @throws IntersessionError `illegal-move` when the table has no such row
 */
export function applyMove(
  assignment: Assignment,
  event: AssignmentEvent,
  at: Instant,
  options: MoveOptions = {},
): Assignment {
  const row = assignmentMoves.find(
    (move) =>
      move.event === event &&
      move.status === assignment.status &&
      move.businessStatus === assignment.businessStatus &&
      (options.guard === undefined || move.guards.includes(options.guard)),
  );
  if (row === undefined) throw illegalMove(assignment, event);
  const { statusReason: before, endedAt: _endedAt, pausedFrom, ...rest } = assignment;
  const businessStatus = row.to.businessStatus === 'as-before' ? (pausedFrom ?? 'logging') : row.to.businessStatus;
  // A reason belongs to a status: it stays as long as the status does.
  const reason = options.reason ?? (row.to.status === assignment.status ? before : undefined);
  return {
    ...rest,
    status: row.to.status,
    businessStatus,
    ...defined({ statusReason: reason }),
    ...(businessStatus === 'paused' ? { pausedFrom: assignment.businessStatus } : {}),
    ...(isEnded(row.to) ? { endedAt: options.endedAt ?? at } : {}),
    lastModified: at,
  };
}
