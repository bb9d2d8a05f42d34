import { act } from 'react';
import { describe, expect, it } from 'vitest';
import { fetchAhead, lazyPart } from '../../smart-app/src/parts/lazy-part.tsx';
import { click, render } from './render.tsx';

const Hello = ({ name }: { readonly name: string }) => <h1>Hello {name}</h1>;

/** A part that comes, or can't be fetched, when the test says so; and how often it was asked for. */
function part() {
  const asked: PromiseWithResolvers<typeof Hello>[] = [];
  const lazy = lazyPart(() => {
    const fetched = Promise.withResolvers<typeof Hello>();
    asked.push(fetched);
    return fetched.promise;
  });
  return {
    ...lazy,
    asked,
    comes: () => act(async () => asked.at(-1)?.resolve(Hello)),
    isMissing: () => act(async () => asked.at(-1)?.reject(new TypeError('Failed to fetch'))),
  };
}

describe('a page that is fetched when it is wanted', () => {
  it('says that it is being opened, then is there with what it was given', async () => {
    const { Part, comes } = part();
    const { box, render: again, leave } = render(<Part name="Sarah" />);
    expect(box.querySelector('[role=status]')?.textContent).toBe('Opening …');
    await comes();
    expect(box.textContent).toBe('Hello Sarah');
    again(<Part name="Daniel" />);
    expect(box.textContent).toBe('Hello Daniel');
    leave();
  });

  it('is shown at once when it was fetched ahead', async () => {
    const { Part, asked, fetch, comes } = part();
    fetchAhead([{ fetch }]);
    await comes();
    const { box, leave } = render(<Part name="Sarah" />);
    expect(box.textContent).toBe('Hello Sarah');
    expect(asked).toHaveLength(1);
    leave();
  });

  it('says so where it can’t be fetched, as often as it is tried, and comes when it can', async () => {
    const { Part, asked, isMissing, comes } = part();
    const { box, leave } = render(<Part name="Sarah" />);
    for (const times of [1, 2]) {
      await isMissing();
      expect(asked).toHaveLength(times);
      expect(box.querySelector('[role=alert] h1')?.textContent).toBe('This page could not be opened');
      click(box.querySelector('button'));
      expect(box.textContent).toBe('Opening …');
    }
    await comes();
    expect(box.textContent).toBe('Hello Sarah');
    leave();
  });

  it('is asked for again when it is opened, where it could not be fetched ahead', async () => {
    const { Part, asked, fetch, isMissing, comes } = part();
    fetchAhead([{ fetch }]);
    await isMissing();
    const { box, leave } = render(<Part name="Sarah" />);
    expect(asked).toHaveLength(2);
    await comes();
    expect(box.textContent).toBe('Hello Sarah');
    leave();
  });
});
