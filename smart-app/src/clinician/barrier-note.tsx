import type { BarrierView } from '../../../src/contract/app/plan-view.ts';
import { Said, useDone } from '../parts/said.tsx';
import { isolate } from '../words/isolate.ts';
import { barrierWords } from '../words/status-words.ts';
import { talkedOverWords } from '../words/talked-over-words.ts';
import { toldWords } from '../words/told-words.ts';
import { useClinicianPages } from './clinician-context.ts';
import { useKnownPeople } from './people.ts';
import { TalkedOver } from './talked-over.tsx';

/** What stood in the way of a step, and whether it was talked over; that it was is said when it is noted. */
export function BarrierNote({ barrier }: { readonly barrier: BarrierView }) {
  const { place } = useClinicianPages();
  const people = useKnownPeople();
  const [done, say] = useDone();
  const short = barrierWords[barrier.code].short.toLowerCase();
  return (
    <div className="rung-barrier">
      <p>
        <strong>In the way: {short}</strong>
        {barrier.text === undefined ? '' : `, “${isolate(barrier.text)}”`}
        {toldWords(barrier)}.{' '}
        <span className="quiet">
          {barrier.talkedOverAt === undefined ? 'Not talked over yet.' : `${talkedOverWords(barrier, place, people)}.`}
        </span>
      </p>
      <TalkedOver
        barrier={barrier}
        onEnd={(was) => {
          if (was) say(`Noted: “${short}” was talked over.`);
        }}
      />
      <Said done={done} />
    </div>
  );
}
