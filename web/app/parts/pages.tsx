/** The way on through a list that is told a page at a time, and back to where it begins. */
export function Pages(props: {
  next: string | null;
  isFirst: boolean;
  words: { more: string; first: string };
}) {
  const { next, isFirst, words } = props;
  if (next === null && isFirst) return null;
  return (
    <p className="pages">
      {isFirst ? null : (
        <a className="ds-link" href="?">
          {words.first}
        </a>
      )}
      {next === null ? null : (
        <a className="ds-link" href={`?${new URLSearchParams({ cursor: next })}`} rel="next">
          {words.more}
        </a>
      )}
    </p>
  );
}
