/** Stands where the page will be, in its shape, while it loads. */
export function Skeleton({ words }: { readonly words: string }) {
  return (
    <main className="skeleton-page" aria-busy="true">
      <p role="status" className="hidden-words">
        {words}
      </p>
      <div className="skeleton title" />
      <div className="skeleton line" />
      <div className="skeleton card" />
      <div className="skeleton card" />
    </main>
  );
}
