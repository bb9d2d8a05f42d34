import { expect } from 'vitest';
import { safetyRules } from '../../../src/homework/safety/safety-signal.ts';
import { type Answer, type Call, openDoors } from '../open-doors.ts';
import { others } from './others.ts';
import { fillWorld, marks } from './two-systems.ts';

export type OpenWorld = Awaited<ReturnType<typeof openWorld>>;

/** The world of two systems and the app, with what is needed to look at it as B. */
export async function openWorld() {
  const doors = await openDoors({ quota: { atOnce: 4, waiting: 32, perMinute: 1_000_000 } });
  const world = await fillWorld(doors);
  const its = await others(doors, 'source:b');

  const asB = (method: string, path: string, call: Call = {}) =>
    doors.call(method, path, { ...call, token: world.tokens.b });
  const asA = (method: string, path: string, call: Call = {}) =>
    doors.call(method, path, { ...call, token: world.tokens.a });

  /** What only the others wrote: their marks, and the words of the safety rules that nothing of B's raised. */
  const theirWords = [marks.a, marks.app, ...Object.values(safetyRules)];

  /** The answer without what differs with every request, and with the id that was sent as `#`. */
  function told(answer: Answer, sent: string) {
    const { status, headers, text } = answer;
    const shown = ['content-type', 'location', 'etag', 'last-modified', 'content-disposition', 'retry-after'];
    return {
      status,
      headers: shown.map((name) => `${name}: ${headers.get(name)?.replaceAll(sent, '#')}`),
      text: text.replaceAll(sent, '#').replace(/"requestId":"[^"]+"/, ''),
    };
  }

  /** Fails when an answer holds anything of the others', but for what B itself has named. */
  function expectNothingOfOthers({ text, headers }: Answer, sent: readonly string[] = []): void {
    const whole = [text, ...headers.values()].join('\n');
    const named = [...its.namedByB, ...sent];
    expect(theirWords.filter((word) => whole.includes(word))).toEqual([]);
    const ids = its.ids.filter((id) => !named.some((text) => text.startsWith(id)));
    expect(ids.filter((id) => whole.includes(id))).toEqual([]);
  }

  /** The same request with another's id and with one of nobody's: nothing tells the one from the other. */
  async function expectAsUnknown(ask: (id: string) => Promise<Answer>, id: string): Promise<Answer> {
    const [foreign, unknown] = [await ask(id), await ask(unknownLike(id))];
    expect(told(foreign, id)).toEqual(told(unknown, unknownLike(id)));
    expectNothingOfOthers(foreign, [id]);
    return foreign;
  }

  return { doors, world, its, asA, asB, expectNothingOfOthers, expectAsUnknown };
}

/** An id of the same form that nothing has. */
export const unknownLike = (id: string): string => {
  if (id.startsWith('patient-')) return 'patient-of-nobody';
  return /^(first|second)-/.test(id) ? `${id}-unused` : id.replace(/[0-9a-f]/g, 'e');
};
