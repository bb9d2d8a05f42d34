import { afterEach, describe, expect, it } from 'vitest';
import type { Log } from '../../src/homework/model.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { type } from './render.tsx';
import { situations } from './situations.ts';

let opened: OpenedView | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
/** Without the marks that keep two scripts apart, and with plain spaces. */
const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ');

describe('what the banner says of an answer', () => {
  const { safetyOpen } = situations;
  const [plan] = safetyOpen.plans;
  const [signal] = safetyOpen.safety.open;
  const [told] = signal?.evidence ?? [];
  const written = '2026-03-25T13:05:00.000Z';
  const question = '“Did thoughts of harming yourself come up?”';

  async function banner(change: Partial<Log>, value: 'yes' | 'kept' = 'yes'): Promise<string> {
    if (plan === undefined || signal === undefined || told === undefined) throw new Error('nothing is open');
    const { value: _shared, ...kept } = told;
    const evidence = value === 'kept' ? kept : told;
    const logs = plan.logs.map((log) => (log.id === told.logId ? { ...log, ...change } : log));
    const safety = { open: [{ ...signal, evidence: [evidence] }] };
    opened = await openView({ ...safetyOpen, plans: [{ ...plan, logs }], safety });
    const { shown, until } = opened;
    await until(() => shown.box.querySelector('section.safety') !== null);
    return plain(shown.box.querySelector('section.safety')?.textContent);
  }

  it.each([
    ['the care team', { type: 'person', reference: 'Practitioner/dr-kim' }, 'She said goodbye to her sister'],
    ['the patient', { type: 'patient' }, 'Ich kann\nnicht mehr'],
  ] as const)('what was seen or said, as %s wrote it', async (who, by, text) => {
    if (signal === undefined) throw new Error('nothing is open');
    opened = await openView({
      ...safetyOpen,
      safety: { open: [{ ...signal, evidence: [{ at: written, by, text }] }] },
    });
    const { shown, until } = opened;
    await until(() => shown.box.querySelector('section.safety') !== null);
    expect(plain(shown.box.querySelector('section.safety')?.textContent)).toContain(
      `Wed, Mar 25, 9:05 AM: reported by ${who}: “${plain(text)}”`,
    );
  });

  it.each([
    ['  She said goodbye  ', { rule: 'other-concern', text: 'She said goodbye' }],
    ['   ', { rule: 'other-concern' }],
  ])('staff write it while they raise one, or leave it: “%s”', async (text, body) => {
    opened = await openView(situations.atTheVisit);
    const { shown, press, until, service } = opened;
    await press('Worried about this patient');
    await until(() => shown.box.querySelector('#safety-text') !== null);
    type(shown.box.querySelector('#safety-text'), text);
    await press('Raise it');
    await until(() => shown.box.querySelector('section.safety') !== null);
    expect(service.calls.find(({ path }) => path === '/app/v1/safety-signals')?.body).toEqual(body);
    expect(plain(shown.box.querySelector('section.safety')?.textContent).includes('“She said goodbye”')).toBe(
      'text' in body,
    );
  });

  it.each<[string, Partial<Log>, string]>([
    [
      'when it was written, and about when',
      {},
      `Written Wed, Mar 25, 9:05 AM, about Mon, Mar 2, 10:00 AM: ${question} yes`,
    ],
    [
      'both across a change of clocks',
      { performedAt: '2026-03-08T12:00:00.000Z' },
      `Written Wed, Mar 25, 9:05 AM, about Sun, Mar 8, 8:00 AM: ${question} yes`,
    ],
    ['one time, where it is the same', { performedAt: written }, `Written Wed, Mar 25, 9:05 AM: ${question} yes`],
    [
      'no time that nobody may have said yet',
      { status: 'in-progress' },
      `Written Wed, Mar 25, 9:05 AM: ${question} yes, in a log that is not finished yet`,
    ],
    [
      'that it was taken back',
      { status: 'entered-in-error' },
      `about Mon, Mar 2, 10:00 AM: ${question} yes, in a log that was taken back`,
    ],
  ])('%s', async (_what, change, words) => {
    expect(await banner(change)).toContain(words);
  });

  it('that it is kept private, and not what it was', async () => {
    const words = await banner({ withheld: ['self-harm-thoughts'] }, 'kept');
    expect(words).toContain(`${question} answer kept private`);
    expect(words).not.toContain('” yes');
  });

  it('of what no log says, only who reported it and when', async () => {
    opened = await openView(safetyOpen);
    const { shown, until } = opened;
    await until(() => shown.box.querySelector('section.safety') !== null);
    const text = plain(shown.box.querySelector('section.safety')?.textContent);
    expect(text).toMatch(/Wed, Mar 25, 12:20 PM: reported by /);
    expect(text).not.toMatch(/Written Wed, Mar 25, 12:20 PM/);
  });
});

describe('somebody with an open signal who is set aside', () => {
  it.each([0, 1])('is told of as they stand: row %i', async (index) => {
    opened = await openView(situations.safetyOnTheList);
    const { shown, until, press, text } = opened;
    const rows = () => [...shown.box.querySelectorAll('tbody tr')];
    await until(() => rows().length > 1);
    const row = rows()[index];
    const name = plain(situations.safetyOnTheList.roster[index]?.name);
    const isFirst = index === 0;
    expect(plain(row?.textContent)).toContain(name);
    await press(`Note a contact with ${name}`);
    const sheet = () => plain(document.querySelector('dialog')?.textContent);
    await until(() => sheet() !== '');
    const stays = `While one is open, ${name} stays on the list, and is not set aside.`;
    expect(sheet().includes(stays)).toBe(isFirst);
    type(document.querySelector('dialog textarea'), 'Called; will come on Monday');
    [...document.querySelectorAll<HTMLInputElement>('dialog input[type=radio]')][2]?.click();
    await press('Save');
    await until(() => text().includes(`Contact with ${name} noted`));
    const set = 'et aside until Wed, Apr 1';
    await until(() => plain(text()).includes(set));
    const first = 'noted. Stays on the list while a safety signal is open; then set aside until Wed, Apr 1.';
    expect(plain(text()).includes(first)).toBe(isFirst);
    expect(plain(text()).includes('noted. Set aside until')).toBe(!isFirst);
    if (!isFirst) await press('Set aside');
    const back = isFirst ? `Do not set aside ${name}` : `Put back ${name} on the list`;
    await until(() => rows().some((one) => plain(one.textContent).includes(back)));
    const filters = () => plain(shown.box.querySelector('.filters')?.textContent);
    expect(filters()).toContain(`Something in the way${isFirst ? 2 : 1}`);
    expect(filters()).toContain(`Set aside${isFirst ? 1 : 2}`);
    if (isFirst) {
      expect(plain(rows()[0]?.textContent)).toContain(name);
      expect(rows()[0]?.className).not.toContain('aside');
    }
    await press(back);
    await until(() =>
      plain(text()).includes(isFirst ? `Not to be set aside any more: ${name}.` : `Back on the list: ${name}.`),
    );
  });
});
