import { afterEach, describe, expect, it } from 'vitest';
import type { PlanState } from '../../src/homework/model.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { newerPlan, situations } from './situations.ts';
import { answering, jsonAnswer, shapes } from './wrong-shapes.ts';

/** Who did something with a plan: by name where it can be read, and never by anything else. */
let view: OpenedView | undefined;
afterEach(() => view?.close());

const kim = 'Practitioner/dr-kim';
const me = 'Practitioner/dr-okafor';
const visit = situations.atTheVisit;
const at = '2026-03-18T15:00:00.000Z';

/** Sarah's plan, of which step 4b was unlocked by one and reworded by another. */
function by(unlockedBy: string, changedBy: string, more: object = {}): readonly PlanState[] {
  return visit.plans.map((state) => ({
    ...state,
    assignments: state.assignments.map((step) =>
      step.key !== '4b'
        ? step
        : {
            ...step,
            unlocked: { at, by: unlockedBy, reason: 'she is ready' },
            changes: [{ at, by: changedBy, title: { from: 'Big', to: step.title }, reason: 'smaller' }],
            ...more,
          },
    ),
  }));
}

/** Two plans, in the older of which somebody talked over why step 4b was missed. */
function talkedOver(who: string): Parameters<typeof openView>[0] {
  const talked = visit.plans.map((state) => ({
    ...state,
    barriers: state.barriers.map((barrier) => ({ ...barrier, talkedOverAt: visit.now, talkedOver: { by: who } })),
  }));
  return { ...visit, plans: [newerPlan, ...talked] };
}

async function planPage(situation: Parameters<typeof openView>[0]): Promise<OpenedView> {
  const opened = await openView(situation, { name: 'plan' });
  view = opened;
  expect(opened.shown).toBeDefined();
  await opened.until(() => opened.shown.box.querySelector('.ladder') !== null);
  return opened;
}
const asked = ({ service }: OpenedView) => service.calls.filter(({ path }) => path === '/app/v1/people').length;

