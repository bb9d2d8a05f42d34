import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { carriedTo, changedSections, isNoteWords, wordsFor } from '../../smart-app/src/clinician/note-words.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { type } from './render.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(async () => {
  await view?.close();
  view = undefined;
});

const open = async (situation = situations.atTheVisit) => {
  view = await openView(situation, { name: 'chart' });
  const { shown, until, text, press, service } = view;
  await until(() => shown.box.querySelector('section[aria-labelledby="note"]') !== null);
  return { box: shown.box, until, text, press, service };
};
const chosenTime = (box: ParentNode) =>
  [...box.querySelectorAll<HTMLSelectElement>('section[aria-labelledby="note"] select')][0];

describe('the note', () => {
  it('tells of the time of the first page, and says so', async () => {
    const { box, until, text, press, service } = await open();
    expect(chosenTime(box)?.selectedOptions[0]?.text).toBe('Since your visit on Wed, Mar 11, as on the first page');
    await press('Read the note');
    await until(() => text().includes('Tells of'));
    expect(text()).toContain('Tells of Wed, Mar 11, 2026 to Wed, Mar 25, 2026 (America/New_York).');
    expect(service.calls.find(({ path }) => path.endsWith('/preview'))?.body).toEqual({
      from: '2026-03-11T20:30:00.000Z',
    });
  });

  it('can be written in: what the clinician wrote is filed as theirs, beside what the record says', async () => {
    const { box, until, text, press, service } = await open();
    await press('Read the note');
    await press('Write in it');
    await until(() => box.querySelector('.note-editor textarea') !== null);
    expect(document.activeElement).toBe(box.querySelector('.note-editor textarea'));
    type(box.querySelector('.note-editor textarea'), 'She is braver than her figures.');
    await press('Write it in your words: Change');
    await until(() => box.querySelectorAll('.note-editor textarea').length === 2);
    const anew = box.querySelectorAll('.note-editor textarea')[1] ?? null;
    expect(anew).toHaveProperty('value', expect.stringContaining('Belief'));
    type(anew, 'Belief has come down.');
    await press('Read it as it will be filed');
    await until(() => text().includes('CHANGE, IN THE CLINICIAN’S WORDS'));
    expect(text()).toContain('IN THE CLINICIAN’S WORDS\nShe is braver than her figures.');
    expect(text()).toMatch(/AS THE RECORD HAS IT\nChange\n {2}SUDS peak 80 to 65\n {2}Belief/);
    await press('Sign and file');
    await until(() => text().includes('The note is signed and filed.'));
    const [report] = service.plans()[0]?.reports ?? [];
    expect(report?.words).toEqual({
      by: 'Practitioner/dr-okafor',
      passages: [{ text: 'She is braver than her figures.' }, { about: 'Change', text: 'Belief has come down.' }],
    });
    expect(text()).toContain('signed, with the clinician’s own words');
  });

  it('once signed is confirmed in view, with the focus there, and there is nothing more to sign', async () => {
    const { box, until, text, press } = await open();
    await press('Read the note');
    await press('Sign and file');
    await until(() => text().includes('The note is signed and filed.'));
    const said = box.querySelector('[role="status"].said');
    expect(said?.textContent).toContain('It tells of Wed, Mar 11, 2026');
    await until(() => document.activeElement === said);
    expect(chosenTime(box)?.selectedOptions[0]?.text).toBe('Since the last note, Wed, Mar 25');
    await press('Read the note');
    await until(() => text().includes('so there is nothing to sign.'));
    expect(text()).not.toMatch(/Sign and file|File as a draft/);
  });

  it('is there to be signed when nothing but a step was opened by hand since the last one, in the same instant', async () => {
    const { until, text, press, service } = await open();
    await press('Read the note');
    await press('Sign and file');
    await until(() => text().includes('The note is signed and filed.'));
    const locked = service.plans()[0]?.assignments.find(({ key }) => key === '4c');
    await tell(`/assignments/${locked?.id}/moves`, { event: 'unlock', reason: 'She asked for it' });
    await press('Read the note');
    await until(() => text().includes('CHANGED IN THE PLAN'));
    expect(text()).toMatch(/4c [^\n]*: opened by hand on Wed, Mar 25 \(She asked\s+for it\)/);
    await press('Sign and file');
    await until(() => service.plans()[0]?.reports.length === 2);
    await press('Read the note');
    await until(() => text().includes('so there is nothing to sign.'));
  });

  it('filed as a draft says that it is not signed, and where it can be', async () => {
    const { box, until, text, press } = await open();
    await press('Read the note');
    await press('File as a draft');
    await until(() => text().includes('The draft is filed.'));
    const filed = box.querySelector('[aria-labelledby=filed]')?.textContent;
    expect(filed).toContain('Nobody has signed this draft. It cannot be signed or discarded here');
    await press('Read the note');
    expect(filed).not.toContain(', signed');
  });

  it('says that words for it are kept, after another page was looked at', async () => {
    const { box, until, text, press } = await open();
    await press('Read the note');
    await press('Write in it');
    await until(() => box.querySelector('.note-editor textarea') !== null);
    type(box.querySelector('.note-editor textarea'), 'She is braver than her figures.');
    await press('Plan');
    await press('In the chart');
    await until(() => text().includes('You have begun to write in a note. Your words are kept'));
    await press('Go on with the note');
    await until(() => text().includes('She is braver than her figures.'));
  });

  it('that changed is not signed over: it is shown anew, and what was written in it is kept', async () => {
    const { box, until, text, press, service } = await open();
    await press('Read the note');
    await press('Write in it');
    await until(() => box.querySelector('.note-editor textarea') !== null);
    type(box.querySelector('.note-editor textarea'), 'Ready for more.');
    await press('Read it as it will be filed');
    await until(() => text().includes('Ready for more.'));
    const [plan] = service.plans();
    const barrier = plan?.barriers[0]?.id;
    const call = service.calls.length;
    await tell(`/barriers/${barrier}/talked-over`, {});
    expect(service.calls.length).toBeGreaterThan(call);
    await press('Sign and file');
    await until(() => text().includes('Something has changed since you read this note'));
    expect(text()).toContain('Changed: Not done, and why. What you wrote is kept.');
    expect(text()).toContain('IN THE CLINICIAN’S WORDS\nReady for more.');
    expect(service.plans()[0]?.reports).toEqual([]);
    await press('Sign and file');
    await until(() => text().includes('The note is signed and filed.'));
    expect(service.plans()[0]?.reports[0]?.words?.passages).toEqual([{ text: 'Ready for more.' }]);
  });

  it('about nothing has no button to sign it, and says why', async () => {
    const { until, text, press } = await open();
    await press('Read the note');
    await until(() => text().includes('Sign and file'));
    view?.instead(({ path }) =>
      path.endsWith('/preview')
        ? Response.json({
            ...{ from: '2026-03-25T18:00:00.000Z', to: '2026-03-25T19:00:00.000Z', period: 'today', nothing: true },
            ...{ text: 'Homework between visits: nothing was due in this time.', digest: 'a'.repeat(64), sections: [] },
          })
        : undefined,
    );
    await press('Not now');
    await press('Read the note');
    await until(() => text().includes('so there is nothing to sign'));
    expect(text()).not.toMatch(/Sign and file|File as a draft|Write in it/);
  });

  it.each([true, undefined])('says what came in its time and is not in it, with nothing else: %j', async (nothing) => {
    const { until, text, press } = await open();
    await press('Read the note');
    await until(() => text().includes('Sign and file'));
    const untold = [
      'Not in this note: 1 log came. It is in the chart by itself.',
      'Not in this note: 1 message was sent.',
    ];
    view?.instead(({ path }) =>
      path.endsWith('/preview')
        ? Response.json({
            ...{ from: '2026-03-25T18:00:00.000Z', to: '2026-03-25T19:00:00.000Z', period: 'today', untold },
            ...{ text: 'Homework between visits.', digest: 'a'.repeat(64), sections: [] },
            ...(nothing ? { nothing } : {}),
          })
        : undefined,
    );
    await press('Not now');
    await press('Read the note');
    await until(() => text().includes(untold[1] ?? ''));
    expect(text()).toContain(untold[0]);
    expect(text()).not.toContain('Nothing new was');
    expect(text().includes('Nothing else was due, done, said or changed in this time')).toBe(nothing === true);
    expect(text().includes('Sign and file')).toBe(nothing !== true);
  });
});

