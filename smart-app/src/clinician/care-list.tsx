import { useRef, useState } from 'react';
import type { SinceVisit } from '../plan/since-visit.ts';
import { closedSince } from '../words/closed-signal-words.ts';
import { CareItem } from './care-item.tsx';
import { useClinicianPages } from './clinician-context.ts';
import { ClosedSignals } from './closed-signals.tsx';
import { OfPlan } from './of-plan.tsx';
import { UnlockedByHand } from './unlocked-by-hand.tsx';
import { useHandled } from './use-handled.ts';

interface CareListProps {
  readonly since: SinceVisit;
  /** How much was not done, by its time or by the writer's own word. */
  readonly notDone: number;
}

/** What needs care, each with its action in its place; what was done is said, and stands there instead. */
export function CareList({ since: { care, from }, notDone }: CareListProps) {
  const { homework, plans } = useClinicianPages();
  const inCrisis = (homework.safety?.open.length ?? 0) > 0;
  const closed = closedSince(homework, from);
  const [said, setSaid] = useState({ words: '', done: false });
  const heading = useRef<HTMLHeadingElement>(null);
  const { entries, handlingOf } = useHandled(inCrisis ? care.filter(({ care }) => care.type !== 'over') : care);
  const takenBack = (words: string): void => {
    setSaid({ words, done: false });
    heading.current?.focus();
  };
  const handled = new Set(
    entries.flatMap(({ care, done }) => (done !== undefined && 'step' in care && care.step ? [care.step.id] : [])),
  );
  // what was done, and undone at the head of the page, is not said here any more
  const undone = said.done && entries.every(({ done }) => done !== said.words);
  const open = entries.filter(({ done }) => done === undefined).length;
  // what is open comes before what is over, and what is over before "nothing else"
  const past = (
    <ul className="plain-list">
      <ClosedSignals closed={closed} />
    </ul>
  );
  return (
    <section aria-labelledby="care" className="needs-care">
      <h2 id="care" tabIndex={-1} ref={heading}>
        What needs care{open > 1 ? <span className="quiet"> · {open}</span> : null}
      </h2>
      <p role="status" className="hidden-words">
        {undone ? '' : said.words}
      </p>
      {inCrisis || closed.length === 0 ? null : past}
      {inCrisis ? (
        <p className="quiet">The safety signal above comes first.</p>
      ) : entries.length === 0 ? (
        <p className="quiet">
          {notDone === 0
            ? `Nothing${closed.length === 0 ? '' : ' else'} stands out.`
            : 'Nothing waits for your answer or your decision. What was not done stands below.'}
        </p>
      ) : null}
      {inCrisis && closed.length > 0 ? past : null}
      <ul className="plain-list">
        {entries.map((entry) => {
          const { hold, release, finish } = handlingOf(entry);
          // the plan as it stands now, also for what was dealt with
          const view = plans.find(({ plan }) => plan.id === entry.view.plan.id) ?? entry.view;
          return (
            <OfPlan key={entry.key} view={view}>
              <CareItem
                care={entry.care}
                {...(entry.done === undefined ? {} : { done: entry.done })}
                handling={{
                  hold,
                  release,
                  finish: (words) => {
                    finish(words);
                    setSaid({ words, done: true });
                  },
                }}
                onTakenBack={(words) => {
                  release();
                  takenBack(words);
                }}
              />
            </OfPlan>
          );
        })}
        <UnlockedByHand without={handled} onLocked={takenBack} />
      </ul>
    </section>
  );
}
