import type { Communication, Observation, QuestionnaireResponse, Task } from 'fhir/r4';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ehr, readEhr } from '../oracle/read-ehr.ts';
import { type House, openHouse } from '../start/open-house.ts';
import { patience } from '../start/run-process.ts';
import { launchChromium, pagePatience } from './launch-chromium.ts';
import { commitsOf, openChart, openInChart, openInWindow, openVisit, setClock, type Visit } from './real-visit.ts';
import { sendLog, turnTo } from './turn-pages.ts';

/** Sarah's case by clicking, from the chart: her clinician inside the chart, she herself on her phone. */
let house: House;
let browser: Browser;
let ehr: Ehr;
let atWork: Visit;
let onPhone: Visit;
let chart: Page;
let phone: Page;

const clinician = 'Open Intersession as Dr. Adaeze Okafor';
const portal = 'Patient portal: my homework as Sarah Whitfield';
const seconds = { timeout: pagePatience };
const title = 'Notice what happens in three Monday meetings';
const ofSarah = { patient: 'Patient/sarah' };

/** What the chart shows under a heading. */
const shown = async (heading: string): Promise<string> => {
  const text = await chart.getByRole('region', { name: heading }).innerText();
  return text.replace(/\s+/g, ' ').toLowerCase();
};
/** How the EHR has the steps of the plan, by their keys. */
async function steps(): Promise<Record<string, string>> {
  const all = await ehr.search<Task>('Task', ofSarah);
  return Object.fromEntries(
    all
      .filter(({ partOf }) => partOf === undefined)
      .map(({ input = [], status, businessStatus }) => [
        input.find(({ type }) => type.coding?.[0]?.code === 'step-key')?.valueString ?? '',
        `${status} ${businessStatus?.coding?.[0]?.code ?? ''}`,
      ]),
  );
}
async function measured(): Promise<Record<string, unknown>> {
  const all = await ehr.search<Observation>('Observation', ofSarah);
  return Object.fromEntries(
    all.map(({ code, valueQuantity, valueInteger, valueCodeableConcept }) => [
      code.coding?.[0]?.code ?? '',
      valueQuantity?.value ?? valueInteger ?? valueCodeableConcept?.coding?.[0]?.code,
    ]),
  );
}
/** Moves a slider as a finger does: to a place on its line. */
async function slide(question: string, part: number): Promise<void> {
  const slider = phone.getByRole('slider', { name: question });
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  if (box === null) throw new Error(`no slider for ${question}`);
  await phone.mouse.click(box.x + box.width * part, box.y + box.height / 2);
}

beforeAll(async () => {
  const launching = launchChromium();
  house = await openHouse();
  browser = await launching;
  await setClock(house, '2026-03-02T14:00:00.000Z');
  ehr = await readEhr(`${house.ehr}/fhir/native`, house.dataDir);
  atWork = await openVisit(browser);
  onPhone = await openVisit(browser, 400);
  chart = await openChart(atWork, house, '/chart/sarah?face=native');
}, patience);
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