/** What another tab does meanwhile. */
async function tell(path: string, body: object): Promise<void> {
  await act(async () => {
    const { session, launchId } = JSON.parse(sessionStorage.getItem('intersession.session') ?? '{}');
    const headers = { authorization: `Bearer ${session}`, 'x-launch': launchId, 'content-type': 'application/json' };
    await fetch(`/app/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  });
}

describe('a clinician’s words', () => {
  const sections = [
    { title: 'Open safety signals', text: '- Not safe', fixed: true as const },
    { title: 'Change', text: '- Belief 80 to 60 %' },
    { title: 'Logged', text: '1 Write\n  Mon: a' },
  ];

  it('go out by the place of their section, and not where they say what the record says', () => {
    const words = {
      own: ' \n',
      sections: { Change: '- Belief 80 to 60 % ', Logged: 'Twice', 'Open safety signals': 'fine', Gone: 'x' },
    };
    expect(wordsFor({ sections }, words)).toEqual({ words: { sections: [{ at: 2, text: 'Twice' }] } });
    expect(wordsFor({ sections }, { own: '', sections: {} })).toEqual({});
  });

  it('about a section that is gone become a paragraph, so that nothing is lost', () => {
    const words = { own: 'First.', sections: { Change: 'Down', Feedback: 'She thanked me' } };
    expect(carriedTo({ sections }, words)).toEqual({
      own: 'First.\n\nFeedback: She thanked me',
      sections: { Change: 'Down' },
    });
  });

  it('stand beside what changed, section by section', () => {
    const after = [...sections.slice(1, 2), { title: 'Logged', text: 'other' }, { title: 'Next', text: '- x' }];
    expect(changedSections({ sections }, { sections: after })).toEqual(['Open safety signals', 'Logged', 'Next']);
  });

  it.each([undefined, null, 'x', {}, { own: '' }, { own: '', sections: { Change: 1 } }])('%j are none', (value) => {
    expect(isNoteWords(value)).toBe(false);
  });
});
