import { expect } from 'vitest';
import { chosen, type History } from './history.ts';
import type { Act } from './random-acts.ts';

/** A clinician closes an open signal; a system that would close one is refused. */
export async function closeSignal(
  history: History,
  act: Extract<Act, { type: 'close' | 'closed-by-system' }>,
): Promise<void> {
  const { house, oracle, tally } = history;
  const open = (await house.signals()).filter(({ status }) => status === 'open');
  const signal = chosen(open, act.which);
  if (signal === undefined) return;
  const path = `/safety-signals/${signal.id}/close`;
  const reason = 'Talked; they are safe';
  if (act.type === 'closed-by-system') {
    const refused = await house.source('alpha', 'POST', `/api/v1${path}`, { by: 'Practitioner/dr-okafor', reason });
    expect(refused.status).toBe(403);
    return;
  }
  const { isKept } = await history.through(() => house.page('clinician', 'POST', path, { reason }), act.crash);
  expect(isKept).toBe(true);
  tally.closed += 1;
  oracle.close(signal.rule);
}
