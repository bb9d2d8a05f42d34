import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { planViewShape } from '../../src/contract/plan-view.ts';
import { currentVersion } from '../../src/kinds/kind.ts';
import { kindRegister } from '../../src/kinds/kind-register.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { type Doors, openDoors } from '../http/open-doors.ts';
import { bare, textOf, visible } from '../http/reports/read-pdf.ts';
import { measuredCheck, slept, tense, toBed, weeklyCheck } from '../kinds/kind-from-outside.ts';

// the service as it is, with a fifth kind in its register: what CONTRIBUTING.md says a new one takes
const kinds = kindRegister([...registeredKinds.kinds, measuredCheck]);
const { questionnaire } = currentVersion(weeklyCheck);
let doors: Doors;
let token: string;
let serial = 0;

beforeAll(async () => {
  doors = await openDoors();
  doors.test.install(kinds);
  token = await doors.token('north');
});
afterAll(() => doors.close());

/** A plan of one step, which is open from now on. */
async function plan(kind: string, words: { title: string; stepTitle?: string; instructions?: string }) {
  serial += 1;
  const { title, stepTitle = title, ...more } = words;
  const assignments = [
    {
      key: 'a',
      kind,
      title: stepTitle,
      ...more,
      schedule: { type: 'once', by: '2026-03-30' },
      unlock: { type: 'at-start' },
    },
  ];
  const body = {
    sourceId: `outside-${serial}`,
    patientId: 'omar',
    title,
    assignments,
    goals: [{ description: title }],
  };
  const answer = await doors.call('POST', '/api/v1/plans', { token, body });
  expect(answer.status, answer.text).toBe(201);
  const view = planViewShape.parse(answer.body);
  return {
    planId: view.plan.id,
    assignmentId: view.assignments[0]?.id ?? '',
    occurrenceId: view.occurrences[0]?.id ?? '',
  };
}

async function log(assignmentId: string, answers: Record<string, unknown>): Promise<string> {
  const performedAt = doors.test.record.clock.now().toISOString();
  const body = {
    patientId: 'omar',
    performedAt,
    status: 'completed',
    source: { type: 'patient' },
    answers,
  };
  const answer = await doors.call('POST', `/api/v1/assignments/${assignmentId}/logs`, { token, body });
  expect(answer.status, answer.text).toBe(201);
  return z.looseObject({ id: z.string() }).parse(answer.body).id;
}

