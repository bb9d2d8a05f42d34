import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { newInCrisis } from '../../smart-app/src/coordinator/safety-first.tsx';
import { SafetyNews } from '../../smart-app/src/parts/safety-news.tsx';
import { pageOpened } from '../../smart-app/src/session/use-page-of.ts';
import type { RosterPage } from '../../src/contract/app/roster.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { type Rendered, render } from './render.tsx';
import { situations } from './situations.ts';

let opened: OpenedView | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
const comeBack = () => act(async () => void window.dispatchEvent(new Event(pageOpened)));
const alert = () => document.querySelector('[role=alert].safety-news')?.textContent ?? '';

describe('a page that is left open', () => {
  it('says nothing of a signal that it was opened with', async () => {
    opened = await openView(situations.safetyOpen);
    const { until, text, shown } = opened;
    expect(shown.box.isConnected).toBe(true);
    await until(() => text().includes('A safety signal is open'));
    await comeBack();
    expect(alert()).toBe('');
  });
});

describe('news of a signal', () => {
  const box = () => rendered?.box.textContent ?? '';
  let rendered: Rendered | undefined;
  afterEach(() => rendered?.leave());
  const came = (before: readonly string[], now: readonly string[]) => now.filter((id) => !before.includes(id));
  const show = (known: readonly string[], choice = '') => {
    const news = <SafetyNews known={known} cameSince={came} choice={choice} at="#safety" />;
    if (rendered === undefined) rendered = render(news);
    else rendered.render(news);
  };
  it.each<[string, readonly (readonly string[])[], readonly string[]]>([
    ['stands while it is open', [[], ['a'], ['a']], ['a']],
    ['goes when it was closed', [[], ['a'], []], []],
    ['stays for the one of two that is open', [[], ['a'], ['a', 'b'], ['b']], ['b']],
    ['is of both, one after the other', [['x'], ['x', 'a'], ['x', 'a', 'b']], ['a', 'b']],
    ['comes again with another one', [[], ['a'], [], ['c']], ['c']],
  ])('%s', (_what, loaded, news) => {
    rendered = undefined;
    for (const known of loaded) show(known);
    expect(box().includes('A safety signal has come')).toBe(news.length > 0);
    if (news.length > 0) expect(box()).toContain(`come: ${news.join('; ')} `);
  });
});

describe('of the list, what has come', () => {
  const page = (safety: number, ...rows: [string, number][]) =>
    ({
      counts: { safety },
      rows: rows.map(([patientId, openSignals]) => ({ patientId, openSignals, name: patientId })),
    }) as unknown as RosterPage;
  it.each<[string, RosterPage, RosterPage, readonly string[]]>([
    ['a first signal', page(0, ['ines', 0]), page(1, ['ines', 1]), ['ines']],
    ['a second one of the same patient', page(1, ['ines', 1]), page(1, ['ines', 2]), ['ines']],
    ['of somebody who was not shown', page(0, ['mei', 0]), page(1, ['ines', 1], ['mei', 0]), ['ines']],
    ['further down', page(0, ['mei', 0]), page(1, ['mei', 0]), ['of a patient further down the list']],
    ['nothing, where one was closed', page(1, ['ines', 2]), page(1, ['ines', 1]), []],
    ['nothing, where more rows were read', page(2, ['ines', 1]), page(2, ['ines', 1], ['sean', 1]), []],
  ])('%s', (_what, before, now, came) => {
    expect(newInCrisis(before, now)).toEqual(came);
  });
});
