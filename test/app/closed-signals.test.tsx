import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { SafetySignalView } from '../../src/contract/app/safety.ts';
import type { PlanState } from '../../src/homework/model.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { now } from './pages-around.tsx';
import { situations } from './situations.ts';

/** A safety signal that was raised and closed is told on the first page and on the log; nobody reads "nothing stands out" after it. */
let view: OpenedView | undefined;
afterEach(() => view?.close());

const visit = situations.atTheVisit;
const kim = 'Practitioner/dr-kim';
const closed = (more: Partial<SafetySignalView> = {}): SafetySignalView => ({
  ...{ id: 'signal-0', patientId: 'sarah', rule: 'self-harm-thoughts', words: 'Thoughts of harming oneself' },
  ...{ status: 'closed', raisedAt: '2026-03-25T13:05:00.000Z', evidence: [] },
  ...{ closedAt: '2026-03-25T14:10:00.000Z', closedBy: kim, closeReason: 'Talked; safety plan made' },
  ...more,
});

/** Her plan with a yes to the risk question in its first log. */
const questionnaire = visit.plans[0]?.logs.find(({ questionnaire }) => questionnaire.includes('self-monitoring'));
const withYes = visit.plans.map(
  (state): PlanState => ({
    ...state,
    logs: state.logs.map((log) =>
      log.id !== questionnaire?.id
        ? log
        : {
            ...log,
            performedAt: now,
            items: [
              ...log.items,
              { linkId: 'self-harm-thoughts', answers: [{ type: 'boolean', value: true }], items: [] },
            ],
          },
    ),
  }),
);

async function firstPage(situation: Parameters<typeof openView>[0]): Promise<string> {
  view = await openView(situation);
  const { text, until, shown } = view;
  expect(shown.box.isConnected).toBe(true);
  await until(() => text().includes('What needs care'));
  return text().replace(/\s+/g, ' ');
}

describe('the first page after a safety signal was closed', () => {
  it.each<[string, Partial<SafetySignalView>, readonly string[]]>([
    ['by a colleague', {}, ['closed Wed, Mar 25, 10:10', 'by Dr. Min-ji Kim', 'Talked; safety plan made']],
    ['by oneself', { closedBy: 'Practitioner/dr-okafor' }, ['by you', 'Talked; safety plan made']],
    ['by somebody whose name can’t be read', { closedBy: 'Practitioner/x-9' }, ['by a clinician']],
    ['raised long before', { raisedAt: '2026-02-01T13:05:00.000Z' }, ['raised Sun, Feb 1', 'closed Wed, Mar 25']],
  ])('tells it, closed %s', async (_, more, told) => {
    const page = await firstPage({
      ...visit,
      safety: { open: [], closed: [closed(more)] },
      people: { [kim]: 'Dr. Min-ji Kim' },
    });
    await view?.until(() => told.every((words) => view?.text().replace(/\s+/g, ' ').includes(words)));
    expect(page).toContain('Safety signal, closed: Thoughts of harming oneself');
    expect(page).not.toMatch(/Nothing stands out|x-9|dr-kim/);
  });

  it('says nothing of one that was over before the time that is told of', async () => {
    const before = { raisedAt: '2026-01-01T10:00:00.000Z', closedAt: '2026-01-01T11:00:00.000Z' };
    expect(await firstPage({ ...visit, safety: { open: [], closed: [closed(before)] } })).not.toContain(
      'Safety signal, closed',
    );
  });

  it('tells beside a new one that one like it was closed before, and why', async () => {
    const { safety } = situations.safetyOpen;
    const other = closed({ id: 'signal-9', rule: 'harm-by-others', closeReason: 'another worry' });
    await firstPage({ ...situations.safetyOpen, safety: { ...safety, closed: [closed(), other] } });
    const banner = document.querySelector('#safety')?.textContent ?? '';
    expect(banner).toContain('Before, one like it was raised Wed, Mar 25');
    expect(banner).toContain('Talked; safety plan made');
    expect(banner).not.toContain('another worry');
  });
});

describe('a log with a risk answer', () => {
  it('has it on its face, on the first page and among the logs, whatever became of the signal', async () => {
    await firstPage({ ...visit, plans: withYes });
    const face = () => document.querySelector('.risk-answer')?.textContent?.toLowerCase() ?? '';
    expect(face()).toContain('thoughts of harming yourself');
    expect(face()).toContain('yes');
    await view?.press('Logs');
    await view?.until(() => document.querySelector('.log-card .risk-answer') !== null);
    expect(document.querySelectorAll('.log-card .risk-answer')).toHaveLength(1);
  });

  it('has nothing of the kind where the answer was no, or none', async () => {
    await firstPage(visit);
    expect(document.querySelector('.risk-answer')).toBeNull();
  });

  it('lies open when one comes to it from the signal', async () => {
    await firstPage(situations.safetyOpen);
    const button = [...document.querySelectorAll('#safety button')].find(({ textContent }) =>
      textContent?.startsWith('See the log'),
    );
    expect(button).toBeInstanceOf(HTMLElement);
    await view?.press(button?.textContent ?? '');
    await view?.until(() => document.querySelectorAll('.log-card').length > 1);
    expect(document.querySelectorAll('.log-card details[open]')).toHaveLength(1);
    await view?.until(() => document.activeElement?.matches('.log-card:has(details[open])') === true);
    expect(document.activeElement?.matches('.log-card')).toBe(true);
  });

  it('is brought up again when one comes to it a second time', async () => {
    await firstPage(situations.safetyOpen);
    const isAtTheLog = () => document.activeElement?.matches('.log-card:has(details[open])') === true;
    await view?.press('See the log');
    await view?.until(isAtTheLog);
    await act(async () => document.querySelector<HTMLElement>('#safety')?.focus());
    expect(isAtTheLog()).toBe(false);
    await view?.press('See the log');
    await view?.until(isAtTheLog);
    expect(document.querySelectorAll('.log-card details[open]')).toHaveLength(1);
  });
});
