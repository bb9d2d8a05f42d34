import type { RosterPage } from '../../../src/contract/app/roster.ts';
import { type WorklistFilter, worklistFilters } from '../../../src/homework/plan/worklist-filter.ts';
import { filterWords, type RosterSort, sorts } from './roster-words.ts';

interface RosterToolsProps {
  readonly roster: RosterPage;
  readonly filter: WorklistFilter | '';
  readonly q: string;
  readonly sort: RosterSort;
  readonly onFilter: (filter: WorklistFilter | '') => void;
  readonly onSearch: (q: string) => void;
  readonly onSort: (sort: RosterSort) => void;
}

/** What the list is narrowed and put in order by. */
export function RosterTools({ roster, filter, q, sort, onFilter, onSearch, onSort }: RosterToolsProps) {
  return (
    <search className="roster-tools">
      <fieldset className="filters">
        <legend>Show</legend>
        <FilterButton words="All" chosen={filter === ''} onChoose={() => onFilter('')} />
        {shownFilters(roster, filter).map((rosterFilter) => (
          <FilterButton
            key={rosterFilter}
            words={filterWords[rosterFilter]}
            count={roster.counts[rosterFilter] ?? 0}
            atLeast={roster.countsAtLeast === true}
            chosen={filter === rosterFilter}
            onChoose={() => onFilter(rosterFilter)}
          />
        ))}
      </fieldset>
      <div className="search-row">
        <div>
          <label htmlFor="roster-search">Search by name or plan</label>
          <input
            id="roster-search"
            type="search"
            dir="auto"
            autoComplete="off"
            value={q}
            onChange={(event) => onSearch(event.currentTarget.value)}
          />
        </div>
        <div>
          <label htmlFor="roster-sort">Order</label>
          <select
            id="roster-sort"
            value={sort}
            onChange={(event) =>
              onSort(sorts.find(({ code }) => code === event.currentTarget.value)?.code ?? 'urgency')
            }
          >
            {sorts.map(({ code, words }) => (
              <option key={code} value={code}>
                {words}
              </option>
            ))}
          </select>
        </div>
      </div>
    </search>
  );
}

/** Those that somebody stands in, of a list that was looked at as a whole. */
function shownFilters({ counts, countsAtLeast }: RosterPage, chosen: WorklistFilter | ''): readonly WorklistFilter[] {
  return worklistFilters.filter((filter) => countsAtLeast === true || filter === chosen || (counts[filter] ?? 0) > 0);
}

/** None at all is only said when everybody was looked at. */
function countWords(count: number, atLeast: boolean): string {
  if (!atLeast) return String(count);
  return count === 0 ? '–' : `${count}+`;
}

interface FilterButtonProps {
  readonly words: string;
  readonly count?: number;
  /** There may be more, who were not looked at yet. */
  readonly atLeast?: boolean;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function FilterButton({ words, count, atLeast = false, chosen, onChoose }: FilterButtonProps) {
  return (
    <button type="button" className="filter" aria-pressed={chosen} onClick={onChoose}>
      {words}
      {count === undefined ? null : <span className="count">{countWords(count, atLeast)}</span>}
    </button>
  );
}
