import { Sheet } from '../parts/sheet.tsx';

export { joinOtherTabs } from './other-tabs.ts';

interface LeaveQuestionProps {
  /** What was not sent stands in another tab alone. */
  readonly elsewhere: boolean;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

/** Before signing out, which deletes what was written here and did not reach the service. */
export function LeaveQuestion({ elsewhere, onStay, onLeave }: LeaveQuestionProps) {
  return (
    <Sheet title="Sign out and lose what was not sent?" onClose={onStay}>
      <p>
        {elsewhere
          ? 'Something that you wrote in another tab has not been sent or saved.'
          : 'Something that you wrote has not been sent or saved: it is on this device only.'}{' '}
        Signing out deletes it.
      </p>
      <div className="buttons">
        <button type="button" className="primary" onClick={onStay}>
          Stay
        </button>
        <button type="button" className="secondary" onClick={onLeave}>
          Sign out and delete it
        </button>
      </div>
    </Sheet>
  );
}
