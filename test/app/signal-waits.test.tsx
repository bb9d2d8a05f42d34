import { afterEach, describe, expect, it } from 'vitest';
import type { LedgerView } from '../../src/contract/app/plan-view.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';

let opened: OpenedView | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ');

describe('a signal whose copies do not come to the chart', () => {
  const { safetyOpen } = situations;
  const row = (id: string, change: Partial<LedgerView>): LedgerView => ({
    ...{ artefact: 'safety', id, state: 'pending', landing: null, reason: null, waitingFor: null, because: null },
    ...{ ehrReference: null, waitingSince: null, landedAt: null },
    ...change,
  });
  const held = (standing: 'inactive' | 'gone'): Partial<LedgerView> => ({
    ...{ state: 'waiting', waitingFor: { code: 'patient', standing }, waitingSince: '2026-03-25T15:00:00.000Z' },
  });
  const landed: Partial<LedgerView> = { state: 'landed', landing: 'native', landedAt: '2026-03-25T15:00:00.000Z' };
  const others = (change: Partial<LedgerView>) => ['', '.review', '.note'].map((end) => row(`signal-1${end}`, change));

  async function box(rows: readonly LedgerView[]): Promise<string> {
    opened = await openView({ ...safetyOpen, ledger: rows });
    const { shown, until } = opened;
    const text = () => plain(shown.box.querySelector('section.safety')?.textContent);
    await until(() => text() !== '' && !text().includes('Opening'));
    return text();
  }

  it.each<[string, readonly LedgerView[], string]>([
    [
      'the patient is inactive there',
      others(held('inactive')),
      'It is not in the chart. Waiting until the EHR holds this patient as active again (4 hours so far).',
    ],
    ['it was refused', others({ state: 'rejected', because: { code: 'refused' } }), 'It is not in the chart. '],
    [
      'it stays here',
      others({ state: 'landed', landing: 'app-only', because: { code: 'app-only' } }),
      'It is not in the chart. Only here: this EHR takes no safety signals',
    ],
    [
      'one of its forms came there',
      [row('signal-1', landed), row('signal-1.note', { state: 'waiting', waitingFor: { code: 'person' } })],
      'Not all of it is in the chart. ',
    ],
  ])('is said in its box: %s', async (_what, rows, words) => {
    expect(await box(rows)).toContain(words);
  });

  it.each<[string, readonly LedgerView[]]>([
    ['it is there', others(landed)],
    ['it is on its way', others({ state: 'in-flight' })],
    [
      'it is there in another form',
      [
        row('signal-1', {
          ...landed,
          because: { code: 'other-channels', type: 'Flag', channels: ['DocumentReference'] },
        }),
        row('signal-1.note', landed),
      ],
    ],
    ['another signal’s waits', [row('signal-10', held('gone')), row('signal-1', landed)]],
  ])('is not said where %s', async (_what, rows) => {
    expect(await box(rows)).not.toContain('in the chart');
  });
});

describe('a patient who says that they are not safe', () => {
  it.each([
    [undefined, 'Your care team has been told. They may not see it at once: please call, too.'],
    [
      true,
      'It is noted, but your care team may not hear of it by itself just now. Please call, and tell your clinic yourself.',
    ],
  ] as const)('reads what becomes of it: waits %s', async (signalsWait, words) => {
    opened = await openView({ ...situations.firstDay, ...(signalsWait ? { signalsWait } : {}) });
    expect(opened.shown.box).toBeDefined();
    await opened.press('I am not safe right now');
    await opened.press('Tell my care team as well');
    const sheet = () => plain(document.querySelector('dialog [role=status]')?.textContent);
    await opened.until(() => sheet() !== '');
    expect(sheet()).toBe(words);
    expect(plain(document.querySelector('dialog')?.textContent)).not.toContain('Tell my care team');
  });
});
