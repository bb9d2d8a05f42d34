import { linkIdsOf } from '../../homework/log/line-words.ts';
import type { SummaryLine } from '../../homework/log/summary-line.ts';
import type { OwnName } from '../../homework/plan/own-form.ts';
import { type Links, ownLinkId, withName } from './follow-links.ts';
import { nameLabel } from './own-scores.ts';

/**
 * The lines of a summary as they are of a plan's own form. A line of a pattern's items stands once for each name; points whose names have
 * `{name}` in them, and several items in one line, stand together in one of items. A line of which nothing is asked is left out.
 */
export function ownLines(lines: readonly SummaryLine[], links: Links, step: string): readonly SummaryLine[] {
  return lines.flatMap((line): readonly SummaryLine[] => {
    const whole = together(line, links);
    const named = linkIdsOf(line)
      .map(links.of)
      .find(({ type }) => type === 'named');
    if (named?.type !== 'named' || whole !== undefined) return lineOf(whole ?? line, { links, name: undefined, step });
    return named.names.flatMap((name) => lineOf(line, { links, name, step }));
  });
}

interface LineOf {
  readonly links: Links;
  readonly name: OwnName | undefined;
  /** Of which step: its names are its own, whatever another step calls its. */
  readonly step: string;
}

function lineOf(line: SummaryLine, { links, name, step }: LineOf): readonly SummaryLine[] {
  const is = (linkId: string): string | undefined => {
    const followed = links.of(linkId);
    if (followed.type === 'gone') return undefined;
    return followed.type === 'named' && name !== undefined ? ownLinkId(linkId, name) : linkId;
  };
  const label = nameLabel(line.label, name);
  const series = name === undefined ? {} : { series: `${step} ${line.label} ${name.id}` };
  // of two that are told side by side, the one that is left
  const alone = (linkId: string | undefined, unit: string | undefined): readonly SummaryLine[] =>
    linkId === undefined ? [] : [{ type: 'value', label, linkId, ...(unit === undefined ? {} : { unit }) }];
  switch (line.type) {
    case 'change': {
      const [before, after] = [is(line.before), is(line.after)];
      if (before === undefined || after === undefined) return alone(before ?? after, line.unit);
      return [{ ...line, label, ...series, before, after }];
    }
    case 'pair': {
      const [planned, actual] = [is(line.planned), is(line.actual)];
      if (planned === undefined || actual === undefined) return alone(planned ?? actual, line.unit);
      return [{ ...line, label, ...series, planned, actual }];
    }
    case 'points': {
      const points = line.linkIds.flatMap((linkId, index) => {
        const asked = is(linkId);
        return asked === undefined ? [] : [{ linkId: asked, name: withName(line.names[index] ?? '', name) }];
      });
      if (points.length === 0) return [];
      const [linkIds, names] = [points.map(({ linkId }) => linkId), points.map((point) => point.name)];
      const { peak, ...rest } = line;
      const measuredBy = peak === undefined ? undefined : is(peak);
      const course = measuredBy === undefined ? {} : { peak: measuredBy };
      return [{ ...rest, label, ...series, linkIds, names, ...course }];
    }
    case 'items': {
      const items = line.items.flatMap((item) => {
        const linkId = is(item.linkId);
        return linkId === undefined ? [] : [{ ...item, linkId, label: withName(item.label, name) }];
      });
      return items.length === 0 ? [] : [{ ...line, label, items }];
    }
    case 'score':
    case 'minutes': {
      const linkId = is(line.linkId);
      return linkId === undefined ? [] : [{ ...line, label, ...series, linkId }];
    }
    case 'value':
    case 'list': {
      const linkId = is(line.linkId);
      return linkId === undefined ? [] : [{ ...line, label, linkId }];
    }
    case 'text': {
      const { likelihoodLinkId: likely, ...rest } = line;
      const [linkId, likelihoodLinkId] = [is(line.linkId), likely === undefined ? undefined : is(likely)];
      if (linkId === undefined) return [];
      return [{ ...rest, label, linkId, ...(likelihoodLinkId === undefined ? {} : { likelihoodLinkId }) }];
    }
  }
}

/** A line that has room for every name; undefined: it is one name's, or of no pattern. */
function together(line: SummaryLine, links: Links): SummaryLine | undefined {
  if (line.label.includes('{name}')) return undefined;
  if (line.type === 'items') {
    const items = line.items.flatMap((item) => {
      const followed = links.of(item.linkId);
      if (followed.type !== 'named') return [item];
      return followed.names.map((one) => ({
        ...item,
        linkId: ownLinkId(item.linkId, one),
        label: nameLabel(item.label, one),
      }));
    });
    return { ...line, items };
  }
  if (line.type !== 'points' || !line.names.some((name) => name.includes('{name}'))) return undefined;
  const points = line.linkIds.flatMap((linkId, index) => {
    const followed = links.of(linkId);
    const name = line.names[index] ?? '';
    if (followed.type !== 'named') return [{ linkId, name }];
    return followed.names.map((one) => ({ linkId: ownLinkId(linkId, one), name: withName(name, one) }));
  });
  // told side by side, and measured nowhere: the first of them is no more than the others
  return { type: 'items', label: line.label, items: points.map(({ linkId, name }) => ({ linkId, label: name })) };
}
