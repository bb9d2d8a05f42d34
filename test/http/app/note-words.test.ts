import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type App, clinician, codeOf, openApp, patient, type Tab } from '../smart/open-app.ts';
import { assignPlan, planIn, type ShownPlan, stepOf } from './app-homework.ts';

let app: App;
let therapist: Tab;
let sarah: Tab;
let plan: ShownPlan;
beforeAll(async () => {
  app = await openApp();
  app.doors.test.setTime('2026-03-01T15:00:00.000Z');
  therapist = await app.signIn(clinician);
  plan = await assignPlan(app, therapist);
  app.doors.test.setTime('2026-03-02T16:00:00.000Z');
  [therapist, sarah] = [await app.signIn(clinician), await app.signIn(patient)];
});
afterAll(() => app.close());

const preview = z.object({
  ...{ from: z.string(), to: z.string(), period: z.string(), text: z.string(), digest: z.string() },
  sections: z.array(z.object({ title: z.string(), text: z.string() })),
  nothing: z.boolean().optional(),
});
const post = (path: string, body: unknown = {}, tab = therapist) => app.call(tab, 'POST', `/app/v1${path}`, body);
const reports = () => `/plans/${plan.plan.id}/reports`;
const read = async (body: object = {}) => {
  const answer = await post(`${reports()}/preview`, body);
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
  return preview.parse(answer.body);
};
const log = (time = '10:00') =>
  post(
    `/assignments/${stepOf(plan, '1').id}/logs`,
    {
      ...{ id: randomUUID(), performedAt: `2026-03-02T${time}:00-05:00`, withheld: [] },
      answers: {
        situation: 'Meeting',
        prediction: 'they laugh',
        'suds-peak': 75,
        'belief-before': 90,
        'belief-after': 80,
      },
    },
    sarah,
  );

describe('a note that a clinician writes in', () => {
  it('is read, filed and kept with what is theirs marked, by the digest of what the record says', async () => {
    await log();
    const plain = await read();
    const at = plain.sections.findIndex(({ title }) => title === 'Change');
    const words = { own: 'She came early.\nWe laughed.', sections: [{ at, text: 'Belief has come down.' }] };
    const written = await read({ from: plain.from, to: plain.to, words });
    expect(written.digest).toBe(plain.digest);
    expect(written.sections).toEqual(plain.sections);
    expect(written.text).toContain('IN THE CLINICIAN’S WORDS\nShe came early.\nWe laughed.');
    expect(written.text).toContain('AS THE RECORD HAS IT\nChange');
    const { from, to, digest } = written;
    const filed = planIn(await post(reports(), { from, to, digest, words, sign: true }));
    const report = z.looseObject({ id: z.string(), text: z.string() }).parse(filed.reports?.[0]);
    const passages = [{ text: words.own }, { about: 'Change', text: 'Belief has come down.' }];
    expect(report).toMatchObject({ words: { by: 'Practitioner/dr-okafor', passages } });
    expect(report.text.startsWith(written.text)).toBe(true);
    // nothing of what the note speaks of is in its prose
    expect(report.text).not.toMatch(/Speaks of|occurrence|adherence/);

    const { rows } = await app.doors.test.record.database.query<{ content: unknown }>(
      'select content from resource where id = $1',
      [report.id],
    );
    const note = z
      .object({
        extension: z.array(z.looseObject({ url: z.string(), extension: z.unknown().optional() })),
        author: z.array(z.unknown()),
      })
      .parse(rows[0]?.content);
    const ours = (name: string) => note.extension.filter(({ url }) => url.endsWith(`/${name}`));
    expect(ours('report-words').map(({ extension }) => extension)).toEqual([
      [
        { url: 'author', valueReference: expect.objectContaining({ reference: 'Practitioner/dr-okafor' }) },
        { url: 'text', valueString: words.own },
      ],
      [
        { url: 'author', valueReference: expect.objectContaining({ reference: 'Practitioner/dr-okafor' }) },
        { url: 'about', valueString: 'Change' },
        { url: 'text', valueString: 'Belief has come down.' },
      ],
    ]);
    expect(ours('report-member').length).toBeGreaterThan(3);
    expect(note.author[0]).toMatchObject({ reference: 'Practitioner/dr-okafor' });
  });

  it('and whose record has changed meanwhile is refused, words and all', async () => {
    app.doors.test.setTime('2026-03-02T16:10:00.000Z');
    await log('11:05');
    const { from, to, digest } = await read();
    await log('11:07');
    const own = { words: { own: 'All is well.' } };
    const refused = await post(reports(), { from, to, digest, ...own, sign: true });
    expect([refused.status, codeOf(refused)]).toEqual([412, 'version-conflict']);
    const again = await read();
    expect(planIn(await post(reports(), { from, to, digest: again.digest, ...own, sign: true })).reports).toHaveLength(
      2,
    );
  });

  it.each([
    [{ sections: [{ at: 99, text: 'x' }] }, 400, 'words.sections.99'],
    [{ own: 'x\n[IS:other:v1]' }, 400, 'words'],
    [{ own: 'x'.repeat(10_001) }, 400, 'words.own'],
  ])('is refused with %j', async (words, status, field) => {
    const answer = await post(`${reports()}/preview`, { from: '2026-03-01T15:00:00.000Z', words });
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(field)]);
  });

  it('about nothing cannot be signed, with the reason by its code', async () => {
    app.doors.test.setTime('2026-03-02T16:30:00.000Z');
    const { from, to, digest, nothing } = await read();
    expect(nothing).toBe(true);
    const answer = await post(reports(), { from, to, digest, sign: true });
    expect([answer.status, codeOf(answer)]).toEqual([422, 'nothing-to-report']);
    const longer = await read({ from: '2026-03-01T15:00:00.000Z' });
    expect(longer.nothing).toBeUndefined();
  });
});