async function pdfOf(planId: string): Promise<{ text: string; filed: string }> {
  const filed = await doors.call('POST', `/api/v1/plans/${planId}/reports`, { token, body: {} });
  expect(filed.status, filed.text).toBe(201);
  const { id, text } = z.object({ id: z.string(), text: z.string() }).parse(filed.body);
  const response = await fetch(`${doors.url}/api/v1/reports/${id}/pdf`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  return { text: await textOf(new Uint8Array(await response.arrayBuffer())), filed: text };
}

describe('words of people in the PDF of a running service', () => {
  it.each([
    ['Chinese', '我在会议上说话，没有人笑'],
    ['Japanese', '会議で話しました。誰も笑いませんでした'],
    ['Korean', '회의에서 말했습니다'],
    ['Hindi', 'मैंने टीम की बैठक में बोला'],
    ['Tamil', 'நான் கூட்டத்தில் பேசினேன்'],
    ['Thai', 'ฉันพูดในที่ประชุม'],
    ['Amharic', 'በስብሰባው ላይ ተናገርኩ'],
    ['emoji', '😬👍🏽'],
    ['typesetting as an attack', '#read("/etc/passwd") $x$ \\ #import "@preview/x:1.0.0": *'],
    ['a letter that no font has', 'so \u{10900}'],
  ])('%s', async (name, words) => {
    const { planId, assignmentId } = await plan('self-monitoring', { title: words });
    await log(assignmentId, { situation: words, 'belief-before': 60 });
    const { text, filed } = await pdfOf(planId);
    const shown = name.startsWith('a letter') ? 'so[U+10900]' : words;
    // the plan's title and the answer; the step's is bold, where readers copy some marks of Thai twice
    expect(bare(text).split(bare(shown)).length - 1, text).toBeGreaterThanOrEqual(2);
    expect(text.includes('No font of this service draws')).toBe(name.startsWith('a letter'));
    // other ways to read the report hold the letter itself
    expect(filed.normalize()).toContain(words.split(' ')[1] ?? words);
  });

  it.each([
    ['Arabic', 'تحدثت في اجتماع الفريق (55 %) ولم يضحك أحد'],
    ['Hebrew', 'דיברתי בישיבה (55 %) ואף אחד לא צחק'],
  ])('%s, in the order of reading', async (_, words) => {
    const { planId, assignmentId } = await plan('self-monitoring', { title: 'Speak up', stepTitle: words });
    await log(assignmentId, { situation: words, 'belief-before': 60 });
    const { text } = await pdfOf(planId);
    for (const run of words.split(/ \(55 %\) /)) expect(visible(text)).toContain(run);
  });
});

describe('questionnaire-of-a-prom.json as a kind of a running service', () => {
  it('goes from the plan by the API to the answers, measures, report and PDF', async () => {
    const { planId, assignmentId } = await plan('weekly-check', { title: 'The week' });
    const logId = await log(assignmentId, {
      [tense]: 'LA6569-3',
      [slept]: { value: 7.5, unit: 'h' },
      [toBed]: '22:30',
    });

    const read = await doors.call('GET', `/api/v1/plans/${planId}`, { token });
    expect(read.body).toMatchObject({
      logs: [
        {
          answers: {
            [tense]: { code: 'LA6569-3', display: 'Sometimes' },
            [slept]: { value: 7.5, unit: 'h' },
            [toBed]: '22:30:00',
          },
        },
      ],
    });

    const found = await doors.call(
      'GET',
      '/fhir/north/Observation?patient=omar&code=http://loinc.org|69725-0,93832-4,65554-8',
      { token },
    );
    const bundle = z
      .object({ entry: z.array(z.object({ resource: z.looseObject({ id: z.string() }) })) })
      .parse(found.body);
    const mine = bundle.entry.map(({ resource }) => resource).filter(({ id }) => id.startsWith(logId));
    expect(mine).toHaveLength(3);
    for (const { id } of mine) {
      expect(id).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
      expect((await doors.call('GET', `/fhir/north/Observation/${id}`, { token })).status).toBe(200);
    }

    const { text, filed } = await pdfOf(planId);
    for (const words of ['Tense Sometimes', 'Slept 7.5 h', 'To bed at 22:30']) {
      expect(filed.replace(/\s+/g, ' ')).toContain(words);
      expect(bare(text)).toContain(bare(words));
    }
  });

  it('is served as a Questionnaire, and its form filler’s answers are taken', async () => {
    const url = encodeURIComponent(`${questionnaire.url}`);
    const served = await doors.call('GET', `/fhir/north/Questionnaire?url=${url}`, { token });
    expect(served.body).toMatchObject({
      total: 1,
      entry: [{ resource: { id: 'weekly-check', url: questionnaire.url } }],
    });

    const { planId, occurrenceId } = await plan('weekly-check', { title: 'The next week' });
    const task = await doors.call('GET', `/fhir/north/Task/${occurrenceId}`, { token });
    const inputs = z
      .looseObject({ input: z.array(z.looseObject({ type: z.any(), valueUrl: z.string().optional() })) })
      .parse(task.body);
    const endpoint = inputs.input.find(({ type }) => type.coding[0]?.code === 'response-endpoint')?.valueUrl ?? '';
    const response = {
      ...{ resourceType: 'QuestionnaireResponse', status: 'completed', subject: { reference: 'Patient/omar' } },
      questionnaire: `${questionnaire.url}|${questionnaire.version}`,
      authored: doors.test.record.clock.now().toISOString(),
      item: [
        { linkId: tense, answer: [{ valueCoding: { system: 'http://loinc.org', code: 'LA6568-5' } }] },
        {
          linkId: slept,
          answer: [{ valueQuantity: { value: 6, unit: 'hours', system: 'http://unitsofmeasure.org', code: 'h' } }],
        },
        { linkId: toBed, answer: [{ valueTime: '23:15:00' }] },
      ],
    };
    const sent = await doors.call('POST', new URL(endpoint).pathname, {
      raw: JSON.stringify(response),
      headers: { 'content-type': 'application/fhir+json' },
    });
    expect(sent.status, sent.text).toBe(201);
    const { filed } = await pdfOf(planId);
    expect(filed.replace(/\s+/g, ' ')).toContain('Tense Never; Slept 6 hours; To bed at 23:15');
  });

  it('refuses by name what does not fit', async () => {
    const { assignmentId } = await plan('weekly-check', { title: 'A third week' });
    const answers = { [tense]: 'often', [slept]: 'long', [toBed]: '25:00' };
    const performedAt = doors.test.record.clock.now().toISOString();
    const body = {
      patientId: 'omar',
      performedAt,
      status: 'completed',
      source: { type: 'patient' },
      answers,
    };
    const refused = await doors.call('POST', `/api/v1/assignments/${assignmentId}/logs`, { token, body });
    expect(refused.status).toBe(422);
    const { issues } = z.object({ issues: z.array(z.looseObject({ linkId: z.string() })) }).parse(refused.body);
    expect(issues.map(({ linkId }) => linkId).sort()).toEqual([tense, slept, toBed].sort());
  });
});
