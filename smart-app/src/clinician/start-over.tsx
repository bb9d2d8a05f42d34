import { Sheet } from '../parts/sheet.tsx';

/** Asks before what was entered is taken back. */
export function StartOver({ onKeep, onStartOver }: { readonly onKeep: () => void; readonly onStartOver: () => void }) {
  return (
    <Sheet title="Start over?" onClose={onKeep}>
      <p>What you changed here is taken back to what the library has.</p>
      <div className="buttons">
        <button type="button" className="primary" onClick={onStartOver}>
          Start over
        </button>
        <button type="button" className="plain" onClick={onKeep}>
          Keep it
        </button>
      </div>
    </Sheet>
  );
}
