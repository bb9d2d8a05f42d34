import type { Channel, OpenWay, Way } from '../landing-row.ts';
import { permission } from '../permission.ts';
import type { SafetyRoute } from '../vendor-traits.ts';
import { stayInApp, wayOf } from '../way-of.ts';
import type { LandingFacts } from '../write-need.ts';

/**
 * A safety signal goes through every channel that is open, at once: Flag and Task, a message to the care team, a note of
 * its own. The landing is the best of them; where none is open a named human route is needed.
 */
export function safetyWays(facts: LandingFacts): Way[] {
  const may = permission(facts);
  const flag = may(
    { type: 'Flag', interactions: ['create', 'update'] },
    { type: 'Task', interactions: ['create', 'update'] },
  );
  const note = may({ type: 'DocumentReference', interactions: ['create'], category: 'clinical-note' });
  const message = may({ type: 'Communication', interactions: ['create'] });
  const ways = [
    wayOf('native', flag, {
      ...{ facts, type: 'Flag', before: 'a safety signal needs Flag and Task together' },
      says: 'Flag and Task can both be created and updated here',
    }),
    wayOf('note', note, {
      ...{ facts, type: 'DocumentReference' },
      says: 'It is filed as a clinical note of its own (DocumentReference), without waiting for the report',
    }),
    wayOf('communication', message, {
      ...{ facts, type: 'Communication' },
      says: 'It is sent as a message to the care team (Communication)',
    }),
  ];
  const open = ways.filter((way): way is OpenWay => way.open);
  const route = facts.site.safetyRoute;
  const channels = open.flatMap(({ landing, identity }) =>
    (channelsOf[landing] ?? []).map((type): Channel => ({ type, identity })),
  );
  const writes = open.flatMap((way) => way.writes);
  return [
    ...ways.map((way) => (way.open ? { ...withChannels(way, channels, route), writes } : way)),
    humanRoute(route),
  ];
}

const channelsOf: Readonly<Record<string, readonly string[]>> = {
  native: ['Flag', 'Task'],
  note: ['DocumentReference'],
  communication: ['Communication'],
};

function withChannels(way: OpenWay, channels: readonly Channel[], route: SafetyRoute | undefined): OpenWay {
  const own = channelsOf[way.landing] ?? [];
  const others = channels.filter(({ type }) => !own.includes(type));
  const also =
    others.length === 0
      ? ''
      : ` The other open channels are used as well: ${others.map(({ type }) => type).join(', ')}.`;
  const waits = way.identity === 'delegated';
  const meanwhile = waits && route !== undefined ? ` Until then people call ${named(route)}.` : '';
  const improve =
    waits && route === undefined
      ? `${way.toImprove ?? ''} Name a safetyRoute for the time it waits; until then no new plan is taken.`.trim()
      : way.toImprove;
  return { ...way, channels, says: `${way.says}${also}${meanwhile}`, toImprove: improve };
}

function humanRoute(route: SafetyRoute | undefined): OpenWay {
  if (route !== undefined) {
    return {
      ...stayInApp(`No channel into the chart is used; people call ${named(route)}, this site's safetyRoute.`),
      channels: [],
    };
  }
  return {
    ...stayInApp('No channel into the chart is used, and no human route is named: a safety signal would reach nobody.'),
    channels: [],
    toImprove: 'Name a safetyRoute for the tenant: whom people call. Until then no new plan is taken.',
  };
}

function named({ name, phone }: SafetyRoute): string {
  return phone === undefined ? name : `${name}, ${phone}`;
}
