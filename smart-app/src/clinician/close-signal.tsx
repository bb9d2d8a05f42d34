import type { SafetySignalView } from '../../../src/contract/app/safety.ts';
import { Sheet } from '../parts/sheet.tsx';
import type { Change } from '../session/use-patient-homework.ts';
import { type Place, writeTime } from '../words/dates.ts';
import { ReasonForm } from './reason-form.tsx';

interface CloseSignalProps {
  readonly signal: SafetySignalView;
  readonly place: Place;
  readonly change: (change: Change) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Closes a safety signal, with what was done about it. */
export function CloseSignal({ signal, place, change, onClose }: CloseSignalProps) {
  return (
    <Sheet title="Close this safety signal?" onClose={onClose}>
      <ReasonForm
        subject={`safety:${signal.id}`}
        intro={`${signal.words}, raised ${writeTime(signal.raisedAt, place)}. Once closed it stays closed; a new worry is a new signal.`}
        reasonLabel="What was done, and why it can be closed"
        finishWords="Close the signal"
        onCancel={onClose}
        onFinish={async ({ reason }) => {
          await change({ method: 'POST', path: `/safety-signals/${signal.id}/close`, body: { reason } });
          onClose();
        }}
      />
    </Sheet>
  );
}
