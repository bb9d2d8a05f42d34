import type { Assignment, Instant, Log, Occurrence } from '../../src/homework/model.ts';

interface Whole {
  readonly assignments: readonly Pick<Assignment, 'id'>[];
  readonly occurrences: readonly Occurrence[];
  readonly logs: readonly Log[];
}

interface Told {
  readonly at: Instant;
  /** Of these steps all is read. */
  readonly isWhole: (assignmentId: string) => boolean;
  /** When a row was last saved. */
  readonly savedAt: (entry: Occurrence | Log) => Instant;
}

/** What the patient's page reads of a plan by ADR 52, worked out without SQL from the whole of it. */
export function recentOf({ assignments, occurrences, logs }: Whole, { at, isWhole, savedAt }: Told) {
  const from = new Date(Date.parse(at) - 14 * 86_400_000).toISOString();
  const isSent = ({ status }: Log) => status === 'completed' || status === 'amended';
  const last = new Map<string, Log>();
  for (const log of logs.filter(isSent)) {
    const key = `${log.assignmentId} ${log.questionnaire}`;
    const before = last.get(key);
    const isLater =
      before === undefined ||
      log.performedAt > before.performedAt ||
      (log.performedAt === before.performedAt && log.id > before.id);
    if (isLater) last.set(key, log);
  }
  const lasts = new Set([...last.values()].map(({ id }) => id));
  const ownLogs = logs.filter(
    (log) =>
      isWhole(log.assignmentId) ||
      log.status === 'in-progress' ||
      savedAt(log) >= from ||
      log.performedAt >= from ||
      lasts.has(log.id),
  );
  const tied = new Set(ownLogs.map(({ occurrenceId }) => occurrenceId));
  const times = occurrences.filter(
    (time) =>
      isWhole(time.assignmentId) ||
      ['due', 'overdue', 'paused'].includes(time.status) ||
      savedAt(time) >= from ||
      time.lateUntil >= from ||
      tied.has(time.id),
  );
  const told = new Set(times.map(({ id }) => id));
  const shown = logs.filter((log) => ownLogs.includes(log) || told.has(log.occurrenceId ?? ''));
  const left = {
    times: occurrences.filter((time) => !times.includes(time)),
    logs: logs.filter((log) => !shown.includes(log)),
  };
  const earlier = assignments
    .filter(({ id }) => [...left.times, ...left.logs].some(({ assignmentId }) => assignmentId === id))
    .map(({ id }) => ({
      assignmentId: id,
      notes: left.logs.filter((log) => log.assignmentId === id && isSent(log)).length,
    }))
    .toSorted((one, other) => (one.assignmentId < other.assignmentId ? -1 : 1));
  return { occurrences: times, logs: shown, earlier };
}
