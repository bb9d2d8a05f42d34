import { webcrypto } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { CrisisCall } from '../../smart-app/src/patient/crisis-call.tsx';
import { AppSessionProvider } from '../../smart-app/src/session/app-session.tsx';
import { openLocalCopy } from '../../smart-app/src/session/local-copy.ts';
import { keepSession } from '../../smart-app/src/session/session-store.ts';
import type { SessionView } from '../../src/contract/app/session.ts';
import { render } from './render.tsx';

/** What a patient is shown to call, with that line or none. */
async function shown(
  crisisLine?: SessionView['tenant']['crisisLine'],
): Promise<{ text: string; href: string | null | undefined }> {
  // jsdom has no subtle crypto of its own; Node's is the same API
  vi.stubGlobal('crypto', webcrypto);
  const tenant = { id: 'lakeside', name: 'Lakeside', timeZone: 'America/New_York', language: 'en-US', sandbox: false };
  const view: SessionView = {
    ...{ session: 'opaque', launchId: 'launch-1', expiresAt: '2026-03-02T16:00:00.000Z' },
    tenant: { ...tenant, now: '2026-03-02T15:00:00.000Z', ...(crisisLine === undefined ? {} : { crisisLine }) },
    user: { reference: 'Patient/sarah', name: 'Sarah' },
    ...{ role: 'patient', needPatientBanner: false, canWrite: true },
  };
  const session = keepSession(view);
  const drafts = await openLocalCopy(async () => undefined, session);
  const { box, leave } = render(
    <AppSessionProvider session={session} drafts={drafts} onLeft={() => undefined}>
      <CrisisCall />
    </AppSessionProvider>,
  );
  const found = { text: box.textContent ?? '', href: box.querySelector('a')?.getAttribute('href') };
  leave();
  return found;
}

it('the line of the place can be called', async () => {
  expect(await shown({ label: 'Lifeline', phone: '0800 111-0111' })).toEqual({
    text: 'Lifeline: 0800 111-0111',
    href: 'tel:08001110111',
  });
});

it('where none is known, no number is made up', async () => {
  expect(await shown()).toEqual({ text: 'In an emergency call your local emergency number.', href: undefined });
});
