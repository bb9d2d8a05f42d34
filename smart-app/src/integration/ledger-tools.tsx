import { artefacts } from '../../../src/homework/model.ts';
import { type LedgerChoice, useIntegrationPages } from './integration-context.ts';
import { stateMeanings, states } from './integration-words.ts';

interface LedgerToolsProps {
  readonly choice: LedgerChoice;
  /** What the rows have in common that were chosen by why they stand so, in the words of one of them. */
  readonly reason: string | undefined;
  readonly onChoose: (choice: LedgerChoice) => void;
}

/** Narrows the ledger: by state, by artefact, by why, and by what one has in one's hand of a row. */
export function LedgerTools({ choice, reason, onChoose }: LedgerToolsProps) {
  const { find, setFind } = useIntegrationPages();
  const { state, artefact, reasonCode } = choice;
  const without = (all: LedgerChoice, key: keyof LedgerChoice): LedgerChoice => {
    const { [key]: _gone, ...rest } = all;
    return rest;
  };
  return (
    <search>
      <div className="ledger-tools">
        <div className="ledger-find">
          <label htmlFor="ledger-find">Find</label>
          <input
            id="ledger-find"
            type="search"
            autoComplete="off"
            spellCheck={false}
            maxLength={400}
            value={find}
            aria-describedby="ledger-find-help"
            onChange={(event) => setFind(event.currentTarget.value)}
          />
          <p className="help" id="ledger-find-help">
            An id of an artefact, plan, patient or request, or where it stands, as in Task/17
          </p>
        </div>
        <div>
          <label htmlFor="ledger-state">State</label>
          <select
            id="ledger-state"
            value={state ?? ''}
            onChange={({ currentTarget: { value } }) => {
              const chosen = states.find((one) => one === value);
              const rest = without(without(choice, 'state'), 'reasonCode');
              onChoose(chosen === undefined ? rest : { ...rest, state: chosen });
            }}
          >
            <option value="">all</option>
            {states.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </div>
        <div>
          <label htmlFor="ledger-artefact">Artefact</label>
          <select
            id="ledger-artefact"
            value={artefact ?? ''}
            onChange={({ currentTarget: { value } }) => {
              const chosen = artefacts.find((one) => one === value);
              const rest = without(choice, 'artefact');
              onChoose(chosen === undefined ? rest : { ...rest, artefact: chosen });
            }}
          >
            <option value="">all</option>
            {artefacts.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </div>
      </div>
      {reasonCode === undefined ? null : (
        <p className="ledger-reason">
          Only those that stand so for one reason{reason === undefined ? '' : `: ${reason}`}.{' '}
          <button type="button" className="plain" onClick={() => onChoose(without(choice, 'reasonCode'))}>
            Show all reasons
          </button>
        </p>
      )}
      {state === undefined ? null : <p className="quiet">{stateMeanings[state]}</p>}
    </search>
  );
}