describe('Sarah’s case by clicking', () => {
  it('her clinician assigns a tailored plan inside the chart, where cookies of other sites are blocked', async () => {
    const app = await openInChart(chart, clinician);
    await app.getByRole('heading', { name: 'No homework yet for Sarah Whitfield' }).waitFor();
    const frame = chart.frame('app');
    expect(new URL(frame?.url() ?? '').origin).toBe(house.running.url);
    const cookie = await frame?.evaluate(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: whether the browser lets it is what is asked
      document.cookie = 'canary=1; SameSite=None; Secure';
      return document.cookie;
    });
    expect(cookie, 'the browser does block them').toBe('');
    await app.getByRole('button', { name: 'Assign a plan' }).click();
    await app.getByRole('heading', { name: /^Step 1:/ }).click();
    await app.getByLabel('Title').first().fill(title);
    await app.getByLabel('Until').first().fill('2026-03-10');
    await app.getByRole('button', { name: 'Assign to Sarah Whitfield' }).click();
    await app.getByRole('heading', { name: 'Speaking up in meetings', exact: true }).waitFor();
    await expect.poll(() => shown('Care plan'), seconds).toContain('three monday meetings');
    await house.running.idle();
    expect(await steps()).toEqual({
      '1': 'requested assigned',
      '2': 'draft locked',
      '3': 'draft locked',
      '4a': 'draft locked',
      '4b': 'draft locked',
      '4c': 'draft locked',
    });
    const first = (await ehr.search<Task>('Task', ofSarah)).find(({ description }) => description === title);
    expect(first?.requester?.reference).toBe('Practitioner/dr-okafor');
  });

  it('Sarah writes her first log on her phone, over a reload in the middle of it', async () => {
    const portalPage = await openChart(onPhone, house, '/chart/sarah?face=native');
    phone = await openInWindow(portalPage, portal);
    await phone.getByRole('heading', { name: 'Hello Sarah' }).waitFor();
    await setClock(house, '2026-03-02T16:00:00.000Z');
    await phone.getByRole('button', { name: /^Write it down/ }).click();
    await phone.getByText('Who will see this').waitFor();
    await phone.getByRole('textbox', { name: /What was the situation/ }).fill('Monday team meeting, eight people');
    await slide('Before it began: how strongly did you believe', 0.9);
    await phone.getByRole('textbox', { name: /What did you expect/ }).fill('They will laugh');
    await phone.getByText('Saved. You can leave').waitFor();
    await phone.reload();
    await expect
      .poll(() => phone.getByRole('textbox', { name: /What did you expect/ }).inputValue(), seconds)
      .toBe('They will laugh');
    await turnTo(phone, 'How strong was your distress at its highest?');
    await slide('How strong was your distress at its highest?', 0.75);
    await phone.getByRole('textbox', { name: /How many times did you have something to say/ }).fill('3');
    const answered = async (question: string) =>
      Number(await phone.getByRole('slider', { name: question }).inputValue());
    const peak = await answered('at its highest');
    await turnTo(phone, 'And now: how strongly do you believe that thought?');
    await slide('And now: how strongly do you believe that thought?', 0.85);
    const after = await answered('And now');
    for (const title of ['During', 'Before']) await phone.getByRole('button', { name: `Back to “${title}”` }).click();
    const told = { 'belief-before': await answered('Before it began'), 'suds-peak': peak, 'belief-after': after };
    expect(Object.values(told).every((value) => value > 60 && value < 100)).toBe(true);
    await sendLog(phone);
    await phone.getByRole('heading', { name: /Thank you/ }).waitFor();
    await expect.poll(() => shown('Questionnaire responses'), seconds).toContain('they will laugh');
    await expect.poll(() => shown('Care plan'), seconds).toContain('logging');
    await house.running.idle();
    const [response, ...more] = await ehr.search<QuestionnaireResponse>('QuestionnaireResponse', ofSarah);
    expect(more).toEqual([]);
    expect(response).toMatchObject({ status: 'completed', source: { reference: 'Patient/sarah' } });
    expect(JSON.stringify(response)).toContain('Monday team meeting, eight people');
    expect(await measured()).toMatchObject({ ...told, 'self-censored': 3 });
    expect((await steps())['1']).toBe('in-progress logging');
  });

  it('her clinician sees it and gives feedback, which she reads and answers', async () => {
    await setClock(house, '2026-03-03T15:00:00.000Z');
    const app = await openInChart(chart, clinician);
    await app.getByText('They will laugh').first().waitFor();
    await app.getByRole('button', { name: 'Plan', exact: true }).click();
    await app.getByRole('button', { name: 'Give feedback on step 1' }).click();
    await app.getByLabel('What you want to say to the patient').fill('Eight people, and you noticed so much.');
    await app.getByRole('button', { name: 'Send to the patient' }).click();
    await app.getByRole('dialog').waitFor({ state: 'detached' });
    await phone.reload();
    await phone.getByRole('button', { name: /^Messages/ }).click();
    await phone.getByText('Eight people, and you noticed so much.').waitFor();
    await phone.getByRole('button', { name: 'Answer' }).click();
    await phone.getByLabel('Your answer').fill('Thank you');
    await phone.getByRole('button', { name: 'Send', exact: true }).click();
    await phone.getByText('Thank you', { exact: true }).waitFor();
    await expect.poll(() => shown('Messages'), seconds).toContain('thank you');
    await house.running.idle();
    const said = await ehr.search<Communication>('Communication', ofSarah);
    expect(
      said.map(({ sender, payload }) => `${sender?.reference}: ${payload?.[0]?.contentString}`).toSorted(),
    ).toEqual(['Patient/sarah: Thank you', 'Practitioner/dr-okafor: Eight people, and you noticed so much.']);
  });

  it('the rest is missed; she says what got in the way, and the clinician talks it over and unlocks', async () => {
    await setClock(house, '2026-03-16T15:00:00.000Z');
    await expect.poll(() => shown('Care plan'), seconds).toContain('missed');
    await phone.getByRole('button', { name: 'To do' }).click();
    await phone.reload();
    await phone.getByRole('button', { name: 'Say what got in the way' }).click();
    await phone.getByRole('button', { name: 'Something is in the way' }).click();
    await phone.getByRole('radio', { name: 'I was afraid' }).check();
    await phone.getByLabel(/In your own words/).fill('My manager was there');
    await phone.getByRole('button', { name: 'Tell my clinician' }).click();
    await phone.getByText('You said: I was afraid').waitFor();
    await expect.poll(() => shown('Observations'), seconds).toContain('my manager was there');
    const app = await openInChart(chart, clinician);
    await app.getByText('My manager was there').first().waitFor();
    await app.getByRole('button', { name: 'Talked over' }).first().click();
    await app.getByRole('button', { name: 'Plan', exact: true }).click();
    await app.getByRole('button', { name: 'Unlock step 2' }).click();
    await app.getByLabel('Why now?').fill('One person is a smaller step');
    await app.getByRole('dialog').getByRole('button', { name: 'Unlock' }).click();
    await app.getByRole('dialog').waitFor({ state: 'detached' });
    await phone.reload();
    await phone.getByRole('button', { name: 'To do' }).click();
    await phone.getByRole('heading', { name: 'Tell one colleague what you think' }).waitFor();
    await house.running.idle();
    expect(await steps()).toMatchObject({ '1': 'failed missed', '2': 'requested assigned', '3': 'draft locked' });
    expect(await measured()).toMatchObject({ 'homework-barrier': 'fear' });
  });

  it('nothing was created twice, and everything that the EHR holds it was told by us', async () => {
    const created = commitsOf(house).filter(({ interaction }) => interaction === 'create');
    const named = created.map(({ type, identifier }) => `${type} ${JSON.stringify(identifier)}`);
    expect(new Set(named).size).toBe(named.length);
    const types = ['Task', 'QuestionnaireResponse', 'Communication'] as const;
    for (const type of types) {
      const held = await ehr.search<Task | QuestionnaireResponse | Communication>(type, ofSarah);
      expect(held.map(({ id }) => id).toSorted()).toEqual(
        created
          .filter((entry) => entry.type === type)
          .map(({ id }) => id)
          .toSorted(),
      );
    }
    expect(new Set(created.map(({ face }) => face))).toEqual(new Set(['native']));
    expect([...atWork.complaints, ...onPhone.complaints]).toEqual([]);
  });
});
