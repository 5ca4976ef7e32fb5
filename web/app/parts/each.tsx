import { Fragment, type ReactNode } from 'react';

/** Renders a list whose items have no name of their own. Pages are rendered once, so a place is key enough. */
export function Each<Item>({
  of,
  as,
}: {
  of: readonly Item[];
  as: (item: Item, place: number) => ReactNode;
}) {
  return of.map((item, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: nothing is rendered twice, so nothing can be reordered
    <Fragment key={place}>{as(item, place)}</Fragment>
  ));
}
