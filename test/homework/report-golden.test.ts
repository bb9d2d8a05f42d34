import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { reviseLog } from '../../src/homework/log/revise-log.ts';
import { takeLog } from '../../src/homework/log/take-log.ts';
import { voidLog } from '../../src/homework/log/void-log.ts';
import type { PlanState } from '../../src/homework/model.ts';
import { addBarrier } from '../../src/homework/plan/add-barrier.ts';
import { addFeedback } from '../../src/homework/plan/add-feedback.ts';
import { markTalkedOver } from '../../src/homework/plan/mark-talked-over.ts';
import { sweep } from '../../src/homework/plan/sweep.ts';
import { addReport } from '../../src/homework/report/add-report.ts';
import { addendumContent } from '../../src/homework/report/addendum-content.ts';
import { changesSinceFiling } from '../../src/homework/report/changes-since-filing.ts';
import { markerOf, reportContent } from '../../src/homework/report/report-content.ts';
import type { ReportOptions } from '../../src/homework/report/report-frame.ts';
import type { ReportContent } from '../../src/homework/report/report-model.ts';
import { reportText } from '../../src/homework/report/report-text.ts';
import { reportXhtml } from '../../src/homework/report/report-xhtml.ts';
import { renderReportPdf } from '../../src/http/reports/render-report-pdf.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { wordingOfKinds } from '../../src/record/use-cases/report-wording.ts';
import { aLog, answers } from './build-plan.ts';
import { designedAt, rules, sarahUntil } from './sarah.ts';

const visit = '2026-03-25T19:00:00.000Z';
const dayAfter = '2026-03-26T14:00:00.000Z';
const id = 'b7c6a1f0-0000-4000-8000-000000000001';
const folder = join(import.meta.dirname, '..', 'fixtures', 'reports');

const report = (state: PlanState, more: Partial<ReportOptions> = {}): ReportContent =>
  reportContent(state, {
    ...wordingOfKinds(registeredKinds),
    from: designedAt,
    to: visit,
    members: [],
    marker: markerOf(id, 1),
    ...more,
  });

function atTheVisit(): PlanState {
  const missed = sweep(sarahUntil(visit), visit, rules);
  const said = addBarrier(missed, { id: 'b1', assignmentId: '4b', code: 'fear', saidBy: 'patient' }, visit);
  return markTalkedOver(said, { barrierId: 'b1' }, visit);
}

function filed(): PlanState {
  const state = atTheVisit();
  const content = report(state);
  const text = reportText(content);
  return addReport(state, { id, version: 1, from: designedAt, to: visit, text, content, members: [] }, visit);
}

function addendum(state: PlanState): ReportContent {
  const marker = markerOf('b7c6a1f0-0000-4000-8000-000000000002', 1);
  const [base] = state.reports;
  if (base === undefined) throw new Error('nothing was filed');
  const changes = changesSinceFiling(state);
  return addendumContent(state, {
    ...wordingOfKinds(registeredKinds),
    report: base,
    changes,
    day: '2026-03-26',
    members: [],
    marker,
    at: dayAfter,
  });
}

const late = aLog({
  id: '4b',
  assignmentId: '4b',
  performedAt: '2026-03-24T14:00:00.000Z',
  items: answers({ 'suds-peak': 60, 'belief-before': 45, 'belief-after': 40, practised: true }),
});
const corrected = {
  logId: '2',
  items: answers({
    ...{ prediction: "she will think it's foolish", 'prediction-likelihood': 80, 'actual-outcome': 'good point' },
    ...{ 'belief-before': 85, 'belief-after': 60, 'suds-before': 50, 'suds-peak': 65, 'experiment-done': true },
  }),
  withheld: ['prediction'],
};
const withheldAlone = aLog({
  id: '1.1',
  assignmentId: '1',
  performedAt: '2026-03-02T15:00:00.000Z',
  items: answers({ prediction: 'SECRET', 'belief-before': 7 }),
  withheld: ['prediction', 'belief-before'],
});

const cases: Readonly<Record<string, () => ReportContent>> = {
  sarah: () =>
    report(
      addFeedback(
        atTheVisit(),
        {
          id: 'f1',
          assignmentId: '4a',
          author: 'Practitioner/1',
          text: 'Well asked & <brave>: "go on" → Łukasz, Ελένη',
        },
        visit,
      ),
      {
        signals: [{ rule: 'self-harm-thoughts', raisedAt: visit }],
        members: [{ artefact: 'log', id: '4a', version: 1 }],
      },
    ),
  'nothing-done': () => {
    const at = '2026-03-17T12:00:00.000Z';
    return report(sweep(sarahUntil(designedAt), at, rules), { to: at });
  },
  'nothing-due': () => report(sarahUntil(designedAt), { to: '2026-03-01T16:00:00.000Z' }),
  'withheld-alone': () =>
    report(takeLog(sarahUntil(designedAt), withheldAlone, '2026-03-02T15:00:00.000Z', rules).state, {
      to: '2026-03-03T15:00:00.000Z',
    }),
  'first-rating-alone': () => {
    const items = answers({ situation: 'Team meeting', 'belief-before': 100, 'suds-before': 60 });
    const log = aLog({ id: '1.1', assignmentId: '1', performedAt: '2026-03-02T15:00:00.000Z', items });
    return report(takeLog(sarahUntil(designedAt), log, '2026-03-02T15:00:00.000Z', rules).state, {
      to: '2026-03-03T15:00:00.000Z',
    });
  },
  'addendum-late': () => addendum(takeLog(filed(), late, dayAfter, rules).state),
  'addendum-amended': () => addendum(reviseLog(filed(), corrected, dayAfter, rules)),
  'addendum-retracted': () => addendum(voidLog(filed(), { logId: '3' }, dayAfter, rules)),
};

