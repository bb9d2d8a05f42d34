/** Stands where the page will be, in its shape, while it loads. */
export function Skeleton({ words }: { readonly words: string }) {
  return (
    <main className="skeleton-page" aria-busy="true">
      <h1 className="hidden-words">{words}</h1>
      <div className="skeleton title" />
      <div className="skeleton line" />
      <div className="skeleton card" />
      <div className="skeleton card" />
    </main>
  );
}