describe('who did something with a plan', () => {
  it('is a colleague by name, in what they unlocked and in what they changed', async () => {
    const opened = await planPage({ ...visit, plans: by(kim, kim), people: { [kim]: 'Dr. Min-ji Kim' } });
    await opened.until(() => opened.text().includes('Dr. Min-ji Kim unlocked it on Wed, Mar 18: “she is ready”'));
    expect(opened.text()).toContain('Changed on Wed, Mar 18 by Dr. Min-ji Kim');
    expect(opened.text()).not.toContain('a clinician:');
    expect(asked(opened)).toBe(1);
    // names are in the page's memory alone
    expect(JSON.stringify([{ ...sessionStorage }, { ...localStorage }, location.href])).not.toContain('Kim');
  });

  it('is “you” for oneself, and nobody’s name is asked for', async () => {
    const opened = await planPage({ ...visit, plans: by(me, me), people: { [me]: 'Dr Ada Okafor' } });
    expect(opened.text()).toContain('You unlocked it on Wed, Mar 18: “she is ready”');
    expect(opened.text()).toContain('Changed on Wed, Mar 18 by you');
    expect(asked(opened)).toBe(0);
  });

  it('is told in the words as they were where the name can’t be read', async () => {
    const opened = await planPage({ ...visit, plans: by(kim, 'PractitionerRole/nurse-4'), people: {} });
    await opened.until(() => asked(opened) === 1);
    expect(opened.text()).toContain('A clinician unlocked it on Wed, Mar 18');
    expect(opened.text()).toContain('Changed on Wed, Mar 18 by a clinician');
    expect(opened.text()).not.toMatch(/dr-kim|nurse-4/);
  });

  it.each([...shapes, 'a number for a name', 'no'] as const)('also when the service answers %s', async (shape) => {
    let answered = 0;
    const opened = await openView({ ...visit, plans: by(kim, kim) });
    view = opened;
    opened.instead((call) => {
      if (call.path !== '/app/v1/people') return undefined;
      answered += 1;
      if (shape === 'no') return new Response('{"code":"ehr-unreachable"}', { status: 502 });
      if (shape === 'a number for a name') return jsonAnswer({ names: { [kim]: 7 } });
      return answering('GET', '/app/v1/people', shape)(call);
    });
    expect(opened.shown).toBeDefined();
    await opened.until(() => answered > 0);
    await opened.press('Plan');
    await opened.until(() => opened.text().includes('A clinician unlocked it on Wed, Mar 18'));
    expect(opened.text()).toContain('Changed on Wed, Mar 18 by a clinician');
    expect(opened.text()).not.toMatch(/undefined|\[object|could not|\b7 unlocked/);
  });

  it('is never “you” on the word of a source system', async () => {
    const toldMove = { event: 'unlock', at, via: 'homework-product', by: me };
    const opened = await planPage({ ...visit, plans: by(me, me, { toldMove }) });
    expect(opened.text()).not.toContain('You unlocked it');
    expect(opened.text()).toMatch(/A clinician unlocked it on Wed, Mar 18, as told by/);
  });

  it('sets a name from the right apart, so that it carries nothing else off', async () => {
    const opened = await planPage({ ...visit, plans: by(kim, kim), people: { [kim]: 'ד״ר מיכל לוי' } });
    await opened.until(() => opened.text().includes('\u2068ד״ר מיכל לוי\u2069 unlocked it on Wed, Mar 18'));
  });

  it('is said on the first page, too, of the plan that is not looked at first, and is asked for once', async () => {
    const opened = await openView({ ...talkedOver(kim), people: { [kim]: 'Dr. Min-ji Kim' } });
    view = opened;
    expect(opened.shown).toBeDefined();
    await opened.until(() => opened.text().includes('Dr. Min-ji Kim talked it over on Wed, Mar 25.'));
    expect(opened.text()).not.toContain('A clinician talked it over');
    await opened.press('Plan');
    await opened.until(() => opened.shown.box.querySelector('.ladder') !== null);
    expect(asked(opened)).toBe(1);
  });

  it('is nobody’s name on the first page where oneself talked it over', async () => {
    const opened = await openView(talkedOver(me));
    view = opened;
    expect(opened.shown).toBeDefined();
    await opened.until(() => opened.text().includes('You talked it over on Wed, Mar 25.'));
    expect(asked(opened)).toBe(0);
  });

  const written = (author: string, more: object = {}) => {
    const [state, ...others] = visit.plans;
    if (state === undefined) throw new Error('no plan');
    const message = { id: 'm-1', planId: state.plan.id, patientId: state.plan.patientId, author, text: 'Well done' };
    return [{ ...state, feedback: [{ ...message, sentAt: at, ...more }] }, ...others];
  };
  it.each([
    [kim, { [kim]: 'Dr. Min-ji Kim' }, 'Dr. Min-ji Kim'],
    [kim, {}, 'Another clinician'],
    ['PractitionerRole/nurse-4', {}, 'Another clinician'],
    [me, {}, 'You'],
    ['patient', {}, 'Patient'],
  ])('heads a message of %s, with the names %o known', async (author, people, heading) => {
    const opened = await openView({ ...visit, plans: written(author), people });
    view = opened;
    expect(opened.shown).toBeDefined();
    await opened.press('Messages');
    const head = () => opened.shown.box.querySelector('.message .card-top strong')?.textContent;
    await opened.until(() => head() === heading);
    expect(asked(opened)).toBe(author === me || author === 'patient' ? 0 : 1);
  });

  it('is not “another” clinician where a source system names the one who reads', async () => {
    const opened = await openView({ ...visit, plans: written(me, { via: 'homework-product' }) });
    view = opened;
    expect(opened.shown).toBeDefined();
    await opened.press('Messages');
    await opened.until(() => opened.shown.box.querySelector('.message') !== null);
    expect(opened.shown.box.querySelector('.message .card-top strong')?.textContent).toBe('Clinician');
  });

  it('is a clinician, and not another one, for the coordinator who reads a message', async () => {
    const { roster } = situations.coordinator;
    const opened = await openView({ ...visit, role: 'coordinator', roster, plans: written(kim), people: {} });
    view = opened;
    expect(opened.shown).toBeDefined();
    await opened.press(`Open ${roster[0]?.name}`);
    await opened.until(() => opened.shown.box.querySelector('.needs-care') !== null);
    await opened.press('Messages');
    await opened.until(() => opened.shown.box.querySelector('.message') !== null);
    expect(opened.shown.box.querySelector('.message .card-top strong')?.textContent).toBe('Clinician');
  });

  it('is told to the coordinator, too, who reads along', async () => {
    const { roster } = situations.coordinator;
    const people = { [kim]: 'Dr. Min-ji Kim' };
    const opened = await openView({ ...visit, role: 'coordinator', roster, plans: by(kim, kim), people });
    view = opened;
    expect(opened.shown).toBeDefined();
    await opened.press(`Open ${roster[0]?.name}`);
    await opened.until(() => opened.shown.box.querySelector('.needs-care') !== null);
    await opened.press('Plan');
    await opened.until(() => opened.text().includes('Dr. Min-ji Kim unlocked it on Wed, Mar 18'));
  });
});