/** Compares with the file that was read and approved by a person; `UPDATE_GOLDEN=1` writes what is to be read anew. */
function matchesGolden(name: string, text: string): void {
  const file = join(folder, name);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

const flat = (text: string) => text.replace(/[\s•]+/g, ' ').trim();

/** By a strict XML parser, which throws at the first thing that is not well-formed. */
function parseXhtml(xhtml: string): {
  readonly text: string;
  readonly tags: readonly (readonly [string, Record<string, string>])[];
} {
  const parser = new SaxesParser();
  const tags: [string, Record<string, string>][] = [];
  let text = '';
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    tags.push([name, attributes as Record<string, string>]);
    text += ' ';
  });
  parser.on('text', (part) => {
    text += part;
  });
  parser.write(xhtml).close();
  return { text: flat(text), tags };
}

describe.each(Object.entries(cases))('%s', (name, make) => {
  it('reads as approved, in plain text', () => {
    const text = reportText(make());
    expect(text.split('\n').filter((line) => [...line].length > 80)).toEqual([]);
    matchesGolden(`${name}.txt`, `${text}\n`);
  });

  it('is well-formed XHTML that says the same', () => {
    const content = make();
    const xhtml = reportXhtml(content);
    matchesGolden(`${name}.xhtml`, xhtml);
    const { text: body, tags } = parseXhtml(xhtml);
    const of = (tag: string) => tags.filter(([name]) => name === tag).map(([, attributes]) => attributes);
    expect(of('html')).toMatchObject([{ xmlns: 'http://www.w3.org/1999/xhtml', lang: 'en-US', 'xml:lang': 'en-US' }]);
    expect(of('h1')).toHaveLength(1);
    for (const { scope } of of('th')) expect(scope).toMatch(/^(col|row)$/);
    // nothing that is loaded, run or styled
    const names = new Set(tags.map(([name]) => name));
    for (const name of ['script', 'style', 'img', 'link', 'iframe', 'object']) expect(names).not.toContain(name);
    for (const words of wordsOf(content)) expect(body).toContain(flat(words));
  });

  it('is a tagged PDF that says the same, byte for byte the same each time', async () => {
    const content = make();
    const bytes = await renderReportPdf(content);
    expect(bytes.equals(await renderReportPdf(content))).toBe(true);
    const pdf = await getDocumentProxy(new Uint8Array(bytes));
    const { text, totalPages } = await extractText(pdf, { mergePages: true });
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({ Title: 'Homework between visits: Speaking up', Language: 'en-US' });
    // what it speaks of can be traced by the file, and is not read in it
    const keywords = 'Keywords' in info ? String(info.Keywords) : '';
    expect(keywords.split(/[, ]+/).filter((member) => member !== '')).toEqual(
      content.members.split(' ').filter((member) => member !== ''),
    );
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    expect(text).toContain(`Page ${totalPages} of ${totalPages}`);
    expect(text).not.toContain('Whitfield');
    // lines are broken anew, and a page's number may stand between two
    const read = text.replace(/Page \d of \d/g, '').replace(/[\s•]+/g, '');
    for (const words of wordsOf(content)) expect(read).toContain(words.replace(/[\s•]+/g, ''));
  });

  it('says nothing that is withheld, and never that somebody failed', () => {
    const content = make();
    expect(`${reportText(content)}${reportXhtml(content)}${JSON.stringify(content)}`).not.toMatch(/SECRET|failed/i);
  });
});

it('names the patient in a PDF only when told the name', async () => {
  const content = report(atTheVisit());
  const named = await getDocumentProxy(new Uint8Array(await renderReportPdf(content, 'Sarah Whitfield')));
  expect((await extractText(named, { mergePages: true })).text).toContain('Sarah Whitfield');
});

it('a report that was filed in other words than today’s keeps them, and no addendum comes of that', () => {
  const state = filed();
  const before = { ...state, reports: state.reports.map((filedReport) => inWordsOfBefore(filedReport)) };
  expect(before).not.toEqual(state);
  const later = sweep(before, dayAfter, rules);
  expect(changesSinceFiling(later)).toEqual([]);
  expect(later.reports.map(({ text }) => text).join()).toContain('Belief 90 to 45 %\n');
});

/** As it was filed before its measures said which ratings they are. */
function inWordsOfBefore(of: PlanState['reports'][number]): PlanState['reports'][number] {
  return JSON.parse(JSON.stringify(of).replaceAll(' (first rated before, last after)', ''));
}

it('an amendment that withholds what was told does not repeat it', () => {
  const text = flat(reportText(addendum(reviseLog(filed(), corrected, dayAfter, rules))));
  expect(text).toContain('was Belief 85 to 70 %, now Belief 85 to 60 %');
  expect(text).toContain('Predicted: not shared any more');
  expect(text).not.toContain('foolish');
});

function wordsOf({ headline, title, period, sections, marker }: ReportContent): readonly string[] {
  return [
    ...[headline, title, period, marker ?? ''],
    ...sections.flatMap(({ title: heading, table, entries }) => [
      heading,
      ...(table === undefined ? [] : [...table.head, ...table.rows.flat()]),
      ...entries.flatMap(({ heading: of, lines }) => [of ?? '', ...lines]),
    ]),
  ];
}
