import type { Log } from '../model.ts';

/** Whether a log has never been sent by who writes it: it is still being written, or ended before it was sent. */
export function isDraft({ status, unsent }: Pick<Log, 'status' | 'unsent'>): boolean {
  return status === 'in-progress' || unsent === true;
}

/**
 * A draft as everyone but its writer sees it: that it was begun, for which step and when; none of its words, and neither
 * what of them is kept private nor which predictions there are.
 */
export function hideDraft({ predicted: _which, others: _waiting, ...log }: Log): Log {
  return { ...log, items: [], withheld: [] };
}

/** A draft whose step or plan has ended: it was never sent, so nobody but its writer reads it. Any other log as it is. */
export function stopDraft(log: Log, at: string): Log {
  return log.status === 'in-progress' ? { ...log, status: 'stopped', unsent: true, authored: at } : log;
}
