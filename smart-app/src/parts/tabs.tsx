import type { ReactNode } from 'react';

interface TabsProps<N extends string> {
  readonly tabs: readonly { readonly name: N; readonly words: string }[];
  readonly here: string;
  readonly onOpen: (name: N) => void;
  /** Stands beside a tab's words. */
  readonly beside?: (name: N) => ReactNode;
}

/** The pages of a view, as links of which one is here. */
export function Tabs<N extends string>({ tabs, here, onOpen, beside }: TabsProps<N>) {
  return (
    <nav className="tabs" aria-label="Pages">
      {tabs.map(({ name, words }) => (
        <button
          key={name}
          type="button"
          className="tab"
          aria-current={here === name ? 'page' : undefined}
          onClick={() => onOpen(name)}
        >
          {words}
          {beside?.(name)}
        </button>
      ))}
    </nav>
  );
}
