import { act } from 'react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Menu } from '../../smart-app/src/parts/menu.tsx';
import { click, press, type Rendered, render } from './render.tsx';

let page: Rendered;
let chosen: string[];
beforeEach(() => {
  // jsdom lays nothing out that could be scrolled to
  Element.prototype.scrollIntoView ??= () => undefined;
  chosen = [];
  const items = ['Pause', 'Excuse', 'Enter a paper log', 'Withdraw'].map((words) => ({
    ...{ name: words, words, about: 'step 4c', apart: words === 'Withdraw' },
    onChoose: () => void chosen.push(`${words}, with the focus on ${focused()}`),
  }));
  page = render(<Menu words="More" about="for step 4c" items={items} />);
});
afterEach(() => page.leave());

const opener = () => page.box.querySelector('button');
const focused = () => document.activeElement?.textContent;
const entries = () => [...page.box.querySelectorAll('[role=menuitem]')].map(({ textContent }) => textContent);
const key = (name: string) => press(document.activeElement, name);

it('says what it is and whether it is open, and holds nothing while it is closed', () => {
  expect(opener()?.textContent).toBe('More for step 4c');
  expect(opener()?.getAttribute('aria-haspopup')).toBe('menu');
  expect(opener()?.getAttribute('aria-expanded')).toBe('false');
  expect(entries()).toEqual([]);
  click(opener());
  expect(opener()?.getAttribute('aria-expanded')).toBe('true');
  const list = page.box.querySelector('[role=menu]');
  expect(list?.id).toBe(opener()?.getAttribute('aria-controls'));
  expect(entries()).toEqual(['Pause step 4c', 'Excuse step 4c', 'Enter a paper log step 4c', 'Withdraw step 4c']);
  expect(focused()).toBe('Pause step 4c');
});

it.each([
  ['ArrowDown', ['ArrowDown', 'ArrowDown'], 'Enter a paper log step 4c'],
  ['ArrowDown', ['ArrowUp'], 'Withdraw step 4c'],
  ['ArrowUp', [], 'Withdraw step 4c'],
  ['ArrowUp', ['ArrowDown'], 'Pause step 4c'],
  ['ArrowDown', ['End', 'Home'], 'Pause step 4c'],
  ['ArrowDown', ['e'], 'Excuse step 4c'],
  ['ArrowDown', ['E', 'e'], 'Enter a paper log step 4c'],
  ['ArrowDown', ['e', 'e', 'e'], 'Excuse step 4c'],
  ['ArrowDown', ['x'], 'Pause step 4c'],
])('opened by %s, the keys %j lead to %s', (openedBy, keys, where) => {
  opener()?.focus();
  key(openedBy);
  for (const name of keys) key(name);
  expect(focused()).toBe(where);
});

it.each(['Escape', 'Tab'])('%s leaves it, with the focus on what opened it', (name) => {
  click(opener());
  key(name);
  expect(entries()).toEqual([]);
  expect(focused()).toBe('More for step 4c');
  expect(chosen).toEqual([]);
});

it('what is chosen begins with the focus where a dialog can give it back to', () => {
  click(opener());
  click(page.box.querySelectorAll('[role=menuitem]')[3] ?? null);
  expect(chosen).toEqual(['Withdraw, with the focus on More for step 4c']);
  expect(entries()).toEqual([]);
});

it('what takes something away stands apart', () => {
  click(opener());
  expect([...page.box.querySelectorAll('.apart')].map(({ textContent }) => textContent)).toEqual(['Withdraw step 4c']);
});

it('closes when the focus goes elsewhere', () => {
  const elsewhere = document.createElement('button');
  document.body.append(elsewhere);
  click(opener());
  act(() => elsewhere.focus());
  expect(entries()).toEqual([]);
  elsewhere.remove();
});
