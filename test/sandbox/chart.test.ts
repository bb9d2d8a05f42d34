import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { escapeHtml, html } from '../../src/sandbox/chart/html.ts';
import { type FaceName, type Json, type OpenSandbox, openSandbox, survey, task } from './open-sandbox.ts';

const EVIL = `<img src=x onerror="alert(1)">'"&`;
const SAFE = escapeHtml(EVIL);

let ehr: OpenSandbox;
beforeAll(async () => {
  ehr = await openSandbox();
});
afterAll(() => ehr.close());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${ehr.url}${path}`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const create = async (body: Json, face: FaceName = 'native') => {
  const made = await ehr.fhir(face, 'POST', `/${body.resourceType}`, { body });
  expect([made.status, made.body.issue]).toEqual([201, undefined]);
  return made.body;
};

describe('escaping', () => {
  it('escapes text, keeps markup of templates, joins lists, leaves out nothing and false', () => {
    const inner = html`<b>${EVIL}</b>`;
    expect(html`${inner}${[EVIL, 1]}${undefined}${false}`.text).toBe(`<b>${SAFE}</b>${SAFE}1`);
    expect(SAFE).not.toMatch(/[<>"']/);
  });

  it('whatever an app wrote stands in the chart as text', async () => {
    const subject = { reference: 'Patient/ruth-abrams' };
    const plan = {
      resourceType: 'CarePlan',
      status: 'active',
      intent: 'plan',
      title: EVIL,
      description: EVIL,
      subject,
    };
    const parent = await create(
      task({
        for: subject,
        description: EVIL,
        businessStatus: { text: EVIL },
        input: [{ type: { text: EVIL }, valueString: EVIL }],
      }),
    );
    await create({ ...plan, activity: [{ reference: { reference: `Task/${parent.id}` } }] });
    await create(task({ for: subject, description: EVIL, partOf: [{ reference: `Task/${parent.id}` }] }));
    await create({
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      questionnaire: 'https://example.org/x',
      subject,
      item: [{ linkId: 'a', text: EVIL, answer: [{ valueString: EVIL }] }],
    });
    await create(
      survey({ subject, code: { text: EVIL }, valueInteger: undefined, valueString: EVIL, note: [{ text: EVIL }] }),
    );
    const data = Buffer.from(EVIL).toString('base64');
    await create({
      resourceType: 'DocumentReference',
      status: 'current',
      type: { text: EVIL },
      subject,
      content: [{ attachment: { contentType: 'text/plain', data } }],
    });
    await create({ resourceType: 'Communication', status: 'completed', subject, payload: [{ contentString: EVIL }] });
    await create({ resourceType: 'Flag', status: 'active', code: { text: EVIL }, subject });
    const { text } = await get('/chart/ruth-abrams');
    expect(text).not.toContain('<img');
    expect(text.split(SAFE).length).toBeGreaterThan(12);
  });

  it('serves its pages under a policy that runs no inline script', async () => {
    const { headers, text } = await get('/chart/sarah');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(text).not.toMatch(/<script(?! src="\/assets\/chart\.js" defer>)|<style| style=| on\w+=/);
  });
});

describe('pages', () => {
  it('lists all patients and opens each on both faces', async () => {
    const { text } = await get('/');
    const links = [...text.matchAll(/href="(\/chart\/[^"]+)"/g)].map((match) => String(match[1]));
    expect(links).toHaveLength(12);
    for (const link of links) {
      expect((await get(link)).status).toBe(200);
      expect((await get(link.replace('native', 'notes-only'))).status).toBe(200);
    }
  });

  it('says in words when there is nothing', async () => {
    const { text } = await get('/chart/sean-obrien?face=notes-only');
    for (const words of ['No care plan', 'No questionnaire responses', 'No observations', 'No clinical notes']) {
      expect(text).toContain(`${words} in this record yet`);
    }
  });

  it.each(['/chart/nobody', '/chart/sarah?face=other', '/chart/sarah/json/Task/none', '/elsewhere'])(
    '%s → 404',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('shows tasks in the order of their steps with occurrences beneath, and answers beside their questions', async () => {
    const step = (number: string) => [{ type: { text: 'Step number' }, valueString: number }];
    const make = (description: string, number: string) => create(task({ description, input: step(number) }));
    const third = await make('Third thing', '10');
    const first = await make('First thing', '2');
    const second = await make('Second thing', '4b');
    await create({
      resourceType: 'CarePlan',
      status: 'active',
      intent: 'plan',
      title: 'Homework',
      subject: { reference: 'Patient/sarah' },
      activity: [third, first, second].map(({ id }) => ({ reference: { reference: `Task/${id}` } })),
    });
    const restriction = { period: { end: '2026-03-14T04:00:00-04:00' } };
    const partOf = [{ reference: `Task/${first.id}` }];
    await create(task({ description: 'On Monday', partOf, status: 'completed', restriction }));
    await create({
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      subject: { reference: 'Patient/sarah' },
      questionnaire: 'https://example.org/Questionnaire/thought-log|1',
      item: [
        { linkId: 'p', text: 'What did you predict?', answer: [{ valueString: 'They will laugh' }] },
        {
          linkId: 'm',
          text: 'What happened?',
          answer: [
            {
              _valueString: {
                extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
              },
            },
          ],
        },
      ],
    });
    await create(survey());
    const { text } = await get('/chart/sarah');
    const order = ['First thing', 'On Monday', 'Second thing', 'Third thing'].map((words) => text.indexOf(words));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
    expect(text).toMatch(/<td>until <time datetime="2026-03-14T04:00:00-04:00">Sat, Mar 14, 2026/);
    expect(text).toMatch(/What did you predict\?<\/dt><dd>\s*<span class="answer">They will laugh/);
    expect(text).toMatch(/What happened\?<\/dt><dd>\s*<span class="answer"><span class="absent">withheld/);
    expect(text).toContain('Thought log');
    expect(text).toContain('Mon, Mar 2, 2026, 10:00 AM');
    expect(text).not.toContain('Tasks outside a care plan');
  });

  it('decodes notes, and links each resource to its JSON', async () => {
    const data = Buffer.from('Line one\nLine two – ü').toString('base64');
    const note = await create(
      {
        resourceType: 'DocumentReference',
        status: 'current',
        docStatus: 'final',
        subject: { reference: 'Patient/sarah' },
        content: [{ attachment: { contentType: 'text/plain', data } }],
      },
      'notes-only',
    );
    const { text } = await get('/chart/sarah?face=notes-only');
    expect(text).toContain('<pre>Line one\nLine two – ü</pre>');
    const link = `/chart/sarah/json/DocumentReference/${note.id}?face=notes-only`;
    expect(text).toContain(`href="${link}"`);
    expect(JSON.parse((await get(link)).text)).toEqual(note);
  });

  it('sends the chart again only when something was written', async () => {
    const path = '/chart/sarah/fragment?face=native';
    const first = await get(path);
    const version = String(first.headers.get('etag'));
    expect((await get(path, { 'if-none-match': version })).status).toBe(304);
    await create(survey({ code: { text: 'Just now' } }));
    const news = await get(path, { 'if-none-match': version });
    expect([news.status, news.text.includes('Just now')]).toEqual([200, true]);
  });
});
