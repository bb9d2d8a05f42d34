import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { FakeService } from './fake-service.ts';
import { button, type OpenedView, openView } from './open-view.tsx';
import { otherDevice } from './other-device.ts';
import { type } from './render.tsx';
import { situations } from './situations.ts';

/** The whole page of one device, while another device of the same person writes the same log. */
const [plan] = situations.firstDay.plans;
const step = plan.assignments.find(({ key }) => key === '1')?.id ?? '';
const occurrence = plan.occurrences.find(({ assignmentId }) => assignmentId === step)?.id;
const whole = { situation: 'In the corridor', 'suds-peak': 75, 'belief-before': 90, 'belief-after': 90 };
let view: OpenedView | undefined;
afterEach(async () => {
  await view?.close();
  view = undefined;
});

const open = async (page: object = { name: 'log', assignmentId: step }) => {
  view = await openView(situations.firstDay, page);
  const { shown, until } = view;
  await until(() => shown.box.querySelector('main') !== null);
  return view;
};
const fieldOf = (linkId: string) => view?.shown.box.querySelector<HTMLTextAreaElement>(`#q-${linkId}`) ?? null;
const write = async (linkId: string, text: string) => {
  await view?.until(() => fieldOf(linkId) !== null);
  type(fieldOf(linkId), text);
};

const logOf = (service: FakeService) => service.plans()[0]?.logs[0];
const body = (answers: object) => ({ assignmentId: step, occurrenceId: occurrence, answers, withheld: [] });
const drafted = '6f1c0000-0000-4000-8000-000000000001';

describe('a log that is open on two devices', () => {
  it('shows what was written to another question there, and says so', async () => {
    const { service, until, text } = await open();
    const other = await otherDevice(service);
    await other('PUT', `/drafts/${drafted}`, body({ situation: 'In the corridor' }));
    await write('before-thoughts', 'They will laugh');
    await until(() => text().includes('What you wrote in another tab or on another device stands here with it.'));
    expect(fieldOf('situation')?.value).toBe('In the corridor');
    expect(service.plans()[0]?.logs).toHaveLength(1);
    expect(logOf(service)?.id).toBe(drafted);
  });

  it('shows two answers at their question, and both are kept when they are put together', async () => {
    const { service, until, text, press, shown } = await open();
    const other = await otherDevice(service);
    await other('PUT', `/drafts/${drafted}`, body({ situation: 'In the corridor' }));
    await write('situation', 'At my desk');
    await until(() => text().includes('You also answered this in another tab or on another device'));
    expect([fieldOf('situation')?.value, shown.box.querySelector('.other-words')?.textContent]).toEqual([
      'At my desk',
      'In the corridor',
    ]);
    await press('Put it below mine');
    expect(fieldOf('situation')?.value).toBe('At my desk\nIn the corridor');
    await until(() => logOf(service)?.others === undefined);
    await until(() => text().includes('Saved. You can leave and come back.'));
    const kept = await other('PUT', `/drafts/${drafted}`, body({}));
    expect(kept.log.answers.situation).toBe('At my desk\nIn the corridor');
  });

  it('keeps the other answer to whoever leaves it out, on the other device too', async () => {
    const { service, until, text, press } = await open();
    const other = await otherDevice(service);
    await other('PUT', `/drafts/${drafted}`, body({ situation: 'In the corridor' }));
    await write('situation', 'At my desk');
    await until(() => text().includes('You also answered this'));
    await press('Leave it out');
    await until(() => logOf(service)?.others === undefined && text().includes('Saved. You can leave'));
    expect(JSON.stringify(logOf(service)?.items)).toContain('At my desk');
    expect(JSON.stringify(logOf(service))).not.toContain('corridor');
  });

  it('that is sent there says so here, and offers the words as a correction', async () => {
    const { service, until, text, press, shown } = await open();
    await write('situation', 'At my desk');
    await until(() => text().includes('Saved. You can leave and come back.'));
    const other = await otherDevice(service);
    const { occurrenceId, withheld } = body({});
    const id = logOf(service)?.id;
    await other('POST', `/assignments/${step}/logs`, { id, occurrenceId, withheld, answers: whole });
    await write('before-thoughts', 'They will laugh');
    await until(() => text().includes('This note was sent already'));
    expect(shown.box.querySelector('.notice dl')?.textContent).toMatch(/At my desk.*They will laugh/);
    expect(text()).not.toContain('You can leave and come back');
    await press('Put it into the note you sent');
    await until(() => text().includes('Put right:'));
    // at the page where it is another, beside what it takes the place of
    await until(() => fieldOf('before-thoughts') !== null);
    type(fieldOf('situation'), 'On the stairs');
    expect(shown.box.querySelector('.sent-before')?.textContent).toContain('In the corridor');
    type(fieldOf('situation'), 'In the corridor');
    expect(shown.box.querySelector('.sent-before')).toBeNull();
    await press('Save the correction');
    await until(() => JSON.stringify(logOf(service)?.items).includes('They will laugh'));
    await until(() => text().includes('put right since'));
    expect(logOf(service)?.status).toBe('amended');
    // this device had saved another one, which the other has changed
    expect(JSON.stringify(logOf(service)?.items)).toContain('In the corridor');
    expect(JSON.stringify(logOf(service)?.items)).not.toContain('At my desk');
  });

  it('whose step ended there keeps the words in sight', async () => {
    const { service, until, text, press } = await open();
    await write('situation', 'At my desk');
    await until(() => text().includes('Saved. You can leave and come back.'));
    const other = await otherDevice(service);
    await other('POST', `/assignments/${step}/moves`, { event: 'stop', barrier: { code: 'fear' } });
    await write('situation', 'At my desk, alone');
    await until(() => text().includes('This was not sent'));
    expect(text()).toContain('At my desk, alone');
    await press('Leave it out for good');
    await until(() => !text().includes('At my desk, alone'));
  });
});

describe('a note of what is in the way that was begun', () => {
  it('is offered first when one comes back, with what was chosen, and is sent as such', async () => {
    const { service, until, press, text, shown } = await open({ name: 'step', assignmentId: step });
    await press('I’d rather not do this one');
    await until(() => shown.box.querySelector('.barrier-form textarea') !== null);
    await act(async () => shown.box.querySelectorAll<HTMLInputElement>('.barrier-form input[type=radio]')[2]?.click());
    type(shown.box.querySelector('.barrier-form textarea'), 'It is too');
    await press('To do');
    await until(() => text().includes('You began to say what is in the way'));
    const first = shown.box.querySelector('article h2')?.textContent;
    expect(first).toBe('You began to say what is in the way');
    await press('Go on with it');
    await until(() => shown.box.querySelector('.barrier-form textarea') !== null);
    expect(shown.box.querySelector<HTMLTextAreaElement>('.barrier-form textarea')?.value).toBe('It is too');
    expect(shown.box.querySelectorAll<HTMLInputElement>('.barrier-form input[type=radio]')[2]?.checked).toBe(true);
    expect(button(shown.box, 'Say no to this step')).toBeDefined();
    await press('Say no to this step');
    await until(() => service.plans()[0]?.barriers.length === 1);
    await press('To do');
    expect(text()).not.toContain('You began to say');
  });
});
