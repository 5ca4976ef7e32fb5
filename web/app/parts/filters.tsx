import { choicesOf, SelectField } from './fields.tsx';
import { Hidden } from './press.tsx';

/** One thing that a list is cut or ordered by: its words by value, and which of them it is now. */
export interface Filter {
  name: string;
  label: string;
  words: Readonly<Record<string, string>>;
  value: string | undefined;
}

/** What a list is cut and ordered by, in a row above it; `kept` goes along unchanged. */
export function Filters(props: {
  action: string;
  filters: readonly Filter[];
  show: string;
  kept?: Readonly<Record<string, string | undefined>>;
}) {
  const { action, filters, show, kept = {} } = props;
  return (
    <form className="filters" method="get" action={action}>
      {filters.map(({ name, label, words, value }) => (
        <SelectField
          key={name}
          id={name}
          name={name}
          label={label}
          choices={choicesOf(words)}
          value={value}
        />
      ))}
      <Hidden of={kept} />
      <button className="ds-button" data-variant="secondary" type="submit">
        {show}
      </button>
    </form>
  );
}
