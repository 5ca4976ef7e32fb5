/** The way on through a list that is told a page at a time, and back to where it begins; `chosen` is what it is cut by. */
export function Pages(props: {
  next: string | null;
  isFirst: boolean;
  chosen?: Record<string, string>;
  words: { more: string; first: string };
}) {
  const { next, isFirst, chosen = {}, words } = props;
  if (next === null && isFirst) return null;
  return (
    <p className="pages">
      {isFirst ? null : (
        <a className="ds-link" href={`?${new URLSearchParams(chosen)}`}>
          {words.first}
        </a>
      )}
      {next === null ? null : (
        <a className="ds-link" href={`?${new URLSearchParams({ ...chosen, cursor: next })}`} rel="next">
          {words.more}
        </a>
      )}
    </p>
  );
}
