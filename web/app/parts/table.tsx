import type { ReactNode } from 'react';
import { Each } from './each.tsx';

/** A table; with more than three columns, or where it is asked for, its rows turn into cards on a narrow screen. The first cell of each row is its heading. */
export function Table({
  caption,
  head,
  rows,
  figures = [],
  stacks = head.length > 3,
}: {
  caption: string;
  head: readonly string[];
  rows: readonly (readonly ReactNode[])[];
  /** Which columns hold figures, counted from nought: they stand to the right, digit under digit. */
  figures?: readonly number[];
  stacks?: boolean;
}) {
  const look = (column: number) => (figures.includes(column) ? 'figure' : undefined);
  return (
    <div className="table-frame">
      <table className={stacks ? 'ds-table stacks' : 'ds-table'}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((name, column) => (
              <th key={name} scope="col" className={look(column)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Each
            of={rows}
            as={(row) => (
              <tr>
                {row.map((cell, column) =>
                  column === 0 ? (
                    <th
                      key={head[column]}
                      scope="row"
                      data-long={typeof cell === 'string' && cell.length > 40}
                    >
                      {cell}
                    </th>
                  ) : (
                    <td key={head[column]} className={look(column)} data-label={head[column]}>
                      {cell}
                    </td>
                  ),
                )}
              </tr>
            )}
          />
        </tbody>
      </table>
    </div>
  );
}
