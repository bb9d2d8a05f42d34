import { type ReactNode, useCallback, useState } from 'react';
import { type Asking, Fields } from './form-fields.tsx';
import { MoreQuestions } from './more-questions.tsx';
import type { Field } from './read-questionnaire.ts';
import { shortFirst } from './short-first.ts';
import { splitAtEvent } from './split-at-event.ts';
import { type FormPages, pageHeadingId } from './use-form-pages.ts';
import '../styles/form-pages.css';

export interface LogFormProps extends Asking {
  readonly fields: readonly Field[];
  readonly behaviourLinkId: string | undefined;
  /** The pages of a long form, and which is shown; absent: all of it stands on one. */
  readonly pages?: FormPages;
  /** The questions of the short version, which come first; absent: all of them. */
  readonly core?: ReadonlySet<string>;
  /** Stands between what can be written before it happens and the rest. */
  readonly pause?: ReactNode;
}

/** A log's questions from its Questionnaire, a page of it where it has several. */
export function LogForm({ fields, behaviourLinkId, pages, core, pause, ...asking }: LogFormProps) {
  const [wishes, setWishes] = useState<Wishes['wishes']>({});
  const onWish = useCallback((part: string, open: boolean) => setWishes((before) => ({ ...before, [part]: open })), []);
  const wholeOf = (linkId: string) => groupIn(fields, linkId);
  const drawn = { ...asking, wholeOf, core, wishes, onWish };
  if (pages === undefined || pages.pages.length < 2)
    return <OnePage {...drawn} fields={fields} behaviourLinkId={behaviourLinkId} pause={pause} />;
  return (
    <section className="form-part paged" aria-labelledby={pageHeadingId}>
      {pages.page.before ? <BeforehandHint {...asking} /> : null}
      <ShortFirst key={pages.at} {...drawn} fields={pages.page.fields} titleOf={pages.page.titleOf} />
    </section>
  );
}

/** A group at whatever depth. */
function groupIn(fields: readonly Field[], linkId: string): Field | undefined {
  for (const field of fields) {
    const found = field.type === 'group' && field.linkId === linkId ? field : groupIn(field.fields, linkId);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Which parts' further questions somebody has opened or closed; a part is known by its first linkId. */
interface Wishes {
  readonly wishes: Readonly<Record<string, boolean>>;
  readonly onWish: (part: string, open: boolean) => void;
}

interface PartProps extends Asking, Wishes {
  readonly fields: readonly Field[];
  readonly core: ReadonlySet<string> | undefined;
}

function ShortFirst({ fields, core, wishes, onWish, ...asking }: PartProps) {
  const part = fields[0]?.linkId ?? '';
  const wish = useCallback((open: boolean) => onWish(part, open), [onWish, part]);
  const { short, more, end } = core === undefined ? { short: fields, more: [], end: [] } : shortFirst(fields, core);
  return (
    <>
      <Fields {...asking} fields={short} />
      {more.length === 0 ? null : (
        <MoreQuestions {...asking} kept={groupsIn(short)} fields={more} wished={wishes[part]} onWish={wish} />
      )}
      <Fields {...asking} fields={end} />
    </>
  );
}

/** The groups that a page shows, whose switch stands there. */
const groupsIn = (fields: readonly Field[]): readonly string[] =>
  fields.flatMap(({ type, linkId }) => (type === 'group' ? [linkId] : []));

/** For the patient alone: who enters a log for somebody else does it afterwards. */
function BeforehandHint({ mayWithhold }: Pick<Asking, 'mayWithhold'>) {
  return mayWithhold ? <p className="quiet">If you can, fill this in shortly before. Afterwards is fine too.</p> : null;
}

interface OnePageProps extends PartProps {
  readonly behaviourLinkId: string | undefined;
  readonly pause: ReactNode;
}

/** A short form: where it is written at two times, in two parts. */
function OnePage({ fields, behaviourLinkId, pause, ...asking }: OnePageProps) {
  const { before, after } = splitAtEvent(fields, behaviourLinkId);
  if (before.length === 0) return <ShortFirst {...asking} fields={after} />;
  return (
    <>
      <section className="form-part" aria-labelledby="part-before">
        <h2 id="part-before">Beforehand</h2>
        <BeforehandHint {...asking} />
        <ShortFirst {...asking} fields={before} />
        {pause}
      </section>
      <section className="form-part" aria-labelledby="part-after">
        <h2 id="part-after">Afterwards</h2>
        <ShortFirst {...asking} fields={after} />
      </section>
    </>
  );
}
