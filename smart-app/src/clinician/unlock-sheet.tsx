import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { addDays, dayOf } from '../../../src/homework/schedule/day-end.ts';
import { scheduleOf } from '../../../src/homework/schedule/schedule-of.ts';
import { Sheet } from '../parts/sheet.tsx';
import { useClinicianPages } from './clinician-context.ts';
import { ReasonForm } from './reason-form.tsx';

interface UnlockSheetProps {
  readonly step: StepView;
  readonly onClose: () => void;
  readonly onUnlocked: () => void;
}

/** Asks why a step is unlocked by hand, and for a new date where its own has passed. */
export function UnlockSheet({ step, onClose, onUnlocked }: UnlockSheetProps) {
  const { homework, place, change } = useClinicianPages();
  const schedule = scheduleOf(step);
  const today = dayOf(homework.now, place.timeZone);
  const last = schedule?.type === 'once' ? schedule.by : schedule?.type === 'event' ? schedule.window.end : undefined;
  const passed = last !== undefined && last < today;
  return (
    <Sheet title={`Unlock step ${step.key}`} onClose={onClose}>
      <ReasonForm
        subject={`unlock:${step.id}`}
        intro="The patient sees it at once, whatever its rule says."
        reasonLabel="Why now?"
        finishWords="Unlock"
        date={{
          label: passed ? 'Its date has passed. New date to do it by' : 'To do by (leave empty to keep its own date)',
          required: passed,
          first: today,
          suggested: passed ? addDays(today, 7) : '',
        }}
        onCancel={onClose}
        onFinish={async ({ reason, date }) => {
          const until = date === '' ? {} : { schedule: { type: 'once', by: date } as const };
          await change({
            method: 'POST',
            path: `/assignments/${step.id}/moves`,
            body: { event: 'unlock', reason, ...until },
          });
          onUnlocked();
        }}
      />
    </Sheet>
  );
}
